"""T01 to T14: what counts as received in time, in Europe/Amsterdam."""

from datetime import UTC, date, datetime, timedelta

import pytest

from aanvragen.handelingen import behandelen
from aanvragen.models import Storing
from budget.handelingen.laden import laad_regeling
from ips_subsidie.kalender.dagen import AMSTERDAM
from ips_subsidie.logboek.models import Regel, Soort
from tests import fabriek
from tests.fabriek import (
    NU,
    REGELING_B,
    beoordeel_na_storing,
    dien_aanvulling_in,
    dien_in,
    geweigerd,
    ken_toe,
    klaar_om_in_te_dienen,
    maak_wereld,
    maak_wereld_b,
    regelingtekst,
    vers,
    vraag_aanvulling,
    wijs_af,
)

pytestmark = pytest.mark.django_db
VOORAF = datetime(2019, 4, 15, 9, tzinfo=UTC)


def klaar(wereld, nu=VOORAF, **keuzes):
    """Ready to send before the tijdvak opens, with a wish to start long after it closes."""
    return klaar_om_in_te_dienen(wereld, nu, gewenste_start=date(2020, 2, 3), **keuzes)


def plaatselijk(tekst):
    return datetime.fromisoformat(tekst).replace(tzinfo=AMSTERDAM)


@pytest.mark.parametrize("route", ["gemeente", "uwv"])
@pytest.mark.parametrize(
    ("lokaal", "in_utc", "codes"),
    [
        pytest.param("2019-11-29 23:59:59", "2019-11-29 22:59:59", [], id="T01 laatste seconde"),
        pytest.param(
            "2019-11-30 00:00:00", "2019-11-29 23:00:00", ["buiten_tijdvak"], id="T02 een seconde te laat"
        ),
        pytest.param(
            "2019-04-30 23:59:59", "2019-04-30 21:59:59", ["buiten_tijdvak"], id="T03 een seconde te vroeg"
        ),
        pytest.param(
            "2019-05-01 00:30:00", "2019-04-30 22:30:00", [], id="T04 eerste half uur, nog april in UTC"
        ),
        pytest.param(
            "2019-12-02 10:00:00", "2019-12-02 09:00:00", ["buiten_tijdvak"], id="T13 na het weekend binnen"
        ),
        pytest.param(
            "2019-12-03 10:00:00",
            "2019-12-03 09:00:00",
            ["buiten_tijdvak"],
            id="T14 doorgezonden: ontvangst bij UWV telt",
        ),
    ],
)
def test_ontvangst_beslist(wereld, route, lokaal, in_utc, codes):
    moment = plaatselijk(lokaal)
    assert moment == datetime.fromisoformat(in_utc).replace(tzinfo=UTC)
    aanvraag = klaar(wereld, route=route)
    eerst = aanvraag.status
    if not codes:
        aanvraag = dien_in(wereld, aanvraag, moment)
        assert (aanvraag.status, aanvraag.ontvangen_op, aanvraag.na_storing) == ("ingediend", moment, False)
        return
    assert geweigerd(lambda: dien_in(wereld, aanvraag, moment)) == codes
    aanvraag = vers(aanvraag)
    # Not silently dropped: the concept stays, and the logboek knows that it was tried, and why not.
    assert (aanvraag.status, aanvraag.ontvangen_op, aanvraag.reservering) == (eerst, None, None)
    regel = Regel.objects.get(soort=Soort.WEIGERING)
    assert (regel.dossier_id, regel.op, regel.gegevens) == (aanvraag.pk, moment, {"redenen": codes})


def klaar_b(wereld, moment):
    """Part 1 whole on a day in the tijdvak of 2023, with a wish to start after `moment`."""
    vooraf = datetime(2023, 3, 6, 9, tzinfo=UTC)
    return klaar_om_in_te_dienen(wereld, vooraf, gewenste_start=moment.date() + timedelta(days=30))


@pytest.mark.parametrize(
    ("lokaal", "in_utc", "codes", "tijdvak"),
    [
        pytest.param("2023-12-31 23:59:59", "2023-12-31 22:59:59", [], "2023", id="T07 laatste seconde, een zondag"),
        pytest.param("2024-01-01 00:00:00", "2023-12-31 23:00:00", [], "2024", id="T08 de rij van 2024 neemt het over"),
        pytest.param(
            "2024-11-19 23:59:59", "2024-11-19 22:59:59", [], "2024", id="T09 laatste seconde van 2024"
        ),
        pytest.param(
            "2024-11-20 00:00:00", "2024-11-19 23:00:00", [], "2025", id="T09 een seconde later: geld van 2025"
        ),
        pytest.param("2025-11-19 12:00:00", "2025-11-19 11:00:00", [], "2025", id="T10 tot en met"),
        pytest.param(
            "2025-11-20 00:00:00", "2025-11-19 23:00:00", ["buiten_tijdvak"], "", id="T10 de dag erna"
        ),
        pytest.param("2023-03-01 00:15:00", "2023-02-28 23:15:00", [], "2023", id="T12 nog februari in UTC"),
        pytest.param(
            "2023-02-28 23:59:59", "2023-02-28 22:59:59", ["buiten_tijdvak"], "", id="T12 nog februari hier"
        ),
    ],
)  # fmt: skip
def test_ontvangst_beslist_in_b(db, lokaal, in_utc, codes, tijdvak):
    moment = plaatselijk(lokaal)
    assert moment == datetime.fromisoformat(in_utc).replace(tzinfo=UTC)
    _verstuur_b(maak_wereld_b(VOORAF_B), moment, codes, tijdvak)


