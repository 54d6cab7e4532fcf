"""T90: gemeenten that go together in the middle of a tijdvak, and the cap that counts what they had."""

from datetime import UTC, date, datetime

import pytest

from aanvragen.web.behandeling import stand
from budget.handelingen import plaatsen
from budget.models import Reservering
from gemeenten.models import Gemeente, GemeenteOpvolging, familie_van
from ips_subsidie.kalender.klok import begin_van_dag, klok_op
from ips_subsidie.toegang.rollen import OrganisatieSoort
from tests.budget.hulp import fouten_in_de_boeken, geef_vrij, laat_vallen, neem, verleen_na_bezwaar, wacht
from tests.databank import eigenaar
from tests.fabriek import (
    ARNHEM,
    NU,
    afgewezen,
    beoordeeld,
    geweigerd,
    ken_alsnog_toe,
    ken_toe,
    maak_organisatie,
    maak_wereld,
    verleen_plaatsen,
    vers,
    wijs_af,
)

pytestmark = pytest.mark.django_db
P, Q, R, S = "9001", "9002", "9003", "9004"
FUSIE = date(2019, 7, 1)
# The evening before, and the night of it, by the clock in Amsterdam.
ERVOOR = datetime(2019, 6, 30, 21, 59, tzinfo=UTC)
ERNA = datetime(2019, 6, 30, 22, 0, tzinfo=UTC)
JULI = datetime(2019, 7, 8, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def gemeenten(db):
    """P and Q go together in R on 1 July."""
    for code, naam in ((P, "Pannerveen"), (Q, "Quadoord"), (R, "Rondestad"), (S, "Stilwoude")):
        organisatie = maak_organisatie(OrganisatieSoort.GEMEENTE, f"Gemeente {naam}")
        Gemeente.objects.create(
            code=code, naam=naam, provincie="Utrecht", organisatie=organisatie,
            geldig_van=FUSIE if code == R else None, geldig_tot=FUSIE if code in (P, Q) else None,
        )  # fmt: skip
    for code in (P, Q):
        volgt_op(code, R)


def volgt_op(van, naar, datum=FUSIE, *, erft=True, soort="fusie"):
    return GemeenteOpvolging.objects.create(
        van=Gemeente.objects.get(code=van), naar=Gemeente.objects.get(code=naar), datum=datum, soort=soort,
        neemt_verplichtingen_over=erft,
    )  # fmt: skip


def vol(**regels):
    """P has 4 granted places and Q 3, of the 5 that a gemeente may have."""
    wereld = maak_wereld(**regels)
    verleen_plaatsen(wereld, 4, gemeenten=[P])
    verleen_plaatsen(wereld, 3, gemeenten=[Q])
    return wereld


def test_t90_samen_boven_de_grens_er_komt_niets_bij_en_wat_er_is_blijft():
    wereld = vol()
    nieuw = beoordeeld(wereld, JULI, gemeente=R)
    assert geweigerd(lambda: ken_toe(wereld, nieuw, JULI)) == ["cap_gemeente"]
    assert wijs_af(wereld, vers(nieuw), JULI, gronden=("cap_gemeente",)).status == "afgewezen"
    assert Reservering.objects.filter(status="verleend").count() == 7
    # Another gemeente has her own five, and the other route isn't counted.
    assert neem(wacht(wereld, JULI, ARNHEM), JULI) == "gelukt"
    assert neem(wacht(wereld, JULI, R, route="uwv"), JULI) == "gelukt"
    assert fouten_in_de_boeken() == []


def test_t90_per_oude_gemeente_heeft_elke_code_haar_eigen_grens():
    wereld = vol(cap_bij_fusie="per_oude_gemeente")
    assert ken_toe(wereld, beoordeeld(wereld, JULI, gemeente=R), JULI).status == "toegekend"
    assert neem(wacht(wereld, JULI, P), JULI) == "gelukt"
    assert neem(wacht(wereld, JULI, P), JULI) == "cap_gemeente"
    assert wereld.pot("gemeente", gemeente=R).verleend_trajecten == 1
    assert fouten_in_de_boeken() == []


def test_t90_wat_bij_de_oude_gemeente_nog_wacht_telt_ook_mee():
    """Received when there was one place left at P; decided when P is R."""
    wereld = vol()
    wachtend = beoordeeld(wereld, NU, gemeente=P)
    assert geweigerd(lambda: ken_toe(wereld, wachtend, ERNA)) == ["cap_gemeente"]
    assert ken_toe(wereld, vers(wachtend), ERVOOR).status == "toegekend"


def test_t90_voor_de_dag_van_de_fusie_verandert_er_niets():
    wereld = vol()
    assert neem(wacht(wereld, ERVOOR, P), ERVOOR) == "gelukt"
    assert neem(wacht(wereld, ERVOOR, P), ERVOOR) == "cap_gemeente"
    assert neem(wacht(wereld, ERVOOR, Q), ERVOOR) == "gelukt"
    assert neem(wacht(wereld, ERNA, Q), ERNA) == "cap_gemeente"


def test_t90_een_plaats_van_een_oude_gemeente_komt_vrij_voor_de_nieuwe():
    wereld = maak_wereld()
    van_p = verleen_plaatsen(wereld, 3, gemeenten=[P])
    verleen_plaatsen(wereld, 2, gemeenten=[Q])
    assert neem(wacht(wereld, JULI, R), JULI) == "cap_gemeente"
    geef_vrij(van_p[0], JULI)
    wachtend = Reservering.objects.get(gemeente__code=R)
    assert neem(wachtend, JULI) == "gelukt"
    assert neem(wacht(wereld, JULI, R), JULI) == "cap_gemeente"
    assert wereld.pot("gemeente", gemeente=R).verleend_trajecten == 1
    assert fouten_in_de_boeken() == []


def test_t90_zolang_zij_samen_te_veel_hebben_geeft_een_vrije_plaats_niets():
    wereld = vol()
    geef_vrij(Reservering.objects.filter(gemeente__code=Q).first(), JULI)
    assert neem(wacht(wereld, JULI, R), JULI) == "cap_gemeente"


def test_t90_wat_is_vastgehouden_telt_mee_en_blijft_van_wie_het_heeft():
    wereld = maak_wereld(cap_per_gemeente=2)
    vast = wacht(wereld, NU, P)
    plaatsen.reserveer(vast, NU, JULI.replace(day=20))
    verleen_plaatsen(wereld, 1, gemeenten=[Q])
    assert neem(wacht(wereld, JULI, R), JULI) == "cap_gemeente"
    assert neem(vast, JULI) == "gelukt"


def test_t90_in_de_rij_staan_zij_samen():
    """One place is left for the three together, and one of P was received before the one of R."""
    wereld = maak_wereld()
    verleen_plaatsen(wereld, 4, gemeenten=[P])
    eerder, gelijk = wacht(wereld, NU, Q), wacht(wereld, NU, S)
    later = wacht(wereld, JULI, R)
    assert neem(later, JULI) == "voorrang"
    assert neem(gelijk, JULI) == "gelukt"
    assert neem(eerder, JULI) == "gelukt"
    assert neem(later, JULI) == "cap_gemeente"


def test_t90_van_gelijken_uit_een_familie_beslist_het_lot():
    wereld = maak_wereld()
    verleen_plaatsen(wereld, 4, gemeenten=[P])
    een, _ = wacht(wereld, NU, P), wacht(wereld, NU, Q)
    assert neem(een, ERNA) == "loting"
    assert neem(een, ERVOOR) == "gelukt"


def test_t90_na_een_fusie_nog_een_fusie():
    wereld = vol()
    volgt_op(R, S, date(2019, 9, 1))
    september = datetime(2019, 9, 2, 8, 0, tzinfo=UTC)
    assert neem(wacht(wereld, JULI, S), JULI) == "gelukt"
    assert neem(wacht(wereld, september, S), september) == "cap_gemeente"


def test_t90_een_geplande_fusie_telt_nog_niet():
    wereld = maak_wereld()
    volgt_op(S, ARNHEM, date(2020, 1, 1))
    verleen_plaatsen(wereld, 5, gemeenten=[S])
    assert neem(wacht(wereld, JULI, ARNHEM), JULI) == "gelukt"


@pytest.mark.parametrize(("erft", "uitkomst"), [(False, "gelukt"), (True, "cap_gemeente")])
def test_t90_een_splitsing_heeft_pas_familie_als_de_erfgenaam_vaststaat(erft, uitkomst):
    wereld = maak_wereld()
    volgt_op(S, ARNHEM, erft=erft, soort="splitsing")
    verleen_plaatsen(wereld, 5, gemeenten=[S])
    assert neem(wacht(wereld, JULI, ARNHEM), JULI) == uitkomst


def test_t90_wie_familie_is_van_wie():
    """As the engine sees it above: along every merger up to this day, whichever of them is asked for."""
    volgt_op(R, S, date(2019, 9, 1))
    volgt_op(S, ARNHEM, date(2019, 10, 1), erft=False, soort="splitsing")
    nummer = dict(Gemeente.objects.filter(code__in=(P, Q, R, S)).values_list("code", "pk"))
    for dag, families in (
        (date(2019, 6, 30), [[P], [Q], [R], [S]]),
        (date(2019, 8, 31), [[P, Q, R], [S]]),
        (date(2019, 11, 1), [[P, Q, R, S]]),
    ):
        for familie in families:
            for code in familie:
                assert familie_van(nummer[code], dag) == {nummer[c] for c in familie}


def test_t90_de_motor_en_de_paginas_kennen_dezelfde_families():
    """Of every herindeling since 2019: what `budget_familie` says and what `familie_van` says."""
    for dag in (date(2019, 1, 1), date(2021, 6, 1), date(2026, 1, 1)):
        met_iemand = GemeenteOpvolging.objects.exclude(van__code__in=(P, Q)).values_list("van_id", "naar_id")
        nummers = sorted({nummer for paar in met_iemand for nummer in paar})
        with eigenaar() as cursor:
            cursor.execute(
                "select g, budget_familie(g, %s) from unnest(%s::bigint[]) g", [begin_van_dag(dag), nummers]
            )
            in_de_motor = {nummer: set(familie) for nummer, familie in cursor.fetchall()}
        assert in_de_motor == {nummer: familie_van(nummer, dag) for nummer in nummers}
    assert any(len(familie) > 2 for familie in in_de_motor.values())


# --- after a gegrond bezwaar -----------------------------------------------------------------------------------


def test_t90_na_een_gegrond_bezwaar_komt_de_plaats_er_bovenop():
    """The pot of P has room, but the three together have not: it is an uitzondering, and nobody need wait for it."""
    wereld = maak_wereld()
    geweigerde = afgewezen(wereld, NU, gemeente=P)
    verleen_plaatsen(wereld, 4, gemeenten=[P])
    verleen_plaatsen(wereld, 3, gemeenten=[Q])
    wacht(wereld, NU, Q)  # better-ranked than none of them: there is no room to rank for
    with klok_op(JULI):
        [waarschuwing] = stand.boven_de_grens(vers(geweigerde))
    assert "Gemeente Pannerveen samen met Quadoord" in waarschuwing.tekst
    assert ken_alsnog_toe(wereld, geweigerde, JULI).status == "toegekend"
    pot = wereld.pot("gemeente", gemeente=P)
    assert (pot.verleend_trajecten, pot.uitzondering_trajecten) == (5, 1)
    assert wereld.pot().uitzondering_trajecten == 0
    assert fouten_in_de_boeken() == []


def test_t90_waar_de_familie_plaats_heeft_is_het_geen_uitzondering():
    wereld = maak_wereld()
    verleen_plaatsen(wereld, 1, gemeenten=[Q])
    geweigerde = laat_vallen(wacht(wereld, NU, P))
    verleen_na_bezwaar(wereld, geweigerde, JULI)
    pot = wereld.pot("gemeente", gemeente=P)
    assert (pot.verleend_trajecten, pot.uitzondering_trajecten) == (1, 0)


def test_t90_uitzonderingen_in_de_hele_familie_en_weer_vrij():
    """Whatever was granted on top at one of them, the pot of another stays within its own check."""
    wereld = vol(cap_per_gemeente=4)
    for code in (P, Q, P):
        verleen_na_bezwaar(wereld, laat_vallen(wacht(wereld, JULI, code), JULI), JULI)
    assert neem(wacht(wereld, JULI, Q), JULI) == "cap_gemeente"
    for rij in Reservering.objects.filter(status="verleend", gemeente__code=Q):
        geef_vrij(rij, JULI)
    for rij in Reservering.objects.filter(status="verleend", gemeente__code=P)[:2]:
        geef_vrij(rij, JULI)
    verleen_na_bezwaar(wereld, laat_vallen(wacht(wereld, JULI, P), JULI), JULI)
    assert [wereld.pot("gemeente", gemeente=code).verleend_trajecten for code in (P, Q)] == [5, 0]
    assert fouten_in_de_boeken() == []


def test_t90_was_de_familie_toen_al_vol_dan_blijft_de_afwijzing():
    """Refused on another ground while there was no room either: judged as at that moment (Awb 4:25 lid 3)."""
    wereld = vol()
    geweigerde = afgewezen(wereld, JULI, gemeente=R)
    assert geweigerd(lambda: ken_alsnog_toe(wereld, geweigerde, JULI)) == ["was_ook_vol"]


# --- what people see -------------------------------------------------------------------------------------------


def test_t90_wie_beslist_ziet_met_wie_de_gemeente_samen_telt():
    wereld = vol()
    nieuw = beoordeeld(wereld, JULI, gemeente=R)
    with klok_op(JULI):
        regel = stand.potregels(nieuw)[-1]
    assert regel.titel == "Gemeente Rondestad samen met Pannerveen en Quadoord"
    assert (regel.verleend, regel.grens, regel.vol) == (7, 5, True)
    with klok_op(ERVOOR):
        assert stand.potregels(nieuw)[-1].verleend == 0


def test_t90_per_oude_gemeente_ziet_ieder_haar_eigen_telling():
    wereld = vol(cap_bij_fusie="per_oude_gemeente")
    nieuw = beoordeeld(wereld, NU, gemeente=P)
    with klok_op(JULI):
        regel = stand.potregels(nieuw)[-1]
    assert (regel.titel, regel.verleend) == ("Gemeente Pannerveen", 4)
