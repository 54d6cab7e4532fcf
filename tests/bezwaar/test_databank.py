"""The last line: what an act would never write of a bezwaar, the database refuses of any writer."""

import uuid
from datetime import timedelta

import pytest

from aanvragen.models import Aanvraag, Besluit, Bezwaar, Vaststelling
from budget.models import Reservering
from tests import fabriek
from tests.databank import weigert
from tests.fabriek import NU, vers


def zet(**velden):
    return lambda: Bezwaar.objects.update(**velden)


def kopie(rij, **over):
    nieuw = type(rij).objects.get(pk=rij.pk)
    nieuw.pk = uuid.uuid4()
    for naam, waarde in over.items():
        setattr(nieuw, naam, waarde)
    return lambda: nieuw.save(force_insert=True)


def test_wat_de_handelingen_schrijven_mag(wereld):
    aanvraag = fabriek.afgewezen(wereld)
    assert weigert(lambda: fabriek.beslist_bezwaar(wereld, aanvraag, gevolg="alsnog_toekennen")) == ""


@pytest.mark.parametrize(
    ("velden", "regel"),
    [
        ({"status": "voorgesteld"}, "bezwaar_loopt_een_weg"),
        ({"status": "gegrond"}, "bezwaar_loopt_een_weg"),
        ({"indiener": "deelnemer"}, "bezwaar_ligt_vast"),
        ({"ontvangen_op": NU - timedelta(days=1)}, "bezwaar_ligt_vast"),
        ({"verzonden_op": NU.date()}, "bezwaar_verzonden_per_post"),
        ({"status": "ontvankelijkheid"}, "bezwaar_herstel_met_termijn"),
        ({"status": "ingetrokken"}, "bezwaar_einde_met_moment"),
        ({"status": "doorgezonden", "doorgezonden_op": NU}, "bezwaar_einde_met_moment"),
        ({"te_laat": True, "verschoonbaar": True}, "bezwaar_verschoond_met_reden"),
        ({"gevolg": "herleven"}, "bezwaar_gevolg_als_gegrond"),
        ({"verdaagd_op": NU.date()}, "bezwaar_verdaagd_met_dag"),
    ],
)
def test_een_bezwaar_loopt_zijn_weg(wereld, velden, regel):
    fabriek.maak_bezwaar(wereld, fabriek.afgewezen(wereld))
    assert weigert(zet(**velden)) == regel


def test_wie_betrokken_was_heeft_er_geen_hand_in(wereld):
    """Awb 7:5, 10:3 lid 3: whoever writes it."""
    fabriek.maak_bezwaar(wereld, fabriek.afgewezen(wereld))
    for persoon in (wereld.beoordelaar.persoon, wereld.beslisser.persoon):
        assert weigert(zet(opgepakt_door=persoon)) == "bezwaar_door_een_ander"
        assert weigert(zet(opsteller=persoon)) == "bezwaar_door_een_ander"


def test_een_open_bezwaar_per_indiener(wereld):
    bezwaar = fabriek.maak_bezwaar(wereld, fabriek.afgewezen(wereld))
    assert weigert(kopie(bezwaar, kenmerk="BZW-2")) == "bezwaar_een_open_per_indiener"
    assert weigert(kopie(bezwaar, kenmerk="BZW-2", indiener="deelnemer", wijze="post")) == ""
    assert weigert(kopie(bezwaar, kenmerk="BZW-2", indiener="deelnemer")) == "bezwaar_van_iemand"
    ander = fabriek.afgewezen(wereld)
    assert weigert(kopie(bezwaar, kenmerk="BZW-2", aanvraag=ander)) == "bezwaar_tegen_een_besluit"


def test_zonder_horen_geen_voorstel(wereld):
    bezwaar = fabriek.weeg_bezwaar(wereld, fabriek.maak_bezwaar(wereld, fabriek.afgewezen(wereld)))
    heel = {
        "status": "voorgesteld", "uitkomst": "ongegrond", "motivering": "x", "voorgesteld_op": NU,
        "opsteller": wereld.collega(wereld.beoordelaar).persoon,
    }  # fmt: skip
    assert weigert(zet(**heel)) == "bezwaar_gehoord_of_afgezien"
    assert weigert(zet(**heel, afgezien="geen_zin")) == "bezwaar_gehoord_of_afgezien"
    te_laat = {"te_laat": True, "verschoonbaar": False, "afgezien": "geen_wens"}
    assert weigert(zet(**heel, **te_laat)) == "bezwaar_te_laat_is_niet_ontvankelijk"
    assert weigert(zet(**heel, afgezien="geen_wens")) == ""
    assert bezwaar.status == "hoorzitting"


