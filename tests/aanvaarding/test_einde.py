"""T57, T59, T62 and T72 to T74 of scheme B, and the vaststelling: the end of a traject, to the day and to the cent."""

from datetime import UTC, date, datetime, timedelta

import pytest

from aanvragen import herinneren
from aanvragen.handelingen import traject as acts
from aanvragen.models import Traject, Vaststelling
from budget.models import Betaalverplichting
from ips_subsidie.berichten.models import Bericht
from tests import fabriek
from tests.fabriek import NU_B, doe, geweigerd, start, stop, toegekend

pytestmark = pytest.mark.django_db


@pytest.fixture
def wereld_b(db) -> fabriek.Wereld:
    """IPS-GEM-2023 as it is."""
    return fabriek.maak_wereld_b()


def middag(dag: date) -> datetime:
    return datetime(dag.year, dag.month, dag.day, 10, tzinfo=UTC)


def gestart_b(wereld, op: date, nu: datetime = NU_B, **keuzes) -> Traject:
    return start(wereld, toegekend(wereld, nu, **keuzes), max(nu, middag(op)), op=op)


@pytest.mark.parametrize(
    ("op", "doelgroep", "laatste"),
    [
        pytest.param(date(2023, 3, 1), "CMD", date(2025, 2, 28), id="T57 CMD"),
        pytest.param(date(2023, 3, 1), "EPA", date(2026, 2, 28), id="T57 EPA"),
        pytest.param(date(2022, 1, 1), "EPA", date(2024, 12, 31), id="T59 begon in 2022"),
        pytest.param(date(2022, 2, 28), "CMD", date(2024, 2, 27), id="T59 telt vanaf het echte begin"),
        pytest.param(date(2024, 2, 29), "CMD", date(2026, 2, 27), id="T56 schrikkeldag, CMD"),
        pytest.param(date(2024, 2, 29), "EPA", date(2027, 2, 27), id="T56 schrikkeldag, EPA"),
    ],
)
def test_de_duur_telt_vanaf_het_echte_begin(wereld_b, op, doelgroep, laatste):
    traject = gestart_b(wereld_b, op, doelgroep=doelgroep)
    assert (traject.startdatum, traject.laatste_dag) == (op, laatste)


def test_t60_niet_voor_2022(wereld_b):
    aanvraag = toegekend(wereld_b, NU_B)
    assert aanvraag.traject.vroegste_start == date(2022, 1, 1)
    codes = geweigerd(lambda: start(wereld_b, aanvraag, NU_B, op=date(2021, 12, 31)))
    assert codes == ["start_te_vroeg"]


def test_t62_gestopt_voordat_werd_aangevraagd(wereld_b):
    """Human decision, no auto-refusal: the part that is paid is proposed by days."""
    traject = gestart_b(wereld_b, date(2022, 2, 1))
    traject = stop(wereld_b, traject, NU_B, op=date(2022, 11, 30), reden="verhuisd")
    assert (traject.status, traject.gestopt_op) == ("voortijdig_beeindigd", date(2022, 11, 30))
    fabriek.bevestig_stop(wereld_b, traject, NU_B)
    vaststelling = fabriek.stuur_verslag(wereld_b, traject, NU_B, uitkomst="geen", begonnen_op=None)
    assert vaststelling.status == "verslag_ontvangen"


@pytest.mark.parametrize(
    ("dag", "codes"),
    [
        pytest.param(date(2023, 2, 28), ["stopdatum"], id="T73 voor het begin"),
        pytest.param(date(2023, 3, 1), [], id="T73 op de eerste dag"),
        pytest.param(date(2025, 2, 28), [], id="T73 op de laatste dag"),
        pytest.param(date(2025, 3, 1), ["stopdatum"], id="T73 na de geplande laatste dag"),
    ],
)
def test_t73_stopdatum_binnen_de_looptijd(wereld_b, dag, codes):
    traject, nu = gestart_b(wereld_b, date(2023, 3, 1)), middag(date(2025, 3, 10))
    if codes:
        assert geweigerd(lambda: stop(wereld_b, traject, nu, op=dag)) == codes
        assert not traject.stopberichten.exists()
    else:
        assert stop(wereld_b, traject, nu, op=dag).gestopt_op == dag


