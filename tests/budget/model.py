"""The rules of the budget in plain Python, to hold the engine against: limits, order of receipt, loting, stoppen."""

from __future__ import annotations

from dataclasses import dataclass, field

from budget.regels.loting import volgorde

HOUDT = ("verleend", "gereserveerd")
GROND = {"totaal": "plafond", "route": "sub_plafond", "gemeente": "cap_gemeente"}
Aantallen = tuple[int | None, int | None]


@dataclass
class Plaats:
    kenmerk: str
    route: str
    gemeente: str
    cent: int
    persoon: str
    ontvangen: int
    rang: int
    lot: int | None = None
    status: str = "in_volgorde"


@dataclass(frozen=True)
class Grenzen:
    """The limits from an instant on; None is no limit."""

    vanaf: int
    totaal: int | None
    cent: int | None
    gemeenteroute: int | None
    cap: int | None

    def van(self, pot: tuple[str, str]) -> Aantallen:
        soort, wie = pot
        if soort == "totaal":
            return self.totaal, self.cent
        return (self.cap if soort == "gemeente" else self.gemeenteroute if wie == "gemeente" else None), None


@dataclass
class Model:
    """All that was received and granted, and every limit that there was, oldest first."""

    stoppen: bool
    grenzen: list[Grenzen]
    rij: list[Plaats] = field(default_factory=list)
    gestopt: tuple[int, int | None] | None = None

    def potten(self, p: Plaats) -> list[tuple[str, str]]:
        return [
            ("totaal", ""),
            ("route", p.route),
            *([("gemeente", p.gemeente)] if p.route == "gemeente" else []),
        ]

    def stand(self, pot: tuple[str, str], status: tuple[str, ...] = HOUDT) -> tuple[int, int]:
        """How many have this status in this pot, and for how much."""
        mee = [p for p in self.rij if p.status in status and pot in self.potten(p)]
        return len(mee), sum(p.cent for p in mee)

    def grens(self, pot: tuple[str, str], p: Plaats) -> Aantallen:
        """The highest since it was received (Awb 4:27)."""
        begin = max(i for i, g in enumerate(self.grenzen) if i == 0 or g.vanaf <= p.ontvangen)
        aantallen, centen = zip(*(g.van(pot) for g in self.grenzen[begin:]), strict=True)
        return (None if None in aantallen else max(aantallen)), (None if None in centen else max(centen))

    def past(self, pot: tuple[str, str], p: Plaats) -> bool:
        (aantal, cent), (n, c) = self.grens(pot, p), self.stand(pot)
        return (aantal is None or n + 1 <= aantal) and (cent is None or c + p.cent <= cent)

    def eerder(self, p: Plaats) -> list[Plaats]:
        """Who wait and go before it, or are its equals until a loting."""
        voor = [
            x for x in self.rij
            if x is not p and x.status == "in_volgorde"
            and (x.rang < p.rang or (x.rang == p.rang and (p.lot is None or (x.lot is not None and x.lot < p.lot))))
        ]  # fmt: skip
        return sorted(voor, key=lambda x: (x.rang, x.lot is None, x.lot or 0))

    def neem(self, p: Plaats, status: str = "verleend") -> str:
        """What a try for a place must give: `gelukt`, or the code of the refusal."""
        uit = "gelukt" if p.status == "gereserveerd" else self._persoon(p) or self._potten(p) or "gelukt"
        if uit == "gelukt":
            p.status = status
        return uit

    def _persoon(self, p: Plaats) -> str:
        ander = [x for x in self.rij if x.persoon == p.persoon and x is not p]
        if any(x.status in HOUDT for x in ander):
            return "dubbel_traject"
        eerder = [x for x in self.eerder(p) if x in ander]
        if not eerder:
            return ""
        return "loting" if all(x.rang == p.rang and x.lot is None for x in eerder) else "voorrang"

    def _potten(self, p: Plaats) -> str:
        for pot in self.potten(p):
            if not self.past(pot, p) or (pot[0] == "totaal" and self._na_de_stop(p)):
                return GROND[pot[0]]
            (aantal, cent), (n, c) = self.grens(pot, p), self.stand(pot)
            for x in (x for x in self.eerder(p) if pot in self.potten(x)):
                gelijk = x.rang == p.rang and x.lot is None and p.lot is None
                if self.past(pot, x):
                    n, c = n + 1, c + x.cent
                    zijn_aantal, zijn_cent = self.grens(pot, x)
                    aantal = min((a for a in (aantal, zijn_aantal) if a is not None), default=None)
                    cent = min((a for a in (cent, zijn_cent) if a is not None), default=None)
                elif self.stoppen:
                    return "voorrang"
                if (aantal is not None and n + 1 > aantal) or (cent is not None and c + p.cent > cent):
                    return "loting" if gelijk else "voorrang"
        return ""

    def _na_de_stop(self, p: Plaats) -> bool:
        if self.gestopt is None:
            return False
        rang, lot = self.gestopt
        return p.rang > rang or (p.rang == rang and lot is not None and (p.lot is None or p.lot > lot))

    def laat_vallen(self, p: Plaats, past_niet: bool) -> None:
        if p.status in HOUDT:
            self.gestopt = None
        elif past_niet and self.stoppen:
            (_, cent), (_, c) = self.grens(("totaal", ""), p), self.stand(("totaal", ""))
            if (
                cent is not None
                and c < cent < c + p.cent
                and (self.gestopt is None or p.rang < self.gestopt[0])
            ):
                self.gestopt = (p.rang, p.lot)
        p.status = "vervallen"

    def stel_grenzen(self, g: Grenzen) -> str:
        """A new version: refused where a limit that changes is below what was given out."""
        oud = self.grenzen[-1]
        for pot in {("totaal", ""), *(pot for p in self.rij for pot in self.potten(p))}:
            for geteld, was, wordt in zip(self.stand(pot), oud.van(pot), g.van(pot), strict=True):
                if wordt is not None and (was is None or wordt < was) and geteld > wordt:
                    return "onder_verleend"
        if oud.cent is None or g.cent is None or g.cent > oud.cent:
            self.gestopt = None
        self.grenzen.append(g)
        return "gelukt"

    def loot(self, zaad: str, groep: list[Plaats]) -> None:
        na = max((x.lot or 0 for x in self.rij if x.rang == groep[0].rang), default=0)
        for i, kenmerk in enumerate(volgorde(zaad, [p.kenmerk for p in groep]), start=1):
            next(p for p in groep if p.kenmerk == kenmerk).lot = na + i