def test_een_beslissing_hoort_bij_haar_bezwaar(wereld):
    aanvraag = fabriek.afgewezen(wereld)
    fabriek.beslist_bezwaar(wereld, aanvraag, uitkomst="ongegrond")
    afwijzing = aanvraag.besluiten.get(soort="afwijzing")
    beslissing = aanvraag.besluiten.get(soort="beslissing_op_bezwaar")
    assert weigert(kopie(beslissing)) == "besluit_met_bezwaar"
    assert weigert(kopie(beslissing, vorig_besluit=beslissing)) == "besluit_na_herroeping"
    assert weigert(kopie(beslissing, rechtsmiddel="bezwaar")) == "besluit_op_bezwaar_met_beroep"
    assert weigert(kopie(afwijzing, herroept=True)) == "besluit_herroept_na_bezwaar"
    # A refusal follows no refusal that still stands.
    assert weigert(kopie(afwijzing, vorig_besluit=afwijzing)) == "besluit_na_herroeping"
    assert weigert(lambda: Bezwaar.objects.update(motivering="anders")) == "bezwaar_ligt_vast"


def test_herroepen_kan_alleen_met_wat_erbij_hoort(wereld):
    """A beslissing that takes the refusal back, with the aanvraag still refused, is refused at the commit."""
    aanvraag = fabriek.afgewezen(wereld)
    bezwaar = fabriek.stel_beslissing_voor(
        wereld, fabriek.maak_bezwaar(wereld, aanvraag), gevolg="alsnog_toekennen"
    )
    beslissing = Besluit(
        aanvraag=aanvraag, soort="beslissing_op_bezwaar", vorig_besluit=bezwaar.besluit, rechtsmiddel="beroep",
        herroept=True, dagtekening=NU.date(), bekendgemaakt_op=NU, bezwaar_tot=NU.date(), motivering="x",
        opsteller=bezwaar.opsteller, ondertekenaar=wereld.collega(wereld.beslisser).persoon,
    )  # fmt: skip

    def schrijf():
        beslissing.save(force_insert=True)
        Bezwaar.objects.update(status="gegrond", besluit_op_bezwaar=beslissing)

    assert weigert(schrijf) in ("besluit_met_gevolg", "aanvraag_status_met_besluit")
    beslissing.ondertekenaar = wereld.beslisser.persoon
    assert weigert(schrijf) == "bezwaar_door_een_ander"


@pytest.mark.parametrize("status", ["in_behandeling", "toegekend"])
def test_een_weigering_verdwijnt_niet_zonder_bezwaar(wereld, status):
    aanvraag = fabriek.afgewezen(wereld)

    def schrijf():
        Aanvraag.objects.filter(pk=aanvraag.pk).update(status=status)

    assert weigert(schrijf) == "aanvraag_status_met_besluit"


@pytest.mark.parametrize("status", ["in_volgorde", "verleend"])
def test_een_plaats_komt_niet_vanzelf_terug(wereld, status):
    aanvraag = fabriek.afgewezen(wereld)
    rij = Reservering.objects.filter(pk=aanvraag.reservering_id)
    assert weigert(lambda: rij.update(status=status, verleend_op=NU)) == "reservering_bewaakt"
    # Nor by the exception of an earlier moment.
    fabriek.ken_alsnog_toe(wereld, aanvraag)
    assert vers(aanvraag).reservering.uitzonderingen.get().bevestigd_op == NU


def test_een_vaststelling_wordt_alleen_na_bezwaar_anders(wereld):
    vaststelling = fabriek.vastgesteld(wereld)
    rij = Vaststelling.objects.filter(pk=vaststelling.pk)
    assert weigert(lambda: rij.update(motivering="anders")) == "vaststelling_ligt_vast"
    besluit = vaststelling.besluit
    assert weigert(kopie(besluit, vorig_besluit=besluit)) == "besluit_een_slot"
