"""The pots: counters are sums, limits hold for whoever writes, and nobody but the engine counts."""

import random
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Count, Sum

from budget.handelingen import plaatsen
from budget.handelingen.laden import laad_regeling
from budget.models import Pot, PotSoort, RegelingVersie, Reservering
from budget.regels.regeling import Vrijval
from ips_subsidie.handelingen.weigering import HandelingGeweigerd
from tests import databank
from tests.fabriek import (
    ARNHEM,
    DRUTEN,
    NIJMEGEN,
    NU,
    beoordeeld,
    geweigerd,
    ken_toe,
    laad,
    maak_wereld,
    regelingtekst,
    sluit_plaatsen_aan,
    toegekend,
    trek_besluit_in,
    verleen_plaatsen,
)

pytestmark = pytest.mark.django_db


def tellers_kloppen(regeling):
    """Every pot holds the sum of the granted reserveringen that it is about."""
    for pot in Pot.objects.filter(regeling=regeling):
        van = Reservering.objects.filter(regeling=regeling, status="verleend")
        if pot.soort == PotSoort.ROUTE:
            van = van.filter(route=pot.route)
        elif pot.soort == PotSoort.GEMEENTE:
            van = van.filter(gemeente_id=pot.gemeente_id, route__in=pot.telt_routes)
        som = van.aggregate(n=Count("pk"), cent=Sum("rijk_cent"))
        assert (pot.verleend_trajecten, pot.verleend_cent) == (som["n"], som["cent"] or 0), pot
        assert pot.grens_trajecten is None or pot.verleend_trajecten <= pot.grens_trajecten
    return True


@pytest.mark.parametrize("zaad", range(4))
def test_tellers_zijn_de_som_na_willekeurige_gebeurtenissen(zaad):
    wereld = maak_wereld(plafond_trajecten=5, cap_per_gemeente=2, sub_plafond={"gemeente": 3})
    dobbel = random.Random(zaad)
    geweigerde = []
    for stap in range(120):
        alle = list(Reservering.objects.order_by("rang_volgnr"))
        doe = dobbel.choice(["aan", "aan", "neem", "neem", "neem", "uit", "weer", "val", "vrij"])
        past = {
            "neem": ["in_volgorde"], "uit": ["in_volgorde"], "weer": ["onvolledig"],
            "val": ["in_volgorde", "onvolledig"], "vrij": ["verleend"],
        }  # fmt: skip
        nu = NU + timedelta(minutes=stap)
        if doe == "aan":
            sluit_plaatsen_aan(
                wereld, 1, gemeenten=[dobbel.choice([NIJMEGEN, ARNHEM, DRUTEN])],
                route=dobbel.choice(["uwv", "gemeente", "gemeente"]), nu=nu,
            )  # fmt: skip
            continue
        kies = [r for r in alle if r.status in past[doe]]
        if not kies:
            continue
        r = dobbel.choice(kies)
        try:
            {
                "neem": lambda r=r, nu=nu: plaatsen.neem_plaats(r, nu),
                "uit": lambda r=r: plaatsen.stel_uit(r),
                "weer": lambda r=r, nu=nu: plaatsen.sluit_weer_aan(r, nu, nieuwe_rang=True),
                "val": lambda r=r: plaatsen.laat_vallen(r),
                "vrij": lambda r=r: plaatsen.geef_vrij(r, Vrijval.INGETROKKEN_VOOR_START),
            }[doe]()
        except HandelingGeweigerd as weigering:
            geweigerde += weigering.codes
        tellers_kloppen(wereld.regeling)
    assert set(geweigerde) <= {"plafond", "sub_plafond", "cap_gemeente", "voorrang"}
    assert geweigerde
    assert wereld.pot().verleend_trajecten > 0


