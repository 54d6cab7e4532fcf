"""Many processes at once fight for the last places, over real PostgreSQL; some are killed, some lose their connection.

Who must win is computed beside it in plain Python: in order of receipt, as long as every pot has room.
IPS_ZAAD=… repeats the draws of a run that failed.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from budget.handelingen.laden import laad_regeling
from budget.models import RegelingVersie, Reservering
from gemeenten.models import Gemeente
from ips_subsidie.handelingen.weigering import HandelingGeweigerd
from ips_subsidie.toegang.rollen import Rol
from tests.budget.hulp import fouten_in_de_boeken
from tests.fabriek import NU, beoordeeld, maak_actor, maak_wereld, regelingtekst

pytestmark = [pytest.mark.samen, pytest.mark.django_db(transaction=True)]
WERKERS, RONDEN, POOL, CAP = 32, 20, 200, 5


@pytest.fixture
def zaad() -> int:
    """The seed of every draw; shown when the test fails."""
    gekozen = int(os.environ.get("IPS_ZAAD") or random.SystemRandom().randrange(10**6))
    print(f"IPS_ZAAD={gekozen}")
    return gekozen


@dataclass(frozen=True)
class Wachtende:
    kenmerk: str
    route: str
    gemeente: int


def begin(**taak: Any) -> subprocess.Popen[str]:
    """Start the workers on this task, in the database of this test."""
    taak["databank"] = connection.settings_dict["NAME"]
    proces = subprocess.Popen(
        [sys.executable, "-m", "tests.samen.werkers"], cwd=Path(__file__).parents[2], text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "ips_subsidie.settings.test"},
    )  # fmt: skip
    assert proces.stdin is not None
    proces.stdin.write(json.dumps({"nu": NU.isoformat(), **taak}) + "\n")
    proces.stdin.close()
    return proces


def uitkomsten(proces: subprocess.Popen[str]) -> list[dict[str, Any]]:
    """All that the workers said, to the end; none of them met something unexpected, a deadlock for one."""
    assert proces.stdout is not None
    gezegd = [json.loads(regel) for regel in proces.stdout]
    assert proces.wait(timeout=60) == 0
    assert [g for g in gezegd if "fout" in g] == []
    assert gezegd[-1] == {"einde": True}
    return gezegd


def maak_rij(versie: RegelingVersie, wachtenden: Iterable[Wachtende], later: int = 10**6) -> None:
    """All wait, complete, in this order of receipt; those from the number `later` on came in only in August."""
    moment = [NU + timedelta(seconds=i, days=60 * (i >= later)) for i in range(10**3)]
    routes = {route.code: route for route in versie.inhoud.routes}
    Reservering.objects.bulk_create(
        Reservering(
            regeling_id=versie.regeling_id, versie=versie, status="in_volgorde", kenmerk=w.kenmerk, tijdvak="2019",
            route=w.route, gemeente_id=w.gemeente, doelgroep="CMD",
            bedrag_cent=routes[w.route].bedrag_voor("CMD").bedrag_cent,
            rijk_cent=routes[w.route].rijk_cent, gemeente_cent=routes[w.route].gemeente_cent,
            persoon=w.kenmerk.encode(), ontvangen_op=moment[i], rang_op=moment[i],
            handeling="test.rij", gewijzigd_op=NU,
        )
        for i, w in enumerate(wachtenden)
    )  # fmt: skip


def wie_krijgt(wachtenden: Iterable[Wachtende], pool: int, cap: int, sub: dict[str, int]) -> set[str]:
    """The rule itself: in order of receipt, each that fits in every pot."""
    krijgt: set[str] = set()
    per_route, per_gemeente = Counter[str](), Counter[int]()
    for w in wachtenden:
        vol = per_route.total() >= pool or per_route[w.route] >= sub.get(w.route, pool)
        if not vol and (w.route != "gemeente" or per_gemeente[w.gemeente] < cap):
            krijgt.add(w.kenmerk)
            per_route[w.route] += 1
            per_gemeente[w.gemeente] += w.route == "gemeente"
    return krijgt


def laad_met_code(code: str, nu: datetime = NU, **vervang: Any) -> RegelingVersie:
    tekst = regelingtekst(**vervang).replace('code = "IPS-CMD-2019"', f'code = "{code}"')
    return laad_regeling(tekst, reden="ronde", nu=nu)[0]


def loot_rij(dobbel: random.Random, code: str, aantal: int) -> list[Wachtende]:
    """So many, over all gemeenten and most of them in a few, so that caps fill as well as the pool."""
    gemeenten = list(Gemeente.objects.order_by("code").values_list("pk", flat=True)[:355])
    druk = dobbel.sample(gemeenten, 12)
    return [
        Wachtende(
            f"{code}-{i}", dobbel.choice(("gemeente", "gemeente", "uwv")),
            dobbel.choice(druk if dobbel.random() < 0.4 else gemeenten),
        )
        for i in range(aantal)
    ]  # fmt: skip


def beslis_de_eerste(wachtenden: list[Wachtende], krijgt: set[str], aantal: int) -> None:
    """The first so many are decided already, in one statement: what is fought over are the last places."""
    eerste = [w.kenmerk for w in wachtenden[:aantal]]
    rijen = Reservering.objects.filter(kenmerk__in=eerste)
    rijen.exclude(kenmerk__in=krijgt).update(status="vervallen", handeling="test.eerste")
    rijen.filter(kenmerk__in=krijgt).update(status="verleend", verleend_op=NU, handeling="test.eerste")


def klopt(code: str, wachtenden: list[Wachtende], krijgt: set[str], gezegd: list[dict[str, Any]]) -> None:
    """Who got a place is who should; each other was told a ground that is true; and the books are right."""
    stand = dict(Reservering.objects.filter(regeling__code=code).values_list("kenmerk", "status"))
    assert {k for k, status in stand.items() if status == "verleend"} == krijgt
    assert {k for k, status in stand.items() if status == "vervallen"} == {
        w.kenmerk for w in wachtenden
    } - krijgt
    bevestigd = Counter(g["verleend"] for g in gezegd if g.get("verleend") in stand)
    assert set(bevestigd) <= krijgt
    assert set(bevestigd.values()) <= {1}
    van = {w.kenmerk: w for w in wachtenden}
    per_gemeente = Counter(van[k].gemeente for k in krijgt if van[k].route == "gemeente")
    for g in gezegd:
        if g.get("geweigerd") in stand:
            w = van[g["geweigerd"]]
            assert g["grond"] in {"plafond", "sub_plafond", "cap_gemeente"}
            assert w.kenmerk not in krijgt
            assert g["grond"] != "cap_gemeente" or (w.route == "gemeente" and per_gemeente[w.gemeente] == CAP)


def test_32_processen_om_de_laatste_plaatsen(zaad: int) -> None:
    """20 rounds: never one too many, none left while somebody waits, every refusal with its ground, no deadlock."""
    dobbel = random.Random(zaad)
    ronden: dict[str, tuple[list[Wachtende], set[str]]] = {}
    for n in range(RONDEN):
        code, sub = f"RONDE-{n}", {"gemeente": 110} if n % 4 == 3 else {}
        rij = loot_rij(dobbel, code, 222)
        krijgt = wie_krijgt(rij, POOL, CAP, sub)
        maak_rij(laad_met_code(code, plafond_trajecten=POOL, cap_per_gemeente=CAP, sub_plafond=sub), rij)
        beslis_de_eerste(rij, krijgt, 196)  # some fifteen places are left for twenty-six
        ronden[code] = (rij, krijgt)
    gezegd = uitkomsten(begin(wat="plaatsen", regelingen=list(ronden), werkers=WERKERS, zaad=zaad))
    for code, (rij, krijgt) in ronden.items():
        klopt(code, rij, krijgt, gezegd)
    assert fouten_in_de_boeken() == []
    # The fight was one: places were won in every round, and all three pots refused.
    assert {"plafond", "sub_plafond", "cap_gemeente"} <= {g.get("grond") for g in gezegd}


def test_om_de_laatste_plaatsen_door_de_hele_handeling(zaad: int) -> None:
    """Rights, four eyes, besluit, letter and logboek included: six processes, two rounds of eight dossiers."""
    dobbel = random.Random(zaad)
    wereld = maak_wereld(plafond_trajecten=10, cap_per_gemeente=2)
    beslissers = [maak_actor(Rol.UWV_BESLISSER, wereld.uwv).lidmaatschap_id for _ in range(4)]
    rij: list[Wachtende] = []
    gezegd: list[dict[str, Any]] = []
    for _ in range(2):
        for _ in range(8):
            route, code = (
                dobbel.choice(("gemeente", "gemeente", "uwv")),
                dobbel.choice(("0268", "0202", "0225")),
            )
            a = beoordeeld(wereld, NU + timedelta(minutes=len(rij)), route=route, gemeente=code)
            rij.append(Wachtende(a.kenmerk, route, wereld.gemeente(code).pk))
        gezegd += uitkomsten(
            begin(wat="dossiers", regelingen=[wereld.regeling.code], werkers=6, zaad=zaad, beslissers=beslissers,
                  nu=(NU + timedelta(days=1)).isoformat())
        )  # fmt: skip
    krijgt = wie_krijgt(rij, 10, 2, {})
    stand = dict(Reservering.objects.values_list("kenmerk", "status"))
    assert {k for k, status in stand.items() if status == "verleend"} == krijgt
    assert {g["verleend"] for g in gezegd if "verleend" in g} == krijgt
    assert {g["geweigerd"] for g in gezegd if "geweigerd" in g} == set(stand) - krijgt
    from aanvragen.models import Aanvraag, Besluit

    soorten = Counter(Besluit.objects.values_list("soort", flat=True))
    assert soorten == {"verlening": len(krijgt), "afwijzing": 16 - len(krijgt)}
    assert set(Aanvraag.objects.values_list("status", flat=True)) <= {"toegekend", "afgewezen"}
    assert fouten_in_de_boeken() == []


def test_wie_wordt_gedood_of_zijn_verbinding_verliest_maakt_niets_stuk(zaad: int) -> None:
    """`kill -9` and `pg_terminate_backend` all the time: what was confirmed is there, once, and the books are right."""
    dobbel = random.Random(zaad)
    rij = loot_rij(dobbel, "KAPOT", 600)
    krijgt = wie_krijgt(rij, 400, CAP, {})
    maak_rij(laad_met_code("KAPOT", plafond_trajecten=400, cap_per_gemeente=CAP), rij)
    proces = begin(wat="plaatsen", regelingen=["KAPOT"], werkers=16, zaad=zaad, moorden=40)
    with _breekt_verbindingen(dobbel) as gebroken:
        gezegd = uitkomsten(proces)
    klopt("KAPOT", rij, krijgt, gezegd)
    assert fouten_in_de_boeken() == []
    assert sum("gedood" in g for g in gezegd) > 10
    assert gebroken.aantal > 10
    assert sum("verleend" in g for g in gezegd) > 200


class _breekt_verbindingen:
    """Cuts connections of workers at random moments, from a thread beside the test, while the block lasts."""

    def __init__(self, dobbel: random.Random) -> None:
        self.aantal, self._dobbel, self._stop = 0, random.Random(dobbel.random()), threading.Event()
        self._draad = threading.Thread(target=self._breek)

    def _breek(self) -> None:
        ik = connection.copy()
        try:
            while self.aantal < 60 and not self._stop.wait(self._dobbel.uniform(0.02, 0.12)):
                with ik.cursor() as cursor:
                    # The role may end sessions of its own, as long as they are those of the workers.
                    cursor.execute(
                        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'werker' "
                        "and datname = current_database() and pid <> pg_backend_pid() order by random() limit 1"
                    )
                    self.aantal += len(cursor.fetchall())
        finally:
            ik.close()

    def __enter__(self) -> _breekt_verbindingen:
        self._draad.start()
        return self

    def __exit__(self, *fout: object) -> None:
        self._stop.set()
        self._draad.join(timeout=20)


def _stel_plafond(plafond: int, nu: datetime, rust: float = 0) -> str:
    """Another limit for GRENS, and what came of it; a little rest before the next."""
    try:
        laad_met_code("GRENS", nu, plafond_trajecten=plafond)
    except HandelingGeweigerd as weigering:
        return weigering.codes[0]
    finally:
        time.sleep(rust)
    return "gezet"


def test_een_grens_omlaag_en_omhoog_terwijl_anderen_verlenen(zaad: int, tmp_path: Path) -> None:
    """Each limit is set or refused as a whole; in the end the best-ranked have what the last one allows."""
    dobbel = random.Random(zaad)
    rij = [Wachtende(f"GRENS-{i}", "uwv", w.gemeente) for i, w in enumerate(loot_rij(dobbel, "GRENS", 260))]
    maak_rij(laad_met_code("GRENS", plafond_trajecten=40), rij, later=50)
    stop = tmp_path / "stop"
    proces = begin(wat="plaatsen", regelingen=["GRENS"], werkers=8, zaad=zaad, stop=str(stop))
    assert proces.stdout is not None
    assert "verleend" in json.loads(proces.stdout.readline())
    antwoorden = Counter(
        _stel_plafond(dobbel.randrange(20, 120), NU + timedelta(days=n + 1), dobbel.uniform(0.02, 0.15))
        for n in range(30)
    )
    assert _stel_plafond(150, NU + timedelta(days=40)) == "gezet"
    stop.touch()
    uitkomsten(proces)
    verleend = set(Reservering.objects.filter(status="verleend").values_list("kenmerk", flat=True))
    assert verleend == {w.kenmerk for w in rij[:150]}
    assert antwoorden["gezet"] > 0
    assert set(antwoorden) <= {"gezet", "onder_verleend"}
    assert fouten_in_de_boeken() == []
