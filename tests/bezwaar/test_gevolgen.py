"""What a gegrond bezwaar does to dossier, traject and budget (Awb 7:11), and that all still adds up."""

from datetime import timedelta

import pytest

from aanvragen.controle import controleer
from aanvragen.models import Besluit, Bezwaar, Traject, Vaststelling, Verlenging
from budget.models import Terugvordering
from budget.regels.regeling import Vrijval
from ips_subsidie.kalender.klok import datum_van
from tests import fabriek
from tests.fabriek import NIJMEGEN, NU, NU_B, geweigerd, vers

DAG = timedelta(days=1)
LATER = NU + 20 * DAG


@pytest.fixture(autouse=True)
def alles_klopt_daarna(db):
    yield
    assert [b.tekst for b in controleer().bevindingen] == []


def test_ongegrond_verandert_niets(wereld):
    aanvraag = fabriek.afgewezen(wereld)
    bezwaar = fabriek.beslist_bezwaar(wereld, aanvraag, LATER, uitkomst="ongegrond")
    assert (bezwaar.status, vers(aanvraag).status) == ("ongegrond", "afgewezen")
    besluit = bezwaar.besluit_op_bezwaar
    assert (besluit.soort, besluit.rechtsmiddel, besluit.herroept) == (
        "beslissing_op_bezwaar",
        "beroep",
        False,
    )
    assert besluit.vorig_besluit == bezwaar.besluit
    brief = besluit.brief.gegevens
    assert brief["uitkomst"] == "ongegrond"
    assert brief["rechtsmiddelen"]["beroep"] is True
    # Against it there is beroep, and no bezwaar.
    codes = geweigerd(lambda: fabriek.maak_bezwaar(wereld, vers(aanvraag), LATER, besluit=besluit))
    assert codes == ["beroep"]


def test_afwijzing_wordt_alsnog_toekennen(wereld):
    aanvraag = fabriek.afgewezen(wereld, route="uwv")
    bezwaar = fabriek.beslist_bezwaar(wereld, aanvraag, LATER, gevolg="alsnog_toekennen")
    aanvraag = vers(aanvraag)
    assert (bezwaar.status, aanvraag.status, aanvraag.traject.status) == ("gegrond", "toegekend", "gepland")
    verlening = aanvraag.besluiten.get(soort="verlening")
    assert (verlening.vorig_besluit, verlening.rechtsmiddel) == (bezwaar.besluit, "beroep")
    assert aanvraag.besluiten.get(soort="beslissing_op_bezwaar").herroept
    assert aanvraag.reservering.uitzonderingen.get().bezwaar_kenmerk == bezwaar.kenmerk


@pytest.mark.parametrize("maak", [fabriek.afgewezen, fabriek.buiten_behandeling])
def test_opnieuw_behandelen_met_de_oude_rang(wereld, maak):
    aanvraag = maak(wereld)
    rang = aanvraag.reservering.rang_op
    fabriek.beslist_bezwaar(wereld, aanvraag, LATER, gevolg="opnieuw")
    aanvraag = vers(aanvraag)
    assert (aanvraag.status, aanvraag.reservering.status) == ("in_behandeling", "in_volgorde")
    assert aanvraag.reservering.rang_op == rang
    assert aanvraag.toestemmingen.get().status == "gebruikt"
    assert aanvraag.heropend_op == LATER
    assert aanvraag.beslis_uiterlijk >= datum_van(LATER) + 56 * DAG
    assert not hasattr(aanvraag, "beoordeling")
    aanvraag = fabriek.ken_toe(wereld, fabriek.pak_op(wereld, aanvraag, LATER), LATER)
    verlening = aanvraag.besluiten.get(soort="verlening")
    assert verlening.vorig_besluit.soort in ("afwijzing", "buiten_behandeling")
    assert verlening.rechtsmiddel == "bezwaar"


def test_opnieuw_en_weer_afgewezen(wereld):
    aanvraag = fabriek.afgewezen(wereld)
    fabriek.beslist_bezwaar(wereld, aanvraag, LATER, gevolg="opnieuw")
    aanvraag = fabriek.wijs_af(wereld, fabriek.pak_op(wereld, vers(aanvraag), LATER), LATER)
    assert aanvraag.status == "afgewezen"
    laatste, eerste = aanvraag.besluiten.filter(soort="afwijzing")
    assert laatste.vorig_besluit == eerste
    # And that one too can be objected to.
    fabriek.beslist_bezwaar(wereld, aanvraag, LATER + DAG, gevolg="alsnog_toekennen")
    assert vers(aanvraag).status == "toegekend"


