"""T01 to T14: what counts as received in time, in Europe/Amsterdam."""

from datetime import UTC, date, datetime, timedelta

import pytest

from aanvragen.models import Storing
from ips_subsidie.kalender.dagen import AMSTERDAM
from ips_subsidie.logboek.models import Regel, Soort
from tests.fabriek import (
    NU,
    dien_aanvulling_in,
    dien_in,
    geweigerd,
    ken_toe,
    klaar_om_in_te_dienen,
    maak_wereld,
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