def test_cap_per_gemeente_telt_alleen_zijn_eigen_gemeente_en_route():
    wereld = maak_wereld(cap_per_gemeente=2)
    verleen_plaatsen(wereld, 4, gemeenten=[NIJMEGEN, ARNHEM])
    verleen_plaatsen(wereld, 3, route="uwv")
    assert wereld.pot("gemeente", gemeente=NIJMEGEN).vrij_trajecten == 0
    assert wereld.pot("gemeente", gemeente=ARNHEM).vrij_trajecten == 0
    assert geweigerd(lambda: verleen_plaatsen(wereld, 1, gemeenten=[ARNHEM])) == ["cap_gemeente"]
    verleen_plaatsen(wereld, 1, gemeenten=[DRUTEN])
    assert tellers_kloppen(wereld.regeling)


def test_plafond_in_centen_telt_alleen_het_deel_van_het_rijk():
    """Room for one of the UWV route and one of the gemeente route: 1.200.000 cents."""
    wereld = maak_wereld()
    laad_met = regelingtekst().replace("[potten]\n", "[potten]\nplafond_bedrag_cent = 1_200_000\n")
    laad_regeling(laad_met, reden="bedrag", nu=NU)
    verleen_plaatsen(wereld, 1, route="uwv")
    assert geweigerd(lambda: verleen_plaatsen(wereld, 1, route="uwv")) == ["plafond"]
    verleen_plaatsen(wereld, 1)
    assert (wereld.pot().verleend_cent, wereld.pot().grens_cent) == (1_200_000, 1_200_000)


@pytest.mark.parametrize(
    ("route", "delen"), [("uwv", (800_000, 800_000, 0)), ("gemeente", (800_000, 400_000, 400_000))]
)
def test_bedragen_per_route(route, delen):
    wereld = maak_wereld()
    aanvraag = toegekend(wereld, route=route)
    besluit, plaats = aanvraag.besluiten.get(), aanvraag.reservering
    assert (besluit.bedrag_cent, besluit.rijk_cent, besluit.gemeente_cent) == delen
    assert (plaats.bedrag_cent, plaats.rijk_cent, plaats.gemeente_cent) == delen
    assert wereld.pot().verleend_cent == delen[1]


def test_delen_die_niet_optellen_gaan_er_niet_in():
    wereld = maak_wereld()
    (plaats,) = sluit_plaatsen_aan(wereld, 1)
    with pytest.raises(IntegrityError, match="reservering_delen_tellen_op"), transaction.atomic():
        Reservering.objects.filter(pk=plaats.pk).update(rijk_cent=400_001)
    besluit = toegekend(wereld).besluiten.get()
    besluit.pk, besluit.soort, besluit.rijk_cent = None, "intrekking", 1
    with pytest.raises(IntegrityError, match="besluit_delen_tellen_op"), transaction.atomic():
        besluit.save(force_insert=True)


def test_een_grens_onder_wat_is_verleend_wordt_geweigerd():
    wereld = maak_wereld()
    verleen_plaatsen(wereld, 3)
    for vervang in ({"plafond_trajecten": 2}, {"cap_per_gemeente": 2}, {"sub_plafond": {"gemeente": 2}}):
        assert geweigerd(lambda vervang=vervang: laad(**vervang)) == ["onder_verleend"]
        assert RegelingVersie.objects.count() == 1
    laad(plafond_trajecten=3, cap_per_gemeente=3, sub_plafond={"gemeente": 3})
    assert wereld.pot("gemeente", gemeente=NIJMEGEN).grens_trajecten == 3
    assert geweigerd(lambda: verleen_plaatsen(wereld, 1, gemeenten=[ARNHEM])) == ["plafond"]


def test_een_hogere_grens_geeft_weer_ruimte():
    wereld = maak_wereld(cap_per_gemeente=1)
    toegekend(wereld)
    wacht = beoordeeld(wereld, NU + timedelta(minutes=1))
    assert geweigerd(lambda: ken_toe(wereld, wacht)) == ["cap_gemeente"]
    laad(NU + timedelta(minutes=2), cap_per_gemeente=2)
    assert ken_toe(wereld, wacht, NU + timedelta(minutes=3)).status == "toegekend"


