"""The act: one transaction that locks, looks again, does it, writes the logboek and keeps what to announce.

Every act is registered here by the decorator; pages, buttons, the access test and docs/handelingen.md are
drawn from the registry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import OperationalError, connection, models, transaction

from ips_subsidie.berichten.uitbak import gebundeld
from ips_subsidie.handelingen import eenmalig
from ips_subsidie.handelingen.lopend import als_lopend
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.logboek.models import Soort
from ips_subsidie.logboek.schrijven import Onderwerp, regel, schrijf
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.gevoelig import GEVOELIGE_PAGINAS
from ips_subsidie.toegang.rijrechten import als_systeem
from ips_subsidie.toegang.rollen import Rol


class Dossierdeel(Protocol):
    """What an object must offer to have acts: a status, and whose it is."""

    pk: Any
    status: Any

    def hoort_bij(self, actor: Actor) -> bool:
        """Whether it is this actor's to act upon, apart from the role."""
        ...

    def onderwerp(self) -> Onderwerp: ...


# lock_not_available, deadlock_detected, serialization_failure, query_canceled (by its time limit)
_BEZET = ("55P03", "40P01", "40001", "57014")
D = TypeVar("D", bound=models.Model)
R = TypeVar("R")
Voorwaarde = Callable[[Any, Actor, datetime], Iterable[Reden]]
Relatie = Callable[[Any, Actor], bool]

_NIET_VAN_U = Reden("niet_van_u", "Dit dossier hoort niet bij uw organisatie.")

# Every row that has acts has its key in a column `id`.
_SLOT = "SELECT FROM {} WHERE id = %s FOR NO KEY UPDATE"

REGISTER: dict[str, Handeling[Any, Any]] = {}