VOORAF_B = datetime(2023, 1, 2, 9, tzinfo=UTC)


def _verstuur_b(wereld, moment, codes, tijdvak=""):
    aanvraag = klaar_b(wereld, moment)
    if codes:
        assert geweigerd(lambda: dien_in(wereld, aanvraag, moment)) == codes
        assert vers(aanvraag).ontvangen_op is None
        return
    aanvraag = dien_in(wereld, aanvraag, moment)
    assert (aanvraag.status, aanvraag.ontvangen_op, aanvraag.na_storing) == ("ingediend", moment, False)
    assert aanvraag.reservering.tijdvak == tijdvak


def _zonder(tekst, code):
    """The regeling without this tijdvak, and without its pot."""
    kop, *rijen = tekst.split("[[tijdvak]]\n")
    laatste, rest = rijen[-1].split("[[doelgroep]]", 1)
    rijen = [rij for rij in (*rijen[:-1], laatste) if f'code = "{code}"' not in rij]
    over = "".join(f"[[tijdvak]]\n{rij}" for rij in rijen)
    pot = f"[potten.tijdvak.{code}]\nplafond_bedrag_cent = 1_000_000_000\nvoorbeeldbedragen = true\n"
    assert rest.count(pot) == 1
    return f"{kop}{over}[[doelgroep]]{rest.replace(pot, '')}"


@pytest.mark.parametrize(
    ("lokaal", "zonder"),
    [
        pytest.param("2024-01-01 10:00:00", "2024", id="T08 de zondag schuift niet op naar maandag"),
        pytest.param("2024-11-20 00:00:00", "2025", id="T09 2024 is dan voorbij"),
    ],
)
def test_zonder_de_rij_van_het_volgende_tijdvak_is_het_te_laat_in_b(db, lokaal, zonder):
    """A ministeriële regeling knows no shift to the next working day (Atw art. 5): only a row of its own helps."""
    wereld = maak_wereld_b(VOORAF_B)
    laad_regeling(_zonder(regelingtekst(REGELING_B), zonder), reden="voor een test", nu=VOORAF_B)
    _verstuur_b(wereld, plaatselijk(lokaal), ["buiten_tijdvak"])


def test_t10_tot_zonder_de_dag_zelf_in_b(db):
    wereld = maak_wereld_b(VOORAF_B, tot_inclusief=False)
    moment = plaatselijk("2025-11-19 12:00:00")
    _verstuur_b(wereld, moment, ["buiten_tijdvak"])
    _verstuur_b(wereld, plaatselijk("2025-11-18 23:59:59"), [], "2025")


@pytest.mark.parametrize(
    ("moment", "van", "tot", "codes"),
    [
        pytest.param(
            "2019-11-30 00:10",
            "2019-11-29 23:00",
            "2019-11-29 23:59",
            [],
            id="T06 storing op de laatste avond",
        ),
        pytest.param(
            "2019-11-30 23:00", "2019-11-29 23:00", "2019-11-30 08:00", [], id="T06 storing tot in de nacht"
        ),
        pytest.param(
            "2019-12-01 00:00",
            "2019-11-29 23:00",
            "2019-11-29 23:59",
            ["buiten_tijdvak"],
            id="T06 een dag later niet meer",
        ),
        pytest.param(
            "2019-11-30 00:10",
            "2019-11-28 23:00",
            "2019-11-28 23:59",
            ["buiten_tijdvak"],
            id="T06 storing een dag eerder",
        ),
        pytest.param(
            "2019-04-30 23:50",
            "2019-04-30 23:00",
            "2019-04-30 23:40",
            ["buiten_tijdvak"],
            id="T06 te vroeg blijft te vroeg",
        ),
    ],
)
def test_na_een_storing_weegt_een_mens(wereld, moment, van, tot, codes):
    Storing.objects.create(van=plaatselijk(van), tot=plaatselijk(tot), toelichting="portaal onbereikbaar")
    aanvraag, moment = klaar(wereld), plaatselijk(moment)
    if codes:
        assert geweigerd(lambda: dien_in(wereld, aanvraag, moment)) == codes
        return
    aanvraag = dien_in(wereld, aanvraag, moment)
    assert (aanvraag.status, aanvraag.na_storing) == ("ingediend", True)


