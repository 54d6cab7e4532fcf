"""How many of its places each gemeente has used, given away and was asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q

from aanvragen.models import Toestemming
from aanvragen.regels.statussen import ToestemmingStatus
from budget.models import Pot, PotSoort, Regeling
from gemeenten.models import Gemeente

# What counts against the places, once UWV would grant it.
_TELT = (ToestemmingStatus.VERLEEND, ToestemmingStatus.GEBRUIKT, ToestemmingStatus.INGELOST)


@dataclass(frozen=True)
class Stand:
    """The places of one gemeente under one regeling. `grens` is None where the regeling has no cap."""

    gemeente: Gemeente
    regeling: Regeling
    grens: int | None
    toegekend: int
    aantallen: dict[str, int] = field(default_factory=dict)

    @property
    def gevraagd(self) -> int:
        return self.aantallen.get(ToestemmingStatus.GEVRAAGD, 0)

    @property
    def gegeven(self) -> int:
        """Given, not yet sent to UWV by the instelling."""
        return self.aantallen.get(ToestemmingStatus.VERLEEND, 0)

    @property
    def bij_uwv(self) -> int:
        return self.aantallen.get(ToestemmingStatus.GEBRUIKT, 0)

    @property
    def telt_mee(self) -> int:
        """All toestemmingen that took, or may take, a place; never less than what was granted."""
        return max(sum(self.aantallen.get(status, 0) for status in _TELT), self.toegekend)

    @property
    def vol(self) -> bool:
        return self.grens is not None and self.toegekend >= self.grens

    @property
    def waarschuwt(self) -> bool:
        return self.grens is not None and self.telt_mee >= self.grens

    @property
    def waarschuwing(self) -> str:
        """A sixth toestemming is allowed, but the gemeente must know what comes of it (T44)."""
        if self.vol:
            return (
                f"Voor {self.gemeente.naam} zijn alle {self.grens} trajecten toegekend. "
                "Geeft u toch toestemming, dan wijst UWV die aanvraag af."
            )
        if self.waarschuwt:
            return (
                f"{self.gemeente.naam} gaf al {self.telt_mee} keer toestemming, en er zijn {self.grens} plaatsen. "
                "UWV kent toe in volgorde van ontvangst. Geeft u nog een toestemming, dan kan het zijn dat UWV "
                "die aanvraag afwijst."
            )
        return ""


def standen(gemeenten: Iterable[Gemeente]) -> list[Stand]:
    """Per regeling with a cap and per gemeente; three statements, however many there are."""
    lijst = list(gemeenten)
    potten = list(
        Pot.objects.filter(soort=PotSoort.GEMEENTE)
        .filter(Q(gemeente__in=lijst) | Q(gemeente__isnull=True))
        .select_related("regeling")
    )
    van = {(pot.regeling_id, pot.gemeente_id): pot for pot in potten}
    telling: dict[tuple[int, int], dict[str, int]] = {}
    for regeling_id, gemeente_id, status, aantal in (
        Toestemming.objects.filter(gemeente__in=lijst)
        .order_by()
        .values_list("aanvraag__regeling_id", "gemeente_id", "status")
        .annotate(aantal=Count("pk"))
    ):
        telling.setdefault((regeling_id, gemeente_id), {})[status] = aantal
    return [
        Stand(
            gemeente,
            patroon.regeling,
            patroon.grens_trajecten,
            eigen.verleend_trajecten if (eigen := van.get((patroon.regeling_id, gemeente.pk))) else 0,
            telling.get((patroon.regeling_id, gemeente.pk), {}),
        )
        for patroon in potten
        if patroon.gemeente_id is None
        for gemeente in lijst
    ]


def stand_van(gemeente: Gemeente, regeling: Regeling) -> Stand | None:
    return next((s for s in standen([gemeente]) if s.regeling.pk == regeling.pk), None)