@dataclass(frozen=True)
class Handeling(Generic[D, R]):
    """A registered act, itself callable: `toekennen(aanvraag, actor, nu=..., sleutel=..., **invoer)`.

    An act that makes its object (`op` is None) is called with None in its place. Raises HandelingGeweigerd
    with every reason; then nothing has changed but a line in the logboek.
    """

    code: str
    titel: str
    op: type[D] | None
    van: tuple[str, ...]
    naar: str | Mapping[str, str] | None
    door: tuple[Rol, ...]
    doe: Callable[..., R] = field(repr=False)
    voorwaarden: tuple[Voorwaarde, ...] = ()
    maakt: str = ""
    knop: str = "secundair"
    direct: bool = False
    samen: tuple[str, ...] = ()
    relatie: Relatie | None = None
    gevoelig: bool = False
    draagt_over: bool = False

    @property
    def naam(self) -> str:
        """The name of the page that offers this act, within its app's urls."""
        return self.code.replace(".", "_")

    def doel_van(self, status: str) -> str | None:
        """The status after this act from `status`; None where it stays what it was."""
        return self.naar.get(status) if isinstance(self.naar, Mapping) else self.naar

    @property
    def uitleg(self) -> str:
        return (self.doe.__doc__ or "").strip().split("\n")[0]

    def __call__(
        self, deel: D | None, actor: Actor, *, nu: datetime, sleutel: UUID | None = None, **invoer: Any
    ) -> R:
        try:
            with _of_bezet(), transaction.atomic(), als_lopend(self.code, actor.gebruiker_id):
                return self._voer_uit(deel, actor, nu, sleutel, invoer)
        except HandelingGeweigerd as weigering:
            onderwerp = deel.onderwerp() if deel is not None else Onderwerp(self.maakt)  # type: ignore[attr-defined]
            schrijf([
                regel(
                    actor, Soort.WEIGERING, self.code, onderwerp, op=nu,
                    gegevens={"redenen": weigering.codes},
                )
            ])  # fmt: skip
            raise

    def _voer_uit(
        self, deel: D | None, actor: Actor, nu: datetime, sleutel: UUID | None, invoer: dict[str, Any]
    ) -> R:
        uitvoering = None
        if sleutel is not None and actor.gebruiker_id is not None:
            teken = eenmalig.kenteken(deel, invoer)
            uitvoering = eenmalig.begin(actor, sleutel, self.code, teken, nu)
            if uitvoering is None:
                return eenmalig.eerder_resultaat(actor, sleutel, self.code, teken)  # type: ignore[return-value]
        with gebundeld():
            resultaat, onderwerp, gegevens = self._handel(deel, actor, nu, invoer)
        schrijf([regel(actor, Soort.HANDELING, self.code, onderwerp, op=nu, gegevens=gegevens)])
        if uitvoering is not None:
            eenmalig.onthoud(uitvoering, resultaat)
        return resultaat

    def _handel(
        self, deel: D | None, actor: Actor, nu: datetime, invoer: dict[str, Any]
    ) -> tuple[R, Onderwerp, dict[str, Any]]:
        if deel is None:
            if actor.rol not in self.door:
                raise HandelingGeweigerd(_verkeerde_rol(self))
            gemaakt: Any = self.doe(actor, nu=nu, **invoer)
            return gemaakt, gemaakt.onderwerp(), {"naar": gemaakt.status}
        vers: Any = vergrendel(deel, self.samen)
        redenen = [*self.bezwaren(vers, actor), *self.redenen(vers, actor, nu)]
        if redenen:
            raise HandelingGeweigerd(*redenen)
        with als_systeem() if self.draagt_over else nullcontext():
            return self._doe(deel, vers, actor, nu, invoer)

    def _doe(
        self, deel: Any, vers: Any, actor: Actor, nu: datetime, invoer: dict[str, Any]
    ) -> tuple[R, Onderwerp, dict[str, Any]]:
        was, gelezen = str(vers.status), _kolommen(vers)
        resultaat = self.doe(vers, actor, nu=nu, **invoer)
        doel = self.doel_van(was)
        if doel is not None:
            vers.status = doel
        if hasattr(vers, "versie"):
            vers.versie += 1
        vers.save(update_fields=_gewijzigd(vers, gelezen))
        _neem_over(deel, vers)
        gegevens = {"van": was, "naar": str(vers.status)} if doel is not None else {}
        return resultaat, vers.onderwerp(), gegevens

    def bezwaren(self, deel: Any, actor: Actor) -> list[Reden]:
        """Reasons of role, relation and status: with one of these the act isn't offered at all."""
        redenen = []
        if actor.rol not in self.door:
            redenen.append(_verkeerde_rol(self))
        elif not deel.hoort_bij(actor):
            redenen.append(_NIET_VAN_U)
        elif self.relatie is not None and not self.relatie(deel, actor):
            redenen.append(Reden("niet_aan_u", f"“{self.titel}” is in dit dossier aan een andere partij."))
        if self.van and deel.status not in self.van:
            redenen.append(
                Reden(
                    "status",
                    f"“{self.titel}” kan niet meer: de status is nu “{deel.get_status_display()}”. "
                    "Bekijk het dossier opnieuw.",
                )
            )
        return redenen

    def redenen(self, deel: Any, actor: Actor, nu: datetime) -> list[Reden]:
        """Reasons of the conditions; shown beside the button, and checked again under the lock."""
        return [reden for voorwaarde in self.voorwaarden for reden in voorwaarde(deel, actor, nu)]


@dataclass(frozen=True)
class Mogelijk:
    """An act that this actor may do on this object now, or would but for `redenen`."""

    handeling: Handeling[Any, Any]
    redenen: tuple[Reden, ...]

    @property
    def kan(self) -> bool:
        return not self.redenen