def test_opnieuw_telt_zoals_toen(db):
    """Refused as not in the doelgroep while there was room; meanwhile it is full (Awb 4:25 lid 3)."""
    wereld = fabriek.maak_wereld(plafond_trajecten=1)
    aanvraag = fabriek.afgewezen(wereld, route="uwv")
    fabriek.toegekend(wereld, NU + DAG, route="uwv")
    fabriek.beslist_bezwaar(wereld, aanvraag, LATER, gevolg="opnieuw")
    aanvraag = fabriek.ken_toe(wereld, fabriek.pak_op(wereld, vers(aanvraag), LATER), LATER)
    assert aanvraag.status == "toegekend"
    assert (wereld.pot().vrij_trajecten, wereld.pot().uitzondering_trajecten) == (-1, 1)


def test_opnieuw_waar_het_toen_ook_vol_was(db):
    wereld = fabriek.maak_wereld(plafond_trajecten=1)
    fabriek.toegekend(wereld, NU, route="uwv")
    aanvraag = fabriek.afgewezen(wereld, NU + DAG, route="uwv")
    fabriek.beslist_bezwaar(wereld, aanvraag, LATER, gevolg="opnieuw")
    aanvraag = fabriek.beoordeel(wereld, fabriek.pak_op(wereld, vers(aanvraag), LATER), LATER)
    assert geweigerd(lambda: fabriek.ken_toe(wereld, aanvraag, LATER)) == ["plafond"]
    fabriek.wijs_af(wereld, vers(aanvraag), LATER, gronden=("plafond",))


def test_intrekking_herleeft_en_neemt_de_plaats_terug(db):
    """Another of Nijmegen took the place that came free; the first gets hers back on top."""
    wereld = fabriek.maak_wereld(cap_per_gemeente=1)
    aanvraag = fabriek.besluit_ingetrokken(wereld)
    assert aanvraag.reservering.status == "vrijgegeven"
    fabriek.toegekend(wereld, NU + DAG)
    fabriek.beslist_bezwaar(wereld, aanvraag, LATER, gevolg="herleven")
    aanvraag = vers(aanvraag)
    assert (aanvraag.status, aanvraag.reservering.status) == ("toegekend", "verleend")
    assert aanvraag.traject.status == "gepland"
    pot = wereld.pot("gemeente", gemeente=NIJMEGEN)
    assert (pot.verleend_trajecten, pot.uitzondering_trajecten) == (2, 1)
    assert {v.status for v in aanvraag.reservering.verplichtingen.all()} == {"open"}
    traject = fabriek.start(wereld, aanvraag, LATER)
    assert traject.status == "gestart"
    # It can be withdrawn again, and is then withdrawn once more.
    aanvraag = fabriek.trek_besluit_in(wereld, vers(aanvraag), LATER + DAG)
    assert sorted(b.ronde for b in aanvraag.besluiten.filter(soort="intrekking")) == [1, 2]


def test_intrekking_van_een_lopend_traject_herleeft(wereld):
    """The place stayed used: nothing to take back, and no uitzondering."""
    aanvraag = fabriek.gestart(wereld, route="uwv").aanvraag
    aanvraag = fabriek.trek_besluit_in(wereld, vers(aanvraag), NU + 10 * DAG)
    assert aanvraag.reservering.status == "verleend"
    fabriek.beslist_bezwaar(wereld, aanvraag, LATER, gevolg="herleven")
    aanvraag = vers(aanvraag)
    assert (aanvraag.status, aanvraag.traject.status) == ("toegekend", "gestart")
    assert not aanvraag.reservering.uitzonderingen.exists()
    assert aanvraag.reservering.verplichtingen.get().vastgesteld_cent is None


def test_intrekking_met_terugwerkende_kracht_herleeft(wereld):
    aanvraag = fabriek.gestart(wereld, route="uwv").aanvraag
    aanvraag = fabriek.trek_besluit_in(
        wereld, vers(aanvraag), NU + 10 * DAG, gebeurtenis=Vrijval.INGETROKKEN_MET_TERUGWERKENDE_KRACHT
    )
    fabriek.beslist_bezwaar(wereld, aanvraag, LATER, gevolg="herleven")
    assert vers(aanvraag).reservering.status == "verleend"


def test_afgewezen_verlenging_wordt_toegekend(wereld):
    verlenging = fabriek.verlenging_gevraagd(wereld, maanden=6)
    traject = fabriek.beslis_verlenging(wereld, verlenging, toe=False)
    oud = traject.laatste_dag
    fabriek.beslist_bezwaar(wereld, vers(traject.aanvraag), LATER, gevolg="verlengen")
    verlenging, traject = Verlenging.objects.get(), Traject.objects.get()
    assert (verlenging.status, traject.verlengd_maanden) == ("toegekend", 6)
    assert traject.laatste_dag > oud
    assert (verlenging.besluit.soort, verlenging.besluit.rechtsmiddel) == ("verlenging_toegekend", "beroep")


def lager_vastgesteld(wereld, later, **keuzes):
    traject = fabriek.gestopt(wereld, later - 91 * DAG, **keuzes)
    vaststelling = fabriek.stuur_verslag(wereld, traject, later)
    vaststelling = fabriek.stel_voor(wereld, vaststelling, later, bedrag_cent=200_000)
    vaststelling = fabriek.geef_zienswijze(wereld, vaststelling, later)
    fabriek.stel_vast(wereld, vaststelling, later)
    return Vaststelling.objects.get(pk=vaststelling.pk)


