"""T126, AVG art. 7 lid 3: the deelnemer withdraws; what that stops, and who no longer sees him."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from aanvragen.handelingen.akkoord import akkoord_intrekken
from aanvragen.models import Aanvraag, Gespreksbericht, Stopbericht
from aanvragen.models.gesprek import kanten_van
from aanvragen.models.traject import StopReden
from aanvragen.regels.gesprek import Kant
from aanvragen.regels.statussen import AanvraagStatus
from ips_subsidie.berichten.models import Bericht
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.logboek.models import Regel
from tests import fabriek
from tests.databank import weigert
from tests.web.bezoek import als, formulierdata

pytestmark = pytest.mark.django_db


@pytest.fixture
def wereld() -> Iterator[fabriek.Wereld]:
    with klok_op(fabriek.NU):
        yield fabriek.maak_wereld()


def test_voor_het_besluit_stopt_de_aanvraag_en_ziet_de_gemeente_niemand_meer(wereld: fabriek.Wereld) -> None:
    """T126: ended, the gemeente is told and loses sight; the logboek and what was received stay."""
    aanvraag = fabriek.ingediend(wereld)
    gemeente = wereld.van_gemeente()
    assert Aanvraag.objects.zichtbaar_voor(gemeente).filter(pk=aanvraag.pk).exists()
    fabriek.doe(akkoord_intrekken, aanvraag, wereld.behandelaar)
    na = fabriek.vers(aanvraag)
    assert (na.status, na.akkoord_ingetrokken_op) == (AanvraagStatus.INGETROKKEN, fabriek.NU)
    assert na.reservering is not None
    assert na.reservering.status == "vervallen"
    assert not Aanvraag.objects.zichtbaar_voor(gemeente).filter(pk=aanvraag.pk).exists()
    assert als(gemeente).get(f"/aanvragen/{aanvraag.pk}/").status_code == 404
    assert not na.toestemmingen.filter(status__in=["gevraagd", "verleend", "gebruikt"]).exists()
    berichten = Bericht.objects.filter(soort="aanvraag_ingetrokken_akkoord")
    assert {(b.organisatie, b.pad) for b in berichten} == {
        (gemeente.organisatie, "/aanvragen/toestemmingen/")
    }
    assert Regel.objects.filter(handeling="aanvraag.akkoord_intrekken", dossier_id=aanvraag.pk).count() == 1
    assert Aanvraag.objects.zichtbaar_voor(wereld.beoordelaar).filter(pk=aanvraag.pk).exists(), (
        "wat is ontvangen blijft"
    )


def test_een_concept_ook(wereld: fabriek.Wereld) -> None:
    aanvraag = fabriek.concept(wereld)
    fabriek.doe(akkoord_intrekken, aanvraag, wereld.behandelaar)
    assert fabriek.vers(aanvraag).status == AanvraagStatus.INGETROKKEN
    assert not Bericht.objects.filter(soort="aanvraag_ingetrokken_akkoord").exists()


def test_de_handtekening_vervalt() -> None:
    with klok_op(fabriek.NU_B):
        wereld = fabriek.maak_wereld_b()
        aanvraag = fabriek.compleet(wereld, fabriek.NU_B)
        assert aanvraag.handtekeningen.filter(vervallen_op__isnull=True).exists()
        fabriek.doe(akkoord_intrekken, fabriek.vers(aanvraag), wereld.behandelaar, fabriek.NU_B)
        assert not aanvraag.handtekeningen.filter(vervallen_op__isnull=True).exists()


def test_na_het_besluit_stopt_het_traject_met_een_eigen_reden(wereld: fabriek.Wereld) -> None:
    """T126: through the stopbericht; nothing new goes to a gemeente that doesn't decide."""
    traject = fabriek.gestart(wereld)
    assert Kant.GEMEENTE in kanten_van(traject.aanvraag)
    fabriek.doe(
        fabriek.stoppen.stoppen, traject, wereld.behandelaar, gestopt_op=fabriek.NU.date(),
        stop_reden=StopReden.AKKOORD,
    )  # fmt: skip
    aanvraag = fabriek.vers(traject.aanvraag)
    assert Stopbericht.objects.get(traject=traject).reden == "akkoord"
    assert aanvraag.akkoord_ingetrokken_op == fabriek.NU
    assert aanvraag.status == AanvraagStatus.TOEGEKEND
    assert Kant.GEMEENTE not in kanten_van(aanvraag)
    pagina = als(wereld.behandelaar).get(f"/aanvragen/{aanvraag.pk}/").content.decode()
    assert "trok het akkoord in" in pagina


def test_de_databank_houdt_het_ook(wereld: fabriek.Wereld) -> None:
    """What the acts refuse, the database refuses: going on, taking it back, a message to the gemeente."""
    traject = fabriek.gestart(wereld)
    rij = Aanvraag.objects.filter(pk=traject.aanvraag_id)
    rij.update(akkoord_ingetrokken_op=fabriek.NU)
    assert weigert(lambda: rij.update(akkoord_ingetrokken_op=None)) == "akkoord_blijft_ingetrokken"
    bericht = Gespreksbericht(
        aanvraag_id=traject.aanvraag_id, volgnummer=1, soort="mededeling", kant="instelling",
        organisatie=wereld.behandelaar.organisatie, afzender=wereld.behandelaar.persoon, op=fabriek.NU, tekst="x",
        zichtbaar_voor=["instelling", "gemeente"],
    )  # fmt: skip
    assert weigert(bericht.save) == "gesprek_na_akkoord"
    open_ = Aanvraag.objects.filter(pk=fabriek.ingediend(wereld).pk)
    assert weigert(lambda: open_.update(akkoord_ingetrokken_op=fabriek.NU)) == "aanvraag_zonder_akkoord_stopt"


def test_de_pagina_zegt_wat_het_betekent_en_wat_blijft(wereld: fabriek.Wereld) -> None:
    aanvraag = fabriek.ingediend(wereld)
    client = als(wereld.behandelaar)
    adres = f"/aanvragen/{aanvraag.pk}/akkoord-intrekken/"
    antwoord = client.get(adres)
    assert "dat zegt de Archiefwet" in antwoord.content.decode()
    assert client.post(adres, formulierdata(antwoord)).status_code == 302
    assert fabriek.vers(aanvraag).status == AanvraagStatus.INGETROKKEN


def test_alleen_de_instelling_en_niet_na_het_besluit(wereld: fabriek.Wereld) -> None:
    aanvraag = fabriek.ingediend(wereld)
    codes = fabriek.geweigerd(lambda: fabriek.doe(akkoord_intrekken, aanvraag, wereld.beoordelaar))
    assert codes == ["rol"]
    klaar = fabriek.toegekend(wereld, route="uwv")
    assert "status" in fabriek.geweigerd(lambda: fabriek.doe(akkoord_intrekken, klaar, wereld.behandelaar))
