"""One aanvraag of a scenario while it is played, and how an act is done with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from aanvragen.models import Aanvraag, Stopbericht, Traject, Vaststelling
from budget.regels.regeling import Route
from ips_subsidie.handelingen.kern import Handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.toegang.actor import Actor

TEKST = "Gespeeld in een simulatie."


@dataclass
class Dossier:
    """One aanvraag of the scenario; `keuzes` are those with which it was submitted.

    `mist`: something is missing that the form asked for. `gevraagd_bij_ontvangst`: it was asked for as the aanvraag
    came in, without an event of the scenario.
    """

    naam: str
    keuzes: dict[str, Any] = field(default_factory=dict)
    pk: UUID | None = None
    mist: bool = False
    gevraagd_bij_ontvangst: bool = False

    @property
    def aanvraag(self) -> Aanvraag:
        """As it stands now. Raises HandelingGeweigerd when it was never received."""
        if self.pk is None:
            raise HandelingGeweigerd(Reden("niet_ingediend", f"“{self.naam}” is niet ontvangen."))
        return Aanvraag.objects.select_related("regeling_versie", "gemeente", "reservering").get(pk=self.pk)

    @property
    def route(self) -> Route:
        aanvraag = self.aanvraag
        return aanvraag.inhoud.route(aanvraag.route)

    @property
    def traject(self) -> Traject:
        gevonden = (
            Traject.objects.filter(aanvraag=self.aanvraag)
            .select_related("aanvraag__regeling_versie", "aanvraag__gemeente", "aanvraag__reservering")
            .first()
        )
        if gevonden is None:
            raise HandelingGeweigerd(Reden("niet_toegekend", f"“{self.naam}” is niet toegekend."))
        return gevonden

    @property
    def stopbericht(self) -> Stopbericht:
        """The one that was not revoked. Raises HandelingGeweigerd when the traject was not stopped."""
        gevonden = Stopbericht.objects.levend().filter(traject=self.traject).first()
        if gevonden is None:
            raise HandelingGeweigerd(Reden("niet_gestopt", f"“{self.naam}” is niet gestopt."))
        return gevonden

    @property
    def vaststelling(self) -> Vaststelling:
        """Raises HandelingGeweigerd while the traject runs on: there is nothing to fix yet."""
        gevonden = Vaststelling.objects.filter(traject=self.traject).first()
        if gevonden is None:
            raise HandelingGeweigerd(Reden("loopt_nog", f"Het traject van “{self.naam}” loopt nog."))
        return gevonden


def doe(handeling: Handeling[Any, Any], deel: Any, actor: Actor, nu: datetime, **invoer: Any) -> Any:
    """Do the act; where role, relation or status forbid it, that alone is the reason."""
    eis_status(handeling, deel, actor)
    return handeling(deel, actor, nu=nu, **invoer)


def eis_status(handeling: Handeling[Any, Any], deel: Any, actor: Actor) -> None:
    """Where the status forbids the act, that is the reason; what else it asks is of no account then."""
    if bezwaren := handeling.bezwaren(deel, actor):
        raise HandelingGeweigerd(*bezwaren)
