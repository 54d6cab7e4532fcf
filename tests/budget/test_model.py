"""Random sequences of steps: the engine in the database and the rules in plain Python say the same, step after step."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from budget.handelingen import plaatsen
from budget.handelingen.laden import laad_regeling
from budget.handelingen.loting import te_loten
from budget.models import Loting, Pot, Reservering
from budget.regels.loting import volgorde
from tests.budget.hulp import fouten_in_de_boeken, geef_vrij, met_geld, probeer
from tests.budget.model import Grenzen, Model, Plaats
from tests.fabriek import ARNHEM, NIJMEGEN, NU, Wereld, maak_wereld, regelingtekst

pytestmark = pytest.mark.django_db
# Each is some forty steps; by name as many as you like: IPS_VOORBEELDEN=500.
VOORBEELDEN = int(os.environ.get("IPS_VOORBEELDEN") or 30)
CENT = {"uwv": 800_000, "gemeente": 400_000}
PLEKKEN = [("gemeente", NIJMEGEN), ("gemeente", NIJMEGEN), ("gemeente", ARNHEM), ("uwv", NIJMEGEN)]
# Mostly one of the best-ranked, for a worse one is told to wait.
WIE = st.sampled_from([0, 0, 0, 0, 1, 1, 2, 3, 5, 8])

AANSLUITEN = st.tuples(st.just("aan"), st.sampled_from(PLEKKEN), st.sampled_from([None, None, None, 1, 2]))
NEMEN = st.tuples(st.sampled_from(["neem", "neem", "neem", "houd"]), WIE, st.none())
ANDERS = st.tuples(
    st.sampled_from(["uit", "weer", "opnieuw", "val", "past_niet", "vrij", "loot", "loot"]), WIE, st.none()
)
GRENS = st.tuples(st.just("grens"), st.integers(1, 6), st.integers(1, 3))
STAPPEN = st.one_of(AANSLUITEN, AANSLUITEN, NEMEN, NEMEN, ANDERS, ANDERS, GRENS)
VERLOOP = st.lists(st.tuples(st.sampled_from([0, 1, 1]), STAPPEN), min_size=35, max_size=50)
MAG = {
    "neem": ("in_volgorde", "gereserveerd"), "houd": ("in_volgorde",), "uit": ("in_volgorde",),
    "weer": ("onvolledig",), "opnieuw": ("onvolledig",), "val": ("in_volgorde", "onvolledig", "gereserveerd"),
    "past_niet": ("in_volgorde",), "vrij": ("verleend",),
}  # fmt: skip


class Naast:
    """The engine and the model, side by side; each step is done by both."""

    def __init__(self, wereld: Wereld, beleid: str, geld: bool) -> None:
        self.wereld, self.beleid, self.geld = wereld, beleid, geld
        self.tijd = 0
        eerste = self._grenzen(3, 2)
        self.model = Model(beleid == "stoppen", [eerste])
        self.versie = self._laad(eerste)

    @property
    def nu(self) -> datetime:
        return NU + timedelta(minutes=self.tijd)

    def _grenzen(self, totaal: int, cap: int) -> Grenzen:
        """With money only the cents are scarce, and the cap."""
        if self.geld:
            return Grenzen(self.tijd, None, totaal * 400_000, None, cap)
        return Grenzen(self.tijd, totaal, None, max(1, totaal - 1), cap)

    def _laad(self, g: Grenzen) -> Any:
        tekst = regelingtekst(
            niet_passend_beleid=self.beleid, cap_per_gemeente=g.cap, plafond_trajecten=g.totaal or 1,
            sub_plafond={"gemeente": g.gemeenteroute} if g.gemeenteroute else None,
        ).replace('code = "IPS-CMD-2019"', 'code = "MODEL"')  # fmt: skip
        if g.cent is not None:
            tekst = met_geld(tekst.replace("plafond_trajecten = 1\n", ""), g.cent)
        return laad_regeling(tekst, reden="model", nu=self.nu)[0]

    def doe(self, stap: tuple[Any, ...]) -> tuple[str, str]:
        """Carry out a step; gives what the engine said, and what the model says."""
        wat, wie, extra = stap
        if wat == "aan":
            return self._sluit_aan(*wie, persoon=f"P{extra}" if extra is not None else "")
        if wat == "grens":
            return self._stel_grenzen(self._grenzen(wie, extra))
        if wat == "loot":
            return self._loot(wie)
        past = sorted((p for p in self.model.rij if p.status in MAG[wat]), key=lambda p: (p.rang, p.lot or 0))
        if not past:
            return "", ""
        p = past[wie % len(past)]
        return getattr(self, f"_{wat}")(Reservering.objects.get(kenmerk=p.kenmerk), p)

    def _sluit_aan(self, route: str, gemeente: str, persoon: str) -> tuple[str, str]:
        kenmerk = f"M-{len(self.model.rij)}"
        p = Plaats(kenmerk, route, gemeente, CENT[route], persoon or kenmerk, self.tijd, self.tijd)
        plaatsen.sluit_aan(
            self.versie, kenmerk=kenmerk, route=route, gemeente=self.wereld.gemeente(gemeente), doelgroep="CMD",
            persoon=p.persoon.encode(), nu=self.nu,
        )  # fmt: skip
        self.model.rij.append(p)
        return "", ""

    def _stel_grenzen(self, g: Grenzen) -> tuple[str, str]:
        def laad() -> None:
            self.versie = self._laad(g)

        zelfde = (g.totaal, g.cent, g.cap) == tuple(
            getattr(self.model.grenzen[-1], naam) for naam in ("totaal", "cent", "cap")
        )
        return probeer(laad), "gelukt" if zelfde else self.model.stel_grenzen(g)

    def _loot(self, wie: int) -> tuple[str, str]:
        groepen = te_loten(self.versie.regeling)
        if not groepen:
            return "", ""
        groep, w = groepen[wie % len(groepen)], self.wereld
        deelnemers, zaad = list(groep.kenmerken), f"zaad-{wie}"
        loting = Loting.objects.create(
            regeling=self.versie.regeling, rang_op=groep.rang_op, deelnemers=deelnemers,
            voorbereid_door=w.beoordelaar.persoon, voorbereid_op=self.nu,
        )  # fmt: skip
        loting.status, loting.zaad, loting.uitslag = "getrokken", zaad, volgorde(zaad, deelnemers)
        loting.getrokken_door, loting.getrokken_op = w.beslisser.persoon, self.nu
        loting.save()
        self.model.loot(zaad, [p for p in self.model.rij if p.kenmerk in deelnemers])
        return "", ""

    def _neem(self, r: Reservering, p: Plaats) -> tuple[str, str]:
        return probeer(lambda: plaatsen.neem_plaats(r, self.nu)), self.model.neem(p)

    def _houd(self, r: Reservering, p: Plaats) -> tuple[str, str]:
        gezegd = probeer(lambda: plaatsen.reserveer(r, self.nu, self.nu + timedelta(days=1)))
        return gezegd, self.model.neem(p, "gereserveerd")

    def _uit(self, r: Reservering, p: Plaats) -> tuple[str, str]:
        p.status = "onvolledig"
        return probeer(lambda: plaatsen.stel_uit(r, self.nu)), "gelukt"

    def _weer(self, r: Reservering, p: Plaats) -> tuple[str, str]:
        p.status = "in_volgorde"
        return probeer(lambda: plaatsen.sluit_weer_aan(r, self.nu, nieuwe_rang=False)), "gelukt"

    def _opnieuw(self, r: Reservering, p: Plaats) -> tuple[str, str]:
        if p.rang != self.tijd:
            p.rang, p.lot = self.tijd, None
        p.status = "in_volgorde"
        return probeer(lambda: plaatsen.sluit_weer_aan(r, self.nu, nieuwe_rang=True)), "gelukt"

    def _val(self, r: Reservering, p: Plaats) -> tuple[str, str]:
        self.model.laat_vallen(p, past_niet=False)
        return probeer(lambda: plaatsen.laat_vallen(r, self.nu)), "gelukt"

    def _past_niet(self, r: Reservering, p: Plaats) -> tuple[str, str]:
        self.model.laat_vallen(p, past_niet=True)
        return probeer(lambda: plaatsen.laat_vallen(r, self.nu, past_niet=True)), "gelukt"

    def _vrij(self, r: Reservering, p: Plaats) -> tuple[str, str]:
        p.status, self.model.gestopt = "vrijgegeven", None
        return probeer(lambda: geef_vrij(r, self.nu)), "gelukt"

    def vergelijk_tellers(self) -> None:
        for pot in Pot.objects.filter(regeling=self.versie.regeling).select_related("gemeente"):
            if pot.soort == "gemeente" and pot.gemeente is None:
                continue
            wie = pot.gemeente.code if pot.gemeente else pot.route
            for status in ("verleend", "gereserveerd"):
                geteld = getattr(pot, f"{status}_trajecten"), getattr(pot, f"{status}_cent")
                assert geteld == self.model.stand((pot.soort, wie), (status,)), (pot, status)


@pytest.mark.parametrize(
    ("beleid", "geld"),
    [
        pytest.param("overslaan", False, id="plaatsen"),
        pytest.param("overslaan", True, id="geld, overslaan"),
        pytest.param("stoppen", True, id="geld, stoppen"),
    ],
)
def test_motor_en_model_zeggen_hetzelfde(beleid: str, geld: bool) -> None:
    wereld = maak_wereld()
    gezegd: set[str] = set()

    @settings(
        max_examples=VOORBEELDEN, deadline=None, derandomize=True, database=None, phases=[Phase.generate]
    )
    @given(VERLOOP)
    def verloop(stappen: list[tuple[int, Any]]) -> None:
        with transaction.atomic():
            naast = Naast(wereld, beleid, geld)
            for later, stap in stappen:
                naast.tijd += later
                motor, model = naast.doe(stap)
                assert motor == model, stap
                gezegd.add(motor)
            naast.vergelijk_tellers()
            assert fouten_in_de_boeken() == []
            transaction.set_rollback(True)

    verloop()
    # The examples reached what they are about.
    assert {
        "gelukt",
        "plafond",
        "cap_gemeente",
        "voorrang",
        "loting",
        "dubbel_traject",
        "onder_verleend",
    } <= gezegd
