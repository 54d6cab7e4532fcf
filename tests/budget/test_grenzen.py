"""Limits through time: Awb 4:27, raising and lowering as an act, pots of one tijdvak, what a version adds or drops."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from budget.controle import bevindingen
from budget.handelingen import plaatsen, plafond
from budget.handelingen.laden import laad_regeling
from budget.models import Boeking, Pot, RegelingVersie
from ips_subsidie.handelingen.weigering import HandelingGeweigerd
from ips_subsidie.logboek.models import Regel
from ips_subsidie.toegang.rollen import Rol
from tests.fabriek import (
    NIJMEGEN,
    NU,
    beoordeeld,
    doe,
    geweigerd,
    ken_toe,
    maak_wereld,
    regelingtekst,
    sluit_plaatsen_aan,
    toegekend,
    verleen_plaatsen,
)

pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)


def neem(reservering, nu=NU):
    """The codes of the refusal; empty when the place was taken."""
    try:
        with transaction.atomic():
            plaatsen.neem_plaats(reservering, nu)
    except HandelingGeweigerd as weigering:
        return weigering.codes
    return []


def wijzig(wereld, nu=NU, **over):
    invoer = {
        "regeling": wereld.regeling, "grenzen": {"plafond_trajecten": 150}, "gepubliceerd_op": nu.date(),
        "bron": "Stcrt. 2019, 30000", "reden": "Het budget is verlaagd.",
    }  # fmt: skip
    return doe(plafond.wijzigen, None, wereld.met(Rol.UWV_FINANCIEN), nu, **invoer | over)


def per_tijdvak(*grenzen):
    """The regeling with limits for its one tijdvak beside those of the whole."""
    tabel = "\n".join(["[potten.tijdvak.2019]", *grenzen])
    return regelingtekst().replace("[termijnen]", f"{tabel}\n\n[termijnen]")


def test_awb_4_27_wie_eerder_was_houdt_het_oude_plafond():
    """Three received under 3, then 2 is published: the three go in, the later one finds it full at 2."""
    wereld = maak_wereld(plafond_trajecten=3)
    oud = sluit_plaatsen_aan(wereld, 1, route="uwv") + sluit_plaatsen_aan(wereld, 1, route="uwv", nu=NU + DAG)
    laat = sluit_plaatsen_aan(wereld, 1, route="uwv", nu=NU + 2 * DAG)
    wijzig(wereld, NU + 3 * DAG, grenzen={"plafond_trajecten": 2})
    (nieuw,) = sluit_plaatsen_aan(wereld, 1, route="uwv", nu=NU + 4 * DAG)
    assert neem(nieuw) == ["voorrang"]
    assert [neem(r) for r in oud] == [[], []]
    assert neem(nieuw) == ["plafond"]
    assert neem(laat[0]) == []
    pot = wereld.pot()
    assert (pot.verleend_trajecten, pot.grens_trajecten, pot.hoogste_trajecten, pot.vrij_trajecten) == (
        3,
        2,
        3,
        -1,
    )
    assert {b.code for b in bevindingen()} <= {"buiten_een_handeling"}


def test_een_verhoging_helpt_iedereen():
    wereld = maak_wereld(plafond_trajecten=1)
    verleen_plaatsen(wereld, 1, route="uwv")
    (wacht,) = sluit_plaatsen_aan(wereld, 1, route="uwv", nu=NU + DAG)
    assert neem(wacht) == ["plafond"]
    wijzig(wereld, NU + 2 * DAG, grenzen={"plafond_trajecten": 2})
    assert neem(wacht) == []


def test_omlaag_en_weer_omhoog():
    """Received between the two: the highest since its receipt holds."""
    wereld = maak_wereld(plafond_trajecten=5)
    wijzig(wereld, NU + DAG, grenzen={"plafond_trajecten": 1})
    tussen = sluit_plaatsen_aan(wereld, 3, route="uwv", nu=NU + 2 * DAG)
    assert neem(tussen[0]) == ["loting"]
    wijzig(wereld, NU + 3 * DAG, grenzen={"plafond_trajecten": 3})
    assert [neem(r) for r in tussen] == [[], [], []]


@pytest.mark.parametrize(
    ("gepubliceerd", "ontvangen", "past"),
    [
        pytest.param(date(2019, 6, 5), datetime(2019, 6, 5, 8, tzinfo=UTC), True, id="zelfde dag, ervoor"),
        pytest.param(date(2019, 6, 5), datetime(2019, 6, 5, 12, tzinfo=UTC), False, id="zelfde dag, erna"),
        pytest.param(date(2019, 6, 4), datetime(2019, 6, 4, 21, 59, tzinfo=UTC), True, id="dag van publicatie"),
        pytest.param(date(2019, 6, 4), datetime(2019, 6, 4, 22, 0, tzinfo=UTC), False, id="dag na publicatie"),
    ],
)  # fmt: skip
def test_vanaf_wanneer_een_verlaging_telt(gepubliceerd, ontvangen, past):
    """Recorded on 5 June at 12:00 in Amsterdam; who was received on the day of publication has the benefit."""
    wereld = maak_wereld(plafond_trajecten=2)
    verleen_plaatsen(wereld, 1, route="uwv")
    vast = datetime(2019, 6, 5, 10, tzinfo=UTC)
    wijzig(wereld, vast, grenzen={"plafond_trajecten": 1}, gepubliceerd_op=gepubliceerd)
    (r,) = sluit_plaatsen_aan(wereld, 1, route="uwv", nu=ontvangen)
    assert neem(r, vast + DAG) == ([] if past else ["plafond"])


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"grenzen": {"plafond_trajecten": 2}}, "onder_verleend"),
        ({"grenzen": {"cap_per_gemeente": 2}}, "onder_verleend"),
        ({"grenzen": {"sub_plafond_gemeente": 2}}, "onder_verleend"),
        ({"grenzen": {"plafond_bedrag_cent": 1_199_999}}, "onder_verleend"),
        ({"grenzen": {"plafond_trajecten": -1}}, "grens"),
        ({"grenzen": {"plafond_trajecten": "veel"}}, "grens"),
        ({"grenzen": {"plafond": 3}}, "grens"),
        ({"grenzen": {"plafond_trajecten": 200}}, "geen_wijziging"),
        ({"gepubliceerd_op": date(2019, 6, 4)}, "nog_niet_gepubliceerd"),
        ({"bron": " "}, "bron"),
        ({"reden": ""}, "reden"),
    ],
)
def test_een_verkeerde_wijziging_verandert_niets(over, code):
    wereld = maak_wereld()
    verleen_plaatsen(wereld, 3)
    voor = list(Pot.objects.order_by("id").values())
    assert geweigerd(lambda: wijzig(wereld, **over)) == [code]
    assert list(Pot.objects.order_by("id").values()) == voor
    assert (RegelingVersie.objects.count(), Boeking.objects.filter(soort="plafond").count()) == (1, 1)
    assert Regel.objects.get(handeling="plafond.wijzigen").soort == "weigering"


def test_een_wijziging_zegt_wie_wanneer_waarom_en_waar():
    wereld = maak_wereld()
    versie = wijzig(wereld, NU + DAG)
    financien = wereld.met(Rol.UWV_FINANCIEN)
    assert (versie.nummer, versie.inhoud.potten.plafond_trajecten) == (2, 150)
    assert (versie.reden, versie.bron, versie.gepubliceerd_op, versie.vastgelegd_door_id) == (
        "Het budget is verlaagd.", "Stcrt. 2019, 30000", date(2019, 6, 4), financien.gebruiker_id,
    )  # fmt: skip
    boeking = Boeking.objects.filter(soort="plafond").latest("id")
    assert (boeking.van, boeking.naar, boeking.trajecten, boeking.handeling, boeking.door_id) == (
        "vrij", "plafond", 50, "plafond.wijzigen", financien.gebruiker_id,
    )  # fmt: skip
    assert Regel.objects.get(handeling="plafond.wijzigen").soort == "handeling"


def test_alleen_financien_wijzigt_een_plafond():
    wereld = maak_wereld()
    invoer = {"regeling": wereld.regeling, "grenzen": {"plafond_trajecten": 150}, "gepubliceerd_op": NU.date(),
              "bron": "b", "reden": "r"}  # fmt: skip
    for rol in (Rol.UWV_BESLISSER, Rol.MINISTERIE, Rol.BEHANDELAAR):
        assert geweigerd(lambda rol=rol: doe(plafond.wijzigen, None, wereld.met(rol), **invoer)) == ["rol"]


def test_pot_van_een_tijdvak_naast_die_van_de_regeling():
    wereld = maak_wereld()
    met = regelingtekst().replace(
        "[termijnen]", "[potten.tijdvak.2019]\nplafond_trajecten = 2\n\n[termijnen]"
    )
    laad_regeling(met, reden="per tijdvak", nu=NU)
    nu = NU + DAG
    verleen_plaatsen(wereld, 2, route="uwv", nu=nu)
    assert geweigerd(lambda: verleen_plaatsen(wereld, 1, route="uwv", nu=nu)) == ["plafond"]
    pot = Pot.objects.get(periode="2019")
    assert (pot.verleend_trajecten, pot.grens_trajecten) == (2, 2)
    assert wereld.pot().verleend_trajecten == 2


def test_een_pot_die_erbij_komt_telt_wat_er_al_was_en_bindt_wat_daarna_komt():
    wereld = maak_wereld()
    toegekend(wereld)
    wacht = beoordeeld(wereld, NU + timedelta(minutes=1))
    tekst = per_tijdvak("plafond_trajecten = 1", "cap_per_gemeente = 1")
    laad_regeling(tekst, reden="per tijdvak", nu=NU + DAG)
    pot = Pot.objects.get(soort="totaal", periode="2019")
    assert (pot.verleend_trajecten, pot.verleend_cent, pot.grens_trajecten) == (1, 400_000, 1)
    assert Pot.objects.get(soort="gemeente", periode="2019", gemeente__code=NIJMEGEN).verleend_trajecten == 1
    assert bevindingen() == []
    # Received before the pot was published (Awb 4:27).
    assert ken_toe(wereld, wacht, NU + 2 * DAG).status == "toegekend"
    later = beoordeeld(wereld, NU + 2 * DAG)
    assert geweigerd(lambda: ken_toe(wereld, later, NU + 3 * DAG)) == ["plafond"]
    assert bevindingen() == []


def test_wat_een_versie_niet_meer_noemt_heeft_geen_grens_meer():
    wereld = maak_wereld()
    tekst = regelingtekst().replace(
        "[termijnen]", "[potten.tijdvak.2019]\nplafond_trajecten = 1\n\n[termijnen]"
    )
    laad_regeling(tekst, reden="per tijdvak", nu=NU)
    nu = NU + DAG
    verleen_plaatsen(wereld, 1, route="uwv", nu=nu)
    laad_regeling(regelingtekst(), reden="toch niet", nu=nu)
    verleen_plaatsen(wereld, 1, route="uwv", nu=nu + DAG)
    pot = Pot.objects.get(periode="2019")
    assert (pot.grens_trajecten, pot.verleend_trajecten) == (None, 2)
    assert {b.code for b in bevindingen()} <= {"buiten_een_handeling"}


def test_een_versie_die_wacht_op_haar_dag_blijft_wachten():
    """Another rule from September on; a plafond that changes in June must not bring that rule forward."""
    wereld = maak_wereld()
    laad_regeling(
        regelingtekst(hersteltermijn_dagen=21), reden="ruimer", nu=NU, geldig_vanaf=date(2019, 9, 1)
    )
    wijzig(wereld, NU + DAG)
    assert wereld.pot().grens_trajecten == 150
    termijn = {dag: wereld.regeling.versie_op(dag).inhoud.termijnen.hersteltermijn_dagen for dag in (
        date(2019, 6, 5), date(2019, 8, 31), date(2019, 9, 1))}  # fmt: skip
    assert list(termijn.values()) == [14, 14, 21]


def test_een_verhoging_mag_onder_wat_het_oude_plafond_nog_toeliet():
    """Five in under 5, then 3, then 4: a raise takes nothing from anybody."""
    wereld = maak_wereld(plafond_trajecten=5)
    oud = [sluit_plaatsen_aan(wereld, 1, route="uwv", nu=NU + i * timedelta(hours=1))[0] for i in range(5)]
    verleend = [neem(r) for r in oud[:3]]
    wijzig(wereld, NU + DAG, grenzen={"plafond_trajecten": 3})
    verleend += [neem(r) for r in oud[3:]]
    assert verleend == [[]] * 5
    wijzig(wereld, NU + 2 * DAG, grenzen={"plafond_trajecten": 4})
    assert (wereld.pot().grens_trajecten, wereld.pot().vrij_trajecten) == (4, -1)