def test_t72_de_gemeente_doet_niets(wereld_b):
    """After fourteen days a reminder; UWV sees it; nothing is paid until she confirms."""
    traject = gestart_b(wereld_b, date(2023, 3, 1))
    gestopt_op = NU_B + timedelta(days=90)
    traject = stop(wereld_b, traject, gestopt_op)
    stopbericht = traject.stopberichten.get()
    assert stopbericht.get_status_display() == "Gemeld, nog niet bevestigd"
    assert not Vaststelling.objects.exists()
    verplichting = Betaalverplichting.objects.get(reservering=traject.aanvraag.reservering)
    assert verplichting.status == "geblokkeerd"
    for dagen in range(13, 17):
        moment = gestopt_op + timedelta(days=dagen)
        with fabriek.klok_op(moment):
            herinneren.herinner(moment)
    berichten = Bericht.objects.filter(soort__startswith="herinnering_stopbericht")
    assert {b.soort for b in berichten} == {"herinnering_stopbericht_14"}
    assert {b.organisatie_id for b in berichten} == {traject.aanvraag.gemeente_organisatie_id}
    bevestigd = fabriek.bevestig_stop(wereld_b, traject, gestopt_op + timedelta(days=20))
    verplichting.refresh_from_db()
    assert (bevestigd.status, verplichting.status) == ("bevestigd", "open")
    assert Vaststelling.objects.get().status == "verslag_gevraagd"
    assert fabriek.verwerk_stop(wereld_b, traject, gestopt_op + timedelta(days=21)).status == "verwerkt"


def test_t74_werk_in_maand_vijf_zonder_stopbericht(wereld_b):
    traject = gestart_b(wereld_b, date(2023, 3, 1))
    nu = middag(date(2023, 8, 7))
    doe(
        acts.gebeurtenis_melden, traject, wereld_b.behandelaar, nu,
        soort="werkhervatting", datum=date(2023, 8, 1), sector="bouw", uren_per_week=32, contract="vast",
    )  # fmt: skip
    doe(acts.gebeurtenis_melden, traject, wereld_b.behandelaar, nu, soort="plaatsing", datum=date(2023, 8, 7))
    traject.refresh_from_db()
    assert (traject.status, traject.laatste_dag) == ("gestart", date(2025, 2, 28))
    assert [g.bijzonderheden for g in traject.gebeurtenissen.all()] == [
        "", "Bouw, 32 uur per week, Vast contract",
    ]  # fmt: skip
    assert not traject.stopberichten.exists()


# --- the vaststelling -----------------------------------------------------------------------------------


def test_b_na_de_laatste_dag_vraagt_het_portaal_het_verslag(wereld_b):
    traject = gestart_b(wereld_b, date(2023, 3, 1))
    for dag, gevraagd in ((date(2025, 2, 28), 0), (date(2025, 3, 1), 1), (date(2025, 3, 2), 0)):
        with fabriek.klok_op(middag(dag)):
            assert herinneren.vraag_verslagen(middag(dag)) == gevraagd
    vaststelling = Vaststelling.objects.get(traject=traject)
    # Eight weeks after Saturday 1 March is Saturday 26 April, and Koningsdag and 5 May are near: an ordinary day.
    assert (vaststelling.status, vaststelling.verslag_uiterlijk) == ("verslag_gevraagd", date(2025, 4, 28))
    assert traject.aanvraag.brieven.filter(sjabloon="verslag_verzoek").count() == 1


@pytest.mark.parametrize(
    ("bedrag", "terug"), [(None, 0), (300_001, 0), (0, 0)], ids=["conform", "lager", "niets"]
)
def test_b_vaststellen_door_de_gemeente_in_mandaat(wereld_b, bedrag, terug):
    traject = fabriek.gestopt(wereld_b, NU_B)
    later = NU_B + timedelta(days=91)
    fabriek.bevestig_stop(wereld_b, traject, later)
    vaststelling = fabriek.stel_voor(
        wereld_b, fabriek.stuur_verslag(wereld_b, traject, later), later, bedrag_cent=bedrag
    )
    if bedrag is not None:
        assert vaststelling.status == "voorgenomen_lager"
        assert geweigerd(lambda: fabriek.stel_vast(wereld_b, vaststelling, later)) == ["zienswijze_loopt"]
        vaststelling = fabriek.geef_zienswijze(wereld_b, vaststelling, later)
    besluit = fabriek.stel_vast(wereld_b, vaststelling, later)
    verleend = traject.aanvraag.reservering.bedrag_cent
    verwacht = verleend if bedrag is None else bedrag
    assert (besluit.soort, besluit.bedrag_cent, besluit.rijk_cent) == ("vaststelling", verwacht, verwacht)
    assert besluit.ondermandaat is not None
    assert besluit.opsteller_id != besluit.ondertekenaar_id
    verplichting = Betaalverplichting.objects.get(reservering=traject.aanvraag.reservering)
    assert verplichting.vastgesteld_cent == verwacht
    gegevens = besluit.brief.gegevens
    assert gegevens["ambtshalve"] is False
    assert gegevens["lager"] is (bedrag is not None)
    assert "namens deze" in str(gegevens["ondertekening"])


