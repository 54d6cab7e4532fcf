"""All that is due for somebody's organisatie: everything of theirs, nothing of another, whatever the order."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from aanvragen.handelingen.wachten import termijn_verlenging
from aanvragen.models import Vaststelling
from aanvragen.termijnlijst.bronnen import BRONNEN
from aanvragen.termijnlijst.lezen import VOLGORDES, Plek, lees
from ips_subsidie.kalender.klok import datum_van, klok_op
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.fabriek import NU, NU_B
from tests.web.behandeling.hulp import als, tekst
from tests.web.sql import met_hoogstens, tel_sql

pytestmark = pytest.mark.django_db
PAGINA = "/aanvragen/termijnen/"
DAG = datum_van(NU)


@pytest.fixture
def wereld():
    return fabriek.maak_wereld()


def van(actor, nu=NU, **keuzes) -> list[tuple[str, date]]:
    with klok_op(nu):
        taken, _ = lees(actor, datum_van(nu), aantal=100, **keuzes)
    return [(taak.bron.code, taak.dag) for taak in taken]


WIE: list[tuple[Callable[[Any], Any], Rol, str, Callable[[Any], date | None]]] = [
    (lambda w: fabriek.onvolledig(w, route="uwv"), Rol.BEHANDELAAR, "aanvullen", lambda a: a.hersteltermijn_tot),
    (fabriek.wacht_op_toestemming, Rol.GEMEENTEMEDEWERKER, "toestemming", lambda a: DAG),
    (lambda w: fabriek.ingediend(w, route="uwv"), Rol.UWV_BEOORDELAAR, "beoordelen", lambda a: a.beslis_uiterlijk),
    (lambda w: fabriek.beoordeeld(w, route="uwv"), Rol.UWV_BESLISSER, "beslissen", lambda a: a.beslis_uiterlijk),
    (fabriek.verlenging_gevraagd, Rol.UWV_BESLISSER, "verlenging", lambda v: termijn_verlenging(v.traject.aanvraag, v)),
]  # fmt: skip


@pytest.mark.parametrize(("maak", "rol", "code", "dag"), WIE, ids=[code for _, _, code, _ in WIE])
def test_elk_ziet_wat_van_hem_is(wereld, maak, rol, code, dag):
    gemaakt = maak(wereld)
    assert van(wereld.met(rol)) == [(code, dag(gemaakt))]
    anders = wereld.bij_andere_instelling()
    assert van(anders.behandelaar) == []
    assert van(wereld.van_gemeente(fabriek.ARNHEM, Rol.GEMEENTEBESLISSER)) == []


def test_het_einde_van_een_traject(wereld):
    traject = fabriek.gestart(wereld, route="uwv")
    assert van(wereld.behandelaar) == []
    moment = NU + (traject.laatste_dag - DAG) - timedelta(days=100)
    assert van(wereld.behandelaar, moment) == [("einde_traject", traject.laatste_dag)]
    gestopt = fabriek.gestopt(wereld)
    uiterlijk = Vaststelling.objects.get(traject=gestopt).verslag_uiterlijk
    assert van(wereld.behandelaar) == [("verslag", uiterlijk)]
    later = NU + (uiterlijk - DAG)
    fabriek.stuur_verslag(wereld, gestopt, later)
    vast = Vaststelling.objects.get(traject=gestopt)
    assert ("vaststellen", vast.beslis_uiterlijk) in van(wereld.beslisser, later)


def test_de_gemeente_die_beslist_ziet_haar_termijnen():
    wereld = fabriek.maak_wereld_b()
    aanvraag = fabriek.budget_gereserveerd(wereld, NU_B)
    tot = datum_van(fabriek.vers(aanvraag).reservering.gereserveerd_tot) - timedelta(days=1)
    codes = dict(van(wereld.besluitnemer(aanvraag, NU_B), NU_B))
    assert codes["reservering"] == tot
    assert "beoordelen" in codes or "beslissen" in codes
    assert van(wereld.beoordelaar, NU_B) == []
    gevraagd = fabriek.budget_gevraagd(wereld, NU_B)
    assert van(wereld.beoordelaar, NU_B) == [("budget", datum_van(NU_B))]
    assert gevraagd.kenmerk


def test_bezwaar_ingebrekestelling_en_wat_niet_is_aangevuld(wereld):
    afgewezen = fabriek.afgewezen(wereld, route="uwv")
    tot = fabriek.laatste_besluit(afgewezen).bezwaar_tot
    assert van(wereld.behandelaar) == [("bezwaar_maken", tot)]
    bezwaar = fabriek.maak_bezwaar(wereld, afgewezen)
    assert van(wereld.behandelaar) == []
    assert van(wereld.beslisser) == [("bezwaar", bezwaar.beslis_uiterlijk)]
    with klok_op(NU):
        ((taak,), _) = lees(wereld.beslisser, DAG, aantal=5)
    assert (taak.kenmerk, taak.url) == (bezwaar.kenmerk, reverse("aanvragen:bezwaar", args=[bezwaar.pk]))

    te_laat = fabriek.ingediend(wereld, route="uwv")
    nu = fabriek.na_de_termijn(te_laat)
    stelling = fabriek.stel_in_gebreke(wereld, te_laat, nu)
    assert ("dwangsom_loopt", stelling.eerste_dag - timedelta(days=1)) in van(wereld.beslisser, nu)
    assert "dwangsom_loopt" not in dict(van(wereld.van_gemeente(), nu))

    onvolledig = fabriek.onvolledig(wereld, route="uwv")
    assert onvolledig.hersteltermijn_tot is not None
    na = NU + timedelta(days=15)
    assert ("niet_aangevuld", onvolledig.hersteltermijn_tot) in van(wereld.beslisser, na)
    assert "niet_aangevuld" not in dict(van(wereld.beslisser))


def _gemengd(wereld, aantal: int) -> None:
    for n in range(aantal):
        nu = NU + timedelta(days=n % 4)
        fabriek.onvolledig(wereld, nu, route="uwv")
        if n % 2:
            fabriek.gestart(wereld, nu, route="uwv")


@pytest.mark.parametrize("volgorde", VOLGORDES)
def test_bladeren_geeft_alles_een_keer_in_volgorde_heen_en_terug(wereld, volgorde):
    _gemengd(wereld, 6)
    dag = DAG + timedelta(days=900)
    with klok_op(NU + timedelta(days=900)):
        alles, meer = lees(wereld.behandelaar, dag, aantal=100, volgorde=volgorde)
        assert not meer
        waarden = {
            "dag": [t.dag for t in alles], "soort": [t.volg for t in alles], "kenmerk": [t.kenmerk for t in alles],
        }[volgorde]  # fmt: skip
        assert waarden == sorted(waarden)
        heen: list[Any] = []
        plek = None
        while True:
            taken, meer = lees(wereld.behandelaar, dag, aantal=2, volgorde=volgorde, na=plek)
            heen += taken
            if not meer:
                break
            plek = Plek.lees(taken[-1].sleutel(volgorde), volgorde)
        assert heen == alles
        plek = Plek.lees(alles[-1].sleutel(volgorde), volgorde)
        terug: list[Any] = []
        while True:
            taken, meer = lees(wereld.behandelaar, dag, aantal=2, volgorde=volgorde, na=plek, terug=True)
            terug = taken + terug
            if not meer:
                break
            plek = Plek.lees(taken[0].sleutel(volgorde), volgorde)
        assert terug == alles[:-1]


@pytest.mark.parametrize(
    "rommel", ["", "x", "~~", "2019-06-03~1", "2019-13-03~1~x", "\0~0~0", "2019-06-03~99~" + "0" * 32]
)
def test_rommel_in_het_adres_is_het_begin(wereld, rommel):
    fabriek.onvolledig(wereld, route="uwv")
    with klok_op(NU):
        client = als(wereld.behandelaar)
        for vraag in (
            {"na": rommel},
            {"voor": rommel},
            {"na": rommel, "op": "kenmerk"},
            {"op": rommel, "soort": rommel},
        ):
            antwoord = client.get(PAGINA, vraag)
            assert antwoord.status_code == 200
            assert "Aanvraag aanvullen" in tekst(antwoord)


def test_de_pagina_zegt_wat_tot_wanneer_en_noemt_niemand(wereld):
    aanvraag = fabriek.onvolledig(wereld, route="uwv")
    with klok_op(NU):
        antwoord = als(wereld.behandelaar).get(PAGINA)
    woorden = tekst(antwoord)
    assert "Aanvraag aanvullen" in woorden
    assert aanvraag.kenmerk in woorden
    assert "nog 14 dagen" in woorden
    assert reverse("aanvragen:dossier", args=[aanvraag.pk]) in antwoord.content.decode()
    assert aanvraag.deelnemer.naam not in woorden
    with klok_op(NU + timedelta(days=20)):
        assert "6 dagen te laat" in tekst(als(wereld.behandelaar).get(PAGINA))
        assert "Niets gevonden" in tekst(als(wereld.behandelaar).get(PAGINA, {"soort": "verslag"}))


def test_niets_te_doen_zegt_dat(wereld):
    with klok_op(NU):
        assert "U hoeft nu niets te doen" in tekst(als(wereld.behandelaar).get(PAGINA))


@pytest.mark.parametrize(
    "rol", [Rol.BEHANDELAAR, Rol.GEMEENTEBESLISSER, Rol.UWV_BEOORDELAAR, Rol.UWV_FINANCIEN]
)
def test_een_vast_aantal_vragen(wereld, rol):
    with klok_op(NU):
        client = als(wereld.met(rol))
        client.get(PAGINA)
        with tel_sql() as leeg:
            client.get(PAGINA)
        for _ in range(3):
            fabriek.onvolledig(wereld, route="uwv")
            fabriek.ingediend(wereld, route="uwv")
            fabriek.wacht_op_toestemming(wereld)
        with met_hoogstens(9) as vol:
            assert client.get(PAGINA).status_code == 200
    assert vol.aantal == leeg.aantal


def test_elke_soort_heeft_een_eigen_code_en_pagina():
    assert len({bron.code for bron in BRONNEN}) == len(BRONNEN)
    for bron in BRONNEN:
        assert reverse(bron.pagina, args=["00000000-0000-0000-0000-000000000000"])