@pytest.mark.parametrize(
    "opdracht",
    [
        "update budget_pot set verleend_trajecten = 0",
        "update budget_pot set grens_trajecten = 1000",
        "delete from budget_pot",
        "insert into budget_pot (regeling_id, soort, route, telt_routes, verleend_trajecten, verleend_cent) "
        "select regeling_id, 'route', 'extra', '{}', 0, 0 from budget_pot limit 1",
        "truncate budget_pot cascade",
        "delete from budget_reservering",
        "update budget_regelingversie set tekst = ''",
        "delete from budget_regelingversie",
        "select budget_tel_pot(1, null, 1)",
        "alter table budget_reservering disable trigger all",
    ],
)
def test_de_toepassing_kan_niet_om_de_motor_heen(opdracht):
    wereld = maak_wereld()
    verleen_plaatsen(wereld, 1)
    with pytest.raises(DatabaseError) as fout, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(opdracht)
    assert getattr(fout.value.__cause__, "sqlstate", "") == "42501"
    assert wereld.pot().verleend_trajecten == 1


ZOMAAR_VERLEEND = """
    insert into budget_reservering (id, regeling_id, versie_id, status, kenmerk, route, gemeente_id, doelgroep,
        bedrag_cent, rijk_cent, gemeente_cent, ontvangen_op, rang_op, rang_volgnr, verleend_op)
    select gen_random_uuid(), v.regeling_id, v.id, 'verleend', 'RUW-' || n, %s, g.id, 'CMD',
        800000, 400000, 400000, now(), now(), 900000 + n, now()
    from generate_series(1, %s) n, budget_regelingversie v, gemeenten_gemeente g where g.code = '0268'
"""


def voer_uit(cursor, route, aantal):
    cursor.execute(ZOMAAR_VERLEEND, [route, aantal])


@pytest.mark.parametrize(("route", "grens"), [("gemeente", 5), ("uwv", 200)])
def test_ook_een_script_krijgt_er_geen_te_veel_in(route, grens):
    """Straight SQL, past every act: the sixth of a gemeente and the 201st of the pool are refused."""
    wereld = maak_wereld()
    over_de_grens = pytest.raises(IntegrityError, match="geen plaats meer")
    with over_de_grens, transaction.atomic(), connection.cursor() as cursor:
        voer_uit(cursor, route, grens + 1)
    assert wereld.pot().verleend_trajecten == 0
    with connection.cursor() as cursor:
        voer_uit(cursor, route, grens)
    assert wereld.pot().verleend_trajecten == grens
    assert tellers_kloppen(wereld.regeling)


@pytest.mark.django_db(transaction=True)
def test_ook_de_eigenaar_van_de_tabellen_niet():
    maak_wereld()
    with databank.eigenaar() as cursor, pytest.raises(IntegrityError, match="geen plaats meer"):
        voer_uit(cursor, "gemeente", 6)
    assert not Reservering.objects.exists()


def test_een_update_naar_een_volle_gemeente_wordt_geweigerd():
    wereld = maak_wereld(cap_per_gemeente=1)
    verleen_plaatsen(wereld, 2, gemeenten=[NIJMEGEN, ARNHEM])
    with pytest.raises(IntegrityError, match="geen plaats meer"), transaction.atomic():
        Reservering.objects.filter(status="verleend").update(gemeente=wereld.gemeente(DRUTEN))
    verhuisd = Reservering.objects.filter(gemeente__code=ARNHEM)
    verhuisd.update(gemeente=wereld.gemeente(DRUTEN))
    assert wereld.pot("gemeente", gemeente=ARNHEM).verleend_trajecten == 0
    assert tellers_kloppen(wereld.regeling)


def test_een_ingetrokken_besluit_telt_terug():
    wereld = maak_wereld()
    aanvraag = toegekend(wereld, route="uwv")
    assert wereld.pot().verleend_cent == 800_000
    trek_besluit_in(wereld, aanvraag)
    assert (wereld.pot().verleend_trajecten, wereld.pot().verleend_cent) == (0, 0)
    assert tellers_kloppen(wereld.regeling)


def test_regeling_zonder_grenzen():
    wereld = maak_wereld(zonder=("plafond_trajecten", "cap_per_gemeente"))
    verleen_plaatsen(wereld, 30)
    assert wereld.pot().vrij_trajecten is None
    assert wereld.pot("gemeente", gemeente=NIJMEGEN).verleend_trajecten == 30
