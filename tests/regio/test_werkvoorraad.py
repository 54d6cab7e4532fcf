"""The work of a regio: what waits per functie and per gemeente, and that its cost doesn't grow with it."""

from datetime import date, timedelta

import pytest

from aanvragen.handelingen.gemeentetoets import vastleggen
from aanvragen.models import Traject
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.toegang.rollen import Functie, Rol
from tests import fabriek
from tests.fabriek import ARNHEM, DRUTEN, NIJMEGEN, NU, doe
from tests.overleg.fabriek import eerste, maak_reeks, met_functie, zet_op_agenda
from tests.web.behandeling.hulp import aantal_vragen, als, tekst

pytestmark = pytest.mark.django_db
PAGINA = "/overleg/werkvoorraad/"
DELEN = ("toetsen", "beslissen", "stoppen", "trajecten", "gemeenten")


@pytest.fixture(autouse=True)
def _klok():
    with klok_op(NU):
        yield


@pytest.fixture
def wereld():
    return fabriek.maak_wereld()


def lopend(wereld, gemeente=NIJMEGEN):
    return fabriek.start(wereld, fabriek.toegekend(wereld, gemeente=gemeente))


@pytest.mark.parametrize(
    ("functie", "deel"),
    [
        (Functie.ADMINISTRATIEF, "toetsen"),
        (Functie.BELEID, "gemeenten"),
        (Functie.CONSULENT, "trajecten"),
        ("", "beslissen"),
    ],
)
def test_elke_functie_begint_bij_het_eigen_werk(wereld, functie, deel):
    client = als(met_functie(wereld, functie))
    pagina = client.get(PAGINA)
    assert pagina.context["deel"] == deel
    assert [t.actief for t in pagina.context["tellers"]].count(True) == 1
    assert (Functie(functie).label if functie else "Werkvoorraad regio") in tekst(pagina)
    assert client.get(PAGINA, {"deel": "stoppen"}).context["deel"] == "stoppen"
    assert client.get(PAGINA, {"deel": "\x00"}).context["deel"] == deel


def test_te_toetsen_tot_iemand_het_deed(wereld):
    aanvraag = fabriek.wacht_op_toestemming(wereld, gemeente=DRUTEN)
    elders = fabriek.wacht_op_toestemming(wereld, gemeente=ARNHEM)
    actor = met_functie(wereld, Functie.ADMINISTRATIEF)
    client = als(actor)
    pagina = client.get(PAGINA)
    assert aanvraag.kenmerk in tekst(pagina)
    assert f"/aanvragen/{aanvraag.pk}/gemeentetoets/" in pagina.content.decode()
    assert elders.kenmerk not in tekst(pagina)
    doe(vastleggen, aanvraag, actor, uitkering_klopt=True, ander_traject=False, voorzieningen="")
    assert aanvraag.kenmerk not in tekst(client.get(PAGINA))
    assert aanvraag.kenmerk in tekst(client.get(PAGINA, {"deel": "beslissen"}))
    fabriek.geef_toestemming(wereld, aanvraag)
    assert aanvraag.kenmerk not in tekst(client.get(PAGINA, {"deel": "beslissen"}))


def test_filter_per_gemeente(wereld):
    nijmegen = fabriek.wacht_op_toestemming(wereld, gemeente=NIJMEGEN)
    druten = fabriek.wacht_op_toestemming(wereld, gemeente=DRUTEN)
    client = als(met_functie(wereld, ""))
    alles = tekst(client.get(PAGINA))
    assert nijmegen.kenmerk in alles
    assert druten.kenmerk in alles
    alleen = tekst(client.get(PAGINA, {"gemeente": DRUTEN}))
    assert druten.kenmerk in alleen
    assert nijmegen.kenmerk not in alleen
    for code in (ARNHEM, "\x00", "9999", "x" * 500):
        antwoord = client.get(PAGINA, {"gemeente": code, "na": "-3"})
        assert antwoord.status_code == 200
    leeg = client.get(PAGINA, {"gemeente": DRUTEN, "deel": "stoppen"})
    assert "Voor deze gemeente wacht hier niets" in tekst(leeg)


def test_een_gemeente_alleen_ziet_zichzelf(wereld):
    aanvraag = fabriek.wacht_op_toestemming(wereld, gemeente=ARNHEM)
    pagina = als(wereld.van_gemeente(ARNHEM)).get(PAGINA)
    assert aanvraag.kenmerk in tekst(pagina)
    assert pagina.context["filterformulier"] is None