@pytest.mark.parametrize("bedrag", [500_000, 800_000])
def test_hoger_vaststellen(wereld, bedrag):
    later = NU + 91 * DAG
    vaststelling = lager_vastgesteld(wereld, later, route="uwv")
    oud = vaststelling.besluit
    fabriek.beslist_bezwaar(
        wereld, vers(vaststelling.dossier), later + DAG, gevolg="hoger_vaststellen", bedrag_cent=bedrag
    )
    vaststelling = Vaststelling.objects.get(pk=vaststelling.pk)
    assert (vaststelling.status, vaststelling.voorgesteld_cent) == ("vastgesteld", bedrag)
    nieuw = vaststelling.besluit
    assert (nieuw.vorig_besluit, nieuw.bedrag_cent, nieuw.ronde) == (oud, bedrag, 2)
    verplichting = vaststelling.dossier.reservering.verplichtingen.get()
    assert (verplichting.vastgesteld_cent, verplichting.status) == (bedrag, "open")
    assert not Terugvordering.objects.exists()


@pytest.mark.parametrize("bedrag", [None, 100_000, 200_000, 800_001])
def test_hoger_is_hoger_en_niet_meer_dan_verleend(wereld, bedrag):
    later = NU + 91 * DAG
    vaststelling = lager_vastgesteld(wereld, later, route="uwv")
    bezwaar = fabriek.maak_bezwaar(wereld, vers(vaststelling.dossier), later + DAG)
    codes = geweigerd(
        lambda: fabriek.stel_beslissing_voor(
            wereld, bezwaar, later + DAG, gevolg="hoger_vaststellen", bedrag_cent=bedrag
        )
    )
    assert codes == ["bedrag"]


def test_bij_een_verlening_alleen_een_andere_motivering(wereld):
    aanvraag = fabriek.toegekend(wereld)
    bezwaar = fabriek.maak_bezwaar(wereld, aanvraag, LATER)
    for gevolg in ("alsnog_toekennen", "herleven", ""):
        assert geweigerd(
            lambda g=gevolg: fabriek.stel_beslissing_voor(
                wereld, Bezwaar.objects.get(pk=bezwaar.pk), LATER, gevolg=g
            )
        ) == ["gevolg"]
    bezwaar = Bezwaar.objects.get(pk=bezwaar.pk)
    bezwaar = fabriek.beslis_op_bezwaar(
        wereld, fabriek.stel_beslissing_voor(wereld, bezwaar, LATER, gevolg="motivering"), LATER
    )
    assert (bezwaar.status, vers(aanvraag).status) == ("gegrond", "toegekend")
    assert not bezwaar.besluit_op_bezwaar.herroept


def test_een_besluit_wordt_een_keer_herroepen(wereld):
    """Two object to one refusal: what the second proposal would do was done."""
    aanvraag = fabriek.afgewezen(wereld, route="uwv")
    een = fabriek.stel_beslissing_voor(
        wereld, fabriek.maak_bezwaar(wereld, aanvraag, LATER), LATER, gevolg="alsnog_toekennen"
    )
    twee = fabriek.stel_beslissing_voor(
        wereld,
        fabriek.registreer_bezwaar(wereld, aanvraag, LATER, indiener="deelnemer"),
        LATER,
        gevolg="opnieuw",
    )
    fabriek.beslis_op_bezwaar(wereld, een, LATER)
    assert geweigerd(lambda: fabriek.beslis_op_bezwaar(wereld, twee, LATER)) == ["dossier_veranderd"]
    assert Besluit.objects.filter(herroept=True).count() == 1


def test_in_regeling_b_beslist_de_gemeente(wereld_b):
    """In mandaat, by another than who refused (Awb 10:3 lid 3); UWV plays no part in it."""
    aanvraag = fabriek.afgewezen(wereld_b, NU_B)
    bezwaar = fabriek.beslist_bezwaar(wereld_b, aanvraag, NU_B + DAG, uitkomst="ongegrond")
    besluit = bezwaar.besluit_op_bezwaar
    assert besluit.ondermandaat is not None
    assert besluit.brief.gegevens["ondertekening"]["namens"].startswith("De Minister")
    bezwaar = fabriek.maak_bezwaar(wereld_b, vers(aanvraag), NU_B + DAG)
    bezwaar = fabriek.stel_beslissing_voor(wereld_b, bezwaar, NU_B + DAG, gevolg="opnieuw")
    fabriek.beslis_op_bezwaar(wereld_b, bezwaar, NU_B + DAG)
    aanvraag = fabriek.ken_toe(wereld_b, fabriek.pak_op(wereld_b, vers(aanvraag), NU_B + DAG), NU_B + DAG)
    assert aanvraag.status == "toegekend"