def handeling(
    code: str,
    *,
    titel: str,
    door: Sequence[Rol],
    op: type[D] | None = None,
    van: Sequence[str] = (),
    naar: str | Mapping[str, str] | None = None,
    voorwaarden: Sequence[Voorwaarde] = (),
    maakt: str = "",
    knop: str = "secundair",
    direct: bool = False,
    samen: Sequence[str] = (),
    relatie: Relatie | None = None,
    gevoelig: bool = False,
    draagt_over: bool = False,
) -> Callable[[Callable[..., R]], Handeling[D, R]]:
    """Register the decorated function as the act `code`.

    `naar` is the status after it, or one for each status before it; where none is given the status stays.
    `knop` says how a page offers it: `primair`, `secundair`, `gevaar`, or `geen` (another form leads to it).
    A `direct` one is done by its button at once: it asks nothing and is easily undone.
    `samen` names the relations that it needs anyway: they are read with the row, in one statement.
    `relatie` says for whom of these roles it is in this dossier, where that differs from one to the next.
    `gevoelig`: its page asks for a proof of who is there, no older than a quarter of an hour (toegang.drempels).
    `draagt_over`: after it the dossier may be somebody else's, which the database would refuse of who does it; the
    act is carried out as the system, once it is sure that this actor may.
    """

    def registreer(doe: Callable[..., R]) -> Handeling[D, R]:
        if code in REGISTER:
            raise ValueError(f"handeling {code} bestaat al")
        nieuw = Handeling(
            code, titel, op, tuple(van), naar, tuple(door), doe, tuple(voorwaarden), maakt, knop,
            direct, tuple(samen), relatie, gevoelig, draagt_over,
        )  # fmt: skip
        REGISTER[code] = nieuw
        if gevoelig:
            GEVOELIGE_PAGINAS.add(f"{doe.__module__.partition('.')[0]}:{nieuw.naam}")
        return nieuw

    return registreer


def mogelijke_handelingen(deel: Any, actor: Actor, nu: datetime) -> list[Mogelijk]:
    """What `actor` can do on `deel` now, in the order of registration, and what stands in the way."""
    return [
        Mogelijk(h, tuple(h.redenen(deel, actor, nu)))
        for h in REGISTER.values()
        if h.op is type(deel) and h.knop != "geen" and not h.bezwaren(deel, actor)
    ]


@contextmanager
def _of_bezet() -> Iterator[None]:
    """Who waited too long for a lock, or lost it to another, may try again: nothing has changed."""
    try:
        yield
    except OperationalError as fout:
        if getattr(fout.__cause__, "sqlstate", None) not in _BEZET:
            raise
        raise HandelingGeweigerd(
            Reden("bezet", "Het is nu druk: een collega is hier ook mee bezig. Probeer het zo nog eens.")
        ) from fout


def vergrendel(deel: D, samen: Sequence[str] = ()) -> D:
    """The same row, read again under a lock that leaves foreign keys to it alone.

    What is read along (`samen`) comes in a statement of its own, after the lock: one that has waited for the lock
    sees the row itself as it became, but what it joins as it was before the wait.
    """
    rijen = type(deel)._base_manager
    try:
        if not samen:
            return rijen.select_for_update(of=("self",), no_key=True).get(pk=deel.pk)
        with connection.cursor() as cursor:
            cursor.execute(_SLOT.format(connection.ops.quote_name(deel._meta.db_table)), [deel.pk])
        return rijen.select_related(*samen).get(pk=deel.pk)
    except ObjectDoesNotExist as fout:
        # It became somebody else's since the page found it: the database shows it no more.
        raise HandelingGeweigerd(_NIET_VAN_U) from fout


def _verkeerde_rol(h: Handeling[Any, Any]) -> Reden:
    rollen = " of ".join(rol.label.lower() for rol in h.door)
    return Reden("rol", f"“{h.titel}” mag alleen: {rollen}. Vraag een collega met die rol.")


def _neem_over(deel: models.Model, vers: models.Model) -> None:
    """Give the caller's own instance the columns of the row as it stands now."""
    for veld in vers._meta.concrete_fields:
        setattr(deel, veld.attname, getattr(vers, veld.attname))


def _kolommen(deel: models.Model) -> dict[str, Any]:
    return {veld.attname: getattr(deel, veld.attname) for veld in deel._meta.concrete_fields}


def _gewijzigd(deel: models.Model, gelezen: Mapping[str, Any]) -> list[str]:
    """The columns to save. A list or dict may have been changed in its place, so it counts as changed."""
    return [
        naam
        for naam, waarde in _kolommen(deel).items()
        if waarde != gelezen[naam] or isinstance(waarde, list | dict)
    ]
