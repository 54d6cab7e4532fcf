"""Bezwaar over real transactions: two people at once, and each outcome committed as it is in life."""

import uuid
from datetime import timedelta

import pytest

from aanvragen.controle import controleer
from aanvragen.handelingen.bezwaar import beslissen, indienen
from aanvragen.models import Bezwaar, Vaststelling
from tests import fabriek
from tests.fabriek import NU, doe, vers
from tests.samen.test_samen import codes, gelukt, tegelijk

pytestmark = [pytest.mark.samen, pytest.mark.django_db(transaction=True)]
DAG = timedelta(days=1)


def test_twee_beslissingen_over_een_afwijzing_tegelijk():
    """Two objected to it, both were right: one beslissing takes it back, the other reads that it was done."""
    wereld = fabriek.maak_wereld()
    aanvraag = fabriek.afgewezen(wereld, route="uwv")
    van_twee = [
        fabriek.stel_beslissing_voor(wereld, bezwaar, NU, gevolg=gevolg)
        for bezwaar, gevolg in (
            (fabriek.maak_bezwaar(wereld, aanvraag), "alsnog_toekennen"),
            (fabriek.registreer_bezwaar(wereld, aanvraag, indiener="deelnemer"), "opnieuw"),
        )
    ]
    beslisser = fabriek.bezwaarbeslisser(wereld, aanvraag)
    uit = tegelijk(
        *(
            lambda b=bezwaar: doe(
                beslissen.beslissen, b, beslisser, NU, motivering="Gegrond.", sleutel=uuid.uuid4()
            )
            for bezwaar in van_twee
        )
    )
    assert len(gelukt(uit)) == 1
    assert codes(uit) == ["dossier_veranderd"]
    assert aanvraag.besluiten.filter(herroept=True).count() == 1
    assert vers(aanvraag).status in ("toegekend", "in_behandeling")
    assert controleer().klopt


def test_twee_keer_hetzelfde_bezwaar_tegelijk():
    wereld = fabriek.maak_wereld()
    aanvraag = fabriek.afgewezen(wereld)
    besluit = fabriek.laatste_besluit(aanvraag)
    uit = tegelijk(
        *(
            lambda: doe(
                indienen.indienen, vers(aanvraag), wereld.behandelaar, NU,
                besluit_id=besluit.pk, gronden="x", sleutel=uuid.uuid4(),
            )
            for _ in range(2)
        )
    )  # fmt: skip
    assert len(gelukt(uit)) == 1
    assert codes(uit) == ["loopt_al"]


def test_elke_uitkomst_van_begin_tot_eind():
    """Each act in a transaction of its own: what is checked at a commit is checked at each."""
    wereld = fabriek.maak_wereld(cap_per_gemeente=1)
    later, einde = NU + 20 * DAG, NU + 91 * DAG

    def beslist(aanvraag, gevolg, nu=later, **invoer):
        fabriek.beslist_bezwaar(wereld, vers(aanvraag), nu, gevolg=gevolg, **invoer)
        return vers(aanvraag)

    ingetrokken = fabriek.besluit_ingetrokken(wereld)
    fabriek.toegekend(wereld, NU + DAG)
    assert beslist(ingetrokken, "herleven").status == "toegekend"
    assert wereld.pot("gemeente", gemeente=fabriek.NIJMEGEN).uitzondering_trajecten == 1

    assert beslist(fabriek.afgewezen(wereld, route="uwv"), "alsnog_toekennen").status == "toegekend"
    opnieuw = beslist(fabriek.buiten_behandeling(wereld, route="uwv"), "opnieuw")
    opnieuw = fabriek.wijs_af(wereld, fabriek.pak_op(wereld, opnieuw, later), later)
    assert beslist(opnieuw, "alsnog_toekennen").status == "toegekend"

    traject = fabriek.beslis_verlenging(
        wereld, fabriek.verlenging_gevraagd(wereld, maanden=3, route="uwv"), toe=False
    )
    assert beslist(traject.aanvraag, "verlengen").traject.verlengd_maanden == 3

    gestopt = fabriek.gestopt(wereld, route="uwv")
    vaststelling = fabriek.stuur_verslag(wereld, gestopt, einde)
    vaststelling = fabriek.stel_voor(wereld, vaststelling, einde, bedrag_cent=200_000)
    fabriek.geef_zienswijze(wereld, vaststelling, einde)
    fabriek.stel_vast(wereld, Vaststelling.objects.get(), einde)
    beslist(gestopt.aanvraag, "hoger_vaststellen", einde + DAG, bedrag_cent=500_000)
    assert Vaststelling.objects.get().besluit.bedrag_cent == 500_000

    assert Bezwaar.objects.filter(status="gegrond").count() == 6
    assert [b.tekst for b in controleer().bevindingen] == []
