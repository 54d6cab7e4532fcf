"""The pots: counters are sums, limits hold for whoever writes, and nobody but the engine counts."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.models import Count, Sum

from budget.handelingen import plaatsen
from budget.handelingen.laden import laad_regeling
from budget.models import Boeking, Pot, PotSoort, RegelingVersie, Reservering
from tests import databank
from tests.budget.hulp import fouten_in_de_boeken, geef_vrij, probeer, sql
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
    """Every pot holds the sum of the granted reserveringen that it is about, and of those that it is held for."""
    for pot in Pot.objects.filter(regeling=regeling):
        van = Reservering.objects.filter(regeling=regeling)
        if pot.soort == PotSoort.ROUTE:
            van = van.filter(route=pot.route)
        elif pot.soort == PotSoort.GEMEENTE:
            van = van.filter(gemeente_id=pot.gemeente_id, route__in=pot.telt_routes)
        for status in ("verleend", "gereserveerd"):
            som = van.filter(status=status).aggregate(n=Count("pk"), cent=Sum("rijk_cent"))
            geteld = getattr(pot, f"{status}_trajecten"), getattr(pot, f"{status}_cent")
            assert geteld == (som["n"], som["cent"] or 0), (pot, status)
        assert pot.grens_trajecten is None or pot.vrij_trajecten >= 0
    assert fouten_in_de_boeken() == []
    return True


@pytest.mark.parametrize("zaad", range(4))
def test_tellers_zijn_de_som_na_willekeurige_gebeurtenissen(zaad):
    wereld = maak_wereld(plafond_trajecten=5, cap_per_gemeente=2, sub_plafond={"gemeente": 3})
    dobbel = random.Random(zaad)
    uitkomsten = Counter()
    wacht, los, heeft = ["in_volgorde"], ["onvolledig"], ["verleend"]
    stappen = {
        "neem": ([*wacht, "gereserveerd"], plaatsen.neem_plaats),
        "houd": (wacht, lambda r, nu: plaatsen.reserveer(r, nu, nu + timedelta(days=1))),
        "uit": (wacht, plaatsen.stel_uit),
        "weer": (los, lambda r, nu: plaatsen.sluit_weer_aan(r, nu, nieuwe_rang=True)),
        "val": (wacht + los + ["gereserveerd"], plaatsen.laat_vallen),
        "vrij": (heeft, geef_vrij),
    }
    for stap in range(120):
        doe = dobbel.choice(["aan", "aan", "neem", "neem", "neem", "houd", "uit", "weer", "val", "vrij"])
        nu = NU + timedelta(minutes=stap)
        if doe == "aan":
            sluit_plaatsen_aan(
                wereld, 1, gemeenten=[dobbel.choice([NIJMEGEN, ARNHEM, DRUTEN])],
                route=dobbel.choice(["uwv", "gemeente", "gemeente"]), nu=nu,
            )  # fmt: skip
            continue
        van, functie = stappen[doe]
        kies = list(Reservering.objects.filter(status__in=van).order_by("volgnr"))
        if not kies:
            continue
        r = dobbel.choice(kies)
        uitkomsten[probeer(lambda r=r, nu=nu, functie=functie: functie(r, nu))] += 1
        tellers_kloppen(wereld.regeling)
    assert set(uitkomsten) <= {"gelukt", "plafond", "sub_plafond", "cap_gemeente", "voorrang"}
    assert uitkomsten.total() > uitkomsten["gelukt"] > 0


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
    sluit_plaatsen_aan(wereld, 1)
    for delen in ("400001, 400000", "900000, -100000"):
        opdracht = NIEUW.replace("400000, 400000", delen)
        with pytest.raises(IntegrityError, match=r"delen_tellen_op|_cent_check"), transaction.atomic():
            sql(opdracht, {"route": "gemeente", "aantal": 1})
    besluit = toegekend(wereld, route="uwv").besluiten.get()
    besluit.pk, besluit.soort, besluit.rijk_cent = None, "verlenging_toegekend", 1
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


NIEUW = """
    insert into budget_reservering (id, regeling_id, versie_id, status, kenmerk, tijdvak, route, gemeente_id, doelgroep,
        bedrag_cent, rijk_cent, gemeente_cent, persoon, ontvangen_op, rang_op, past_niet, handeling, gewijzigd_op)
    select gen_random_uuid(), v.regeling_id, v.id, 'in_volgorde', 'RUW-' || n, '2019', %(route)s, g.id, 'CMD',
        800000, 400000, 400000, convert_to('RUW-' || n, 'UTF8'), now(), now(), false, 'script', now()
    from generate_series(1, %(aantal)s) n, budget_regelingversie v, gemeenten_gemeente g where g.code = '0268'
"""
VERLEEN = "update budget_reservering set status = 'verleend', verleend_op = now() where kenmerk like 'RUW-%%'"


def script(cursor, route, aantal):
    """Straight SQL, past every act: as many places at once as this."""
    cursor.execute(NIEUW, {"route": route, "aantal": aantal})
    cursor.execute(VERLEEN, [])


@pytest.mark.parametrize(("route", "grens"), [("gemeente", 5), ("uwv", 200)])
def test_ook_een_script_krijgt_er_geen_te_veel_in(route, grens):
    """The sixth of a gemeente and the 201st of the pool are refused."""
    wereld = maak_wereld()
    over_de_grens = pytest.raises(IntegrityError, match="geen plaats meer")
    with over_de_grens, transaction.atomic(), connection.cursor() as cursor:
        script(cursor, route, grens + 1)
    assert wereld.pot().verleend_trajecten == 0
    with connection.cursor() as cursor:
        script(cursor, route, grens)
    assert wereld.pot().verleend_trajecten == grens
    # It was no act, and the books say so.
    assert set(Boeking.objects.exclude(soort="plafond").values_list("handeling", flat=True)) == {
        "buiten_een_handeling"
    }
    assert tellers_kloppen(wereld.regeling)


@pytest.mark.django_db(transaction=True)
def test_ook_de_eigenaar_van_de_tabellen_niet():
    wereld = maak_wereld()
    with databank.eigenaar() as cursor:
        cursor.execute("begin")
        with pytest.raises(IntegrityError, match="geen plaats meer"):
            script(cursor, "gemeente", 6)
        cursor.execute("rollback")
        cursor.execute(NIEUW, {"route": "gemeente", "aantal": 1})
        for wat in ("route = 'uwv'", "rijk_cent = 0, gemeente_cent = 800000"):
            with pytest.raises(IntegrityError, match="ligt vast"):
                cursor.execute(f"update budget_reservering set {wat}")
        with pytest.raises(IntegrityError, match="begint in de volgorde"):
            cursor.execute(NIEUW.replace("'in_volgorde'", "'verleend'"), {"route": "gemeente", "aantal": 1})
    assert wereld.pot().verleend_trajecten == 0


def test_een_plaats_verhuist_niet():
    """What was asked and for whom is fixed: the application's role has not even the right to write it."""
    wereld = maak_wereld(cap_per_gemeente=1)
    verleen_plaatsen(wereld, 2, gemeenten=[NIJMEGEN, ARNHEM])
    for veld, waarde in (("route", "uwv"), ("rijk_cent", 1)):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Reservering.objects.filter(gemeente__code=ARNHEM).update(**{veld: waarde})
    with pytest.raises(IntegrityError, match="Alleen wat nog wacht"), transaction.atomic():
        Reservering.objects.filter(gemeente__code=ARNHEM).update(gemeente=wereld.gemeente(DRUTEN))
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