def test_de_consulent_ziet_wat_er_speelt(wereld):
    traject = lopend(wereld)
    reeks = maak_reeks(wereld)
    zet_op_agenda(eerste(reeks), wereld.behandelaar, traject.aanvraag.kenmerk)
    traject.gebeurtenissen.create(
        soort="werkhervatting", datum=NU.date(), gemeld_op=NU, gemeld_door=wereld.behandelaar.persoon
    )
    traject.gebeurtenissen.create(
        soort="verlies_baan", datum=NU.date() - timedelta(days=90), gemeld_op=NU,
        gemeld_door=wereld.behandelaar.persoon,
    )  # fmt: skip
    client = als(met_functie(wereld, Functie.CONSULENT))
    woorden = tekst(client.get(PAGINA))
    for moet in (
        traject.aanvraag.kenmerk, "T. Bakker", "Vacatureoverleg, 4 juni 2019", "begonnen met betaald werk",
    ):  # fmt: skip
        assert moet in woorden
    assert "gestopt met werk" not in woorden
    assert "A.B. Voorbeeld" not in woorden
    with klok_op(NU + timedelta(days=8)):
        assert "Vacatureoverleg, 4 juni" not in tekst(client.get(PAGINA))
    Traject.objects.filter(pk=traject.pk).update(laatste_dag=traject.startdatum)
    with klok_op(NU + timedelta(days=1)):
        assert traject.aanvraag.kenmerk not in tekst(client.get(PAGINA))


def test_de_beleidsmedewerker_ziet_totalen_per_gemeente(wereld):
    fabriek.verleen_plaatsen(wereld, 2, gemeenten=[NIJMEGEN])
    lopend(wereld, NIJMEGEN)
    fabriek.wacht_op_toestemming(wereld, gemeente=NIJMEGEN)
    fabriek.wacht_op_toestemming(wereld, gemeente=DRUTEN)
    pagina = als(met_functie(wereld, Functie.BELEID)).get(PAGINA)
    rijen = {rij.gemeente.code: rij for rij in pagina.context["rijen"]}
    assert len(rijen) == 7
    nijmegen, druten = rijen[NIJMEGEN], rijen[DRUTEN]
    assert (nijmegen.toetsen, nijmegen.beslissen, nijmegen.stoppen, nijmegen.trajecten) == (1, 1, 0, 1)
    assert (druten.beslissen, druten.trajecten) == (1, 0)
    assert [(p.toegekend, p.grens) for p in nijmegen.plaatsen] == [(3, 5)]
    assert "3 van de 5" in tekst(pagina)
    assert "/budget/over-de-regeling/?regeling=IPS-CMD-2019" in pagina.content.decode()


def test_bladeren(wereld):
    for _ in range(26):
        fabriek.wacht_op_toestemming(wereld, gemeente=NIJMEGEN)
    client = als(met_functie(wereld, ""))
    eerste_bladzij = client.get(PAGINA, {"gemeente": NIJMEGEN})
    assert len(eerste_bladzij.context["rijen"]) == 25
    assert len(client.get(PAGINA + eerste_bladzij.context["volgende"]).context["rijen"]) == 1


def test_elk_deel_kost_steeds_evenveel(wereld):
    lopend(wereld)
    fabriek.wacht_op_toestemming(wereld, gemeente=NIJMEGEN)
    client = als(met_functie(wereld, Functie.BELEID))
    eerst = {deel: aantal_vragen(client, f"{PAGINA}?deel={deel}") for deel in DELEN}
    reeks = maak_reeks(wereld, laatste_dag=date(2019, 6, 30))
    for gemeente in (NIJMEGEN, DRUTEN) * 2:
        traject = lopend(wereld, gemeente)
        zet_op_agenda(eerste(reeks), wereld.behandelaar, traject.aanvraag.kenmerk)
        fabriek.wacht_op_toestemming(wereld, gemeente=gemeente)
    for deel in DELEN:
        assert aantal_vragen(client, f"{PAGINA}?deel={deel}") == eerst[deel] <= 20, deel


@pytest.mark.parametrize("rol", [Rol.BEHANDELAAR, Rol.UWV_BESLISSER, Rol.MINISTERIE])
def test_alleen_voor_wie_bij_een_gemeente_of_verband_werkt(wereld, rol):
    assert als(wereld.met(rol)).get(PAGINA).status_code == 403