@pytest.mark.parametrize("besluit", [ken_toe, wijs_af])
def test_t06_het_besluit_na_een_storing_kan_beide_kanten_op(wereld, besluit):
    Storing.objects.create(
        van=plaatselijk("2019-11-29 23:00"),
        tot=plaatselijk("2019-11-29 23:59"),
        toelichting="portaal onbereikbaar",
    )
    aanvraag = dien_in(wereld, klaar(wereld), plaatselijk("2019-11-30 00:10"))
    later = aanvraag.ontvangen_op + timedelta(days=5)
    aanvraag = beoordeel_na_storing(wereld, aanvraag, later, aanvaard=besluit is ken_toe)
    gronden = {} if besluit is ken_toe else {"gronden": ("buiten_tijdvak",)}
    besluit(wereld, aanvraag, later, **gronden)
    assert aanvraag.besluiten.get().motivering


def test_t18_aanvullen_na_sluiting(wereld):
    """Received in the tijdvak, completed after it: admissible, with a rank of its completion."""
    ontvangen = plaatselijk("2019-11-28 10:00")
    aanvraag = dien_in(wereld, klaar(wereld), ontvangen)
    aanvraag = vraag_aanvulling(wereld, aanvraag, ontvangen, termijn_tot=date(2019, 12, 12))
    aangevuld = plaatselijk("2019-12-05 16:00")
    aanvraag = dien_aanvulling_in(wereld, aanvraag, aangevuld)
    assert (aanvraag.ontvangen_op, aanvraag.reservering.rang_op) == (ontvangen, aangevuld)
    aanvraag = ken_toe(wereld, aanvraag, aangevuld + timedelta(days=1))
    assert (aanvraag.status, wereld.pot().verleend_trajecten) == ("toegekend", 1)


def test_t18_aanvullen_na_sluiting_kan_uit_staan(db):
    wereld = maak_wereld(aanvulling_na_sluiting=False)
    ontvangen = plaatselijk("2019-11-28 10:00")
    aanvraag = vraag_aanvulling(wereld, dien_in(wereld, klaar(wereld), ontvangen), ontvangen)
    assert geweigerd(lambda: dien_aanvulling_in(wereld, aanvraag, plaatselijk("2019-12-05 16:00"))) == [
        "gesloten"
    ]
    assert vers(aanvraag).status == "onvolledig"


def test_t20_buiten_behandeling_vraagt_eerst_een_hersteltermijn(wereld):
    from tests.fabriek import in_behandeling, laat_buiten_behandeling

    aanvraag = in_behandeling(wereld)
    assert geweigerd(lambda: laat_buiten_behandeling(wereld, aanvraag, NU)) == ["geen_hersteltermijn"]
    assert not aanvraag.besluiten.exists()


def test_t20_ook_voor_het_einde_van_de_termijn_als_de_aanvulling_niet_genoeg_is(wereld):
    """Within four weeks after the aanvulling (Awb 4:5, vierde lid); the letter says when it came."""
    aanvraag = fabriek.dien_aanvulling_in(wereld, fabriek.onvolledig(wereld), NU + timedelta(days=2))
    aanvraag = fabriek.laat_buiten_behandeling(wereld, aanvraag, NU + timedelta(days=3))
    gegevens = aanvraag.besluiten.get().brief.gegevens
    dagen = [gegevens[naam].replace("\xa0", " ") for naam in ("hersteltermijn_tot", "aangevuld_op")]
    assert aanvraag.status == "buiten_behandeling"
    assert dagen == ["17 juni 2019", "5 juni 2019"]


def test_t20_een_eerdere_aanvulling_is_geen_antwoord_op_de_laatste_vraag(wereld):
    """Asked again on the day of the first aanvulling, and then nothing came: the letter names no aanvulling."""
    over = timedelta(days=2)
    aanvraag = fabriek.dien_aanvulling_in(wereld, fabriek.onvolledig(wereld), NU + over)
    aanvraag = vraag_aanvulling(wereld, aanvraag, NU + over + timedelta(hours=1))
    fabriek.doe(behandelen.in_behandeling_nemen, aanvraag, wereld.beoordelaar, NU + timedelta(days=17))
    aanvraag = fabriek.laat_buiten_behandeling(wereld, vers(aanvraag), NU + timedelta(days=18))
    assert aanvraag.besluiten.get().brief.gegevens["aangevuld_op"] is None


@pytest.mark.parametrize(
    ("dag", "codes"),
    [
        pytest.param("2019-06-17", ["termijn_loopt"], id="laatste dag van de hersteltermijn"),
        pytest.param("2019-06-18", [], id="de dag erna"),
        pytest.param("2019-07-15", [], id="vier weken erna (Awb 4:5, vierde lid)"),
        pytest.param("2019-07-16", ["te_laat"], id="dan moet UWV over de inhoud beslissen"),
    ],
)
def test_t20_buiten_behandeling_alleen_in_de_vier_weken_erna(wereld, dag, codes):
    from tests.fabriek import laat_buiten_behandeling, onvolledig

    aanvraag = onvolledig(wereld)
    moment = plaatselijk(f"{dag} 12:00")
    if codes:
        assert geweigerd(lambda: laat_buiten_behandeling(wereld, aanvraag, moment)) == codes
        return
    aanvraag = laat_buiten_behandeling(wereld, aanvraag, moment)
    assert (aanvraag.status, aanvraag.besluiten.get().soort) == ("buiten_behandeling", "buiten_behandeling")
    assert aanvraag.reservering.status == "vervallen"