def test_b_ambtshalve_pas_na_een_tweede_termijn(wereld_b):
    """Awb 4:44 lid 3 and 4, 4:47."""
    traject = fabriek.gestopt(wereld_b, NU_B)
    later = NU_B + timedelta(days=91)
    fabriek.bevestig_stop(wereld_b, traject, later)
    vaststelling = Vaststelling.objects.get()
    assert geweigerd(lambda: fabriek.stel_voor(wereld_b, vaststelling, later, bedrag_cent=0)) == [
        "termijn_loopt"
    ]
    assert geweigerd(lambda: fabriek.stel_termijn(wereld_b, vaststelling, later)) == ["termijn_loopt"]
    te_laat = middag(vaststelling.verslag_uiterlijk + timedelta(days=1))
    assert geweigerd(lambda: fabriek.stel_voor(wereld_b, vaststelling, te_laat, bedrag_cent=0)) == [
        "geen_termijn"
    ]
    vaststelling = fabriek.stel_termijn(wereld_b, vaststelling, te_laat)
    assert traject.aanvraag.brieven.filter(sjabloon="verslag_verzoek").count() == 2
    nog_later = middag(vaststelling.termijn_tot + timedelta(days=1))
    vaststelling = fabriek.stel_voor(wereld_b, vaststelling, nog_later, bedrag_cent=0)
    assert vaststelling.ambtshalve
    besluit = fabriek.stel_vast(
        wereld_b, vaststelling, middag(vaststelling.zienswijze_tot + timedelta(days=1))
    )
    assert besluit.gronden == ["niet_uitgevoerd", "ambtshalve"]
    assert besluit.bedrag_cent == 0


def test_een_verslag_dat_toch_nog_komt_telt(wereld_b):
    traject = fabriek.gestopt(wereld_b, NU_B)
    fabriek.bevestig_stop(wereld_b, traject, NU_B + timedelta(days=91))
    vaststelling = Vaststelling.objects.get()
    nu = middag(vaststelling.verslag_uiterlijk + timedelta(days=1))
    vaststelling = fabriek.stel_termijn(wereld_b, vaststelling, nu)
    nu = middag(vaststelling.termijn_tot + timedelta(days=1))
    fabriek.stel_voor(wereld_b, vaststelling, nu, bedrag_cent=0)
    vaststelling = fabriek.stuur_verslag(wereld_b, traject, nu)
    assert (vaststelling.status, vaststelling.ambtshalve) == ("verslag_ontvangen", False)
    assert (vaststelling.voorgesteld_cent, vaststelling.opsteller_id) == (None, None)


def test_a_uwv_stelt_vast_en_verdeelt_over_rijk_en_gemeente(wereld):
    """Two debtors: an odd cent is shared as the verplichtingen share it."""
    traject = fabriek.gestopt(wereld)
    later = fabriek.NU + timedelta(days=91)
    assert traject.stopberichten.get().status == "bevestigd"
    vaststelling = fabriek.stel_voor(
        wereld, fabriek.stuur_verslag(wereld, traject, later), later, bedrag_cent=333_333
    )
    na = middag(vaststelling.zienswijze_tot + timedelta(days=1))
    besluit = fabriek.stel_vast(wereld, vaststelling, na)
    assert besluit.rijk_cent + besluit.gemeente_cent == besluit.bedrag_cent == 333_333
    delen = dict(Betaalverplichting.objects.values_list("debiteur", "vastgesteld_cent"))
    assert delen == {"uwv": besluit.rijk_cent, "gemeente": besluit.gemeente_cent}
    assert besluit.ondermandaat is None
