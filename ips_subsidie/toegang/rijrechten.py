"""Whose rows PostgreSQL shows: the second line, behind the queries of the pages (row-level security).

The policies read five settings of the transaction: `ips.partij` (which party acts; empty is nobody), `ips.organisatie`,
`ips.gebruiker`, `ips.gemeenten` (for which a gemeente or verband acts today) and `ips.nu`. They are set for one
transaction only, so neither a kept connection nor a pool carries them on to the next.

A process that is the system itself (worker, beat, manage.py) has `ips.partij=systeem` from the start of its
connections on (`settings.diensten.databank`); the web never has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.module_loading import import_string
from psycopg.pq import TransactionStatus

from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import OrganisatieSoort, Rol

SYSTEEM = "systeem"
NIEMAND = ""

_PARTIJ_PER_SOORT = {
    OrganisatieSoort.INSTELLING: "instelling",
    OrganisatieSoort.GEMEENTE: "gemeente",
    OrganisatieSoort.SAMENWERKINGSVERBAND: "gemeente",
    OrganisatieSoort.UWV: "uwv",
    OrganisatieSoort.MINISTERIE: "ministerie",
    OrganisatieSoort.BEHEER: "beheer",
}
_NAMEN = ("ips.partij", "ips.organisatie", "ips.gebruiker", "ips.nu", "ips.gemeenten")
_WAS = "SELECT " + ", ".join(f"coalesce(current_setting('{naam}', true), '')" for naam in _NAMEN)
_ZET = ", ".join(f"set_config('{naam}', %s, true)" for naam in _NAMEN[:-1])
_ZET_GEMEENTEN = ", set_config('ips.gemeenten', {}, true)"
# The question is a queryset's: Django made its text, with the values apart.
_VERZAMEL = "coalesce((SELECT array_agg(g.nummer) FROM (VRAAG) AS g(nummer))::text, '{}')"
_ALLEEN_LEZEN = ", set_config('transaction_read_only', 'on', true)"


@dataclass(frozen=True)
class Blik:
    """What the database is told of who looks. `gemeenten` is a queryset of Gemeente, None for who isn't one."""

    partij: str = NIEMAND
    organisatie_id: UUID | None = None
    gebruiker_id: UUID | None = None
    gemeenten: Any = None
    nu: datetime | None = None

    @classmethod
    def van(cls, actor: Actor | None, nu: datetime) -> Blik:
        """The view of this actor at this moment; of nobody without one."""
        if actor is None:
            return cls(nu=nu)
        return cls(
            partij_van(actor),
            actor.organisatie_id,
            actor.gebruiker_id,
            import_string(settings.RIJRECHTEN_GEMEENTEN)(actor) if actor.is_gemeente else None,
            nu,
        )


def partij_van(actor: Actor) -> str:
    """The party for which this actor acts, as the policies name it."""
    if actor.rol is Rol.SYSTEEM:
        return SYSTEEM
    return _PARTIJ_PER_SOORT[OrganisatieSoort(actor.organisatie.soort)] if actor.organisatie else NIEMAND


@contextmanager
def met_blik(blik: Blik, *, alleen_lezen: bool = False) -> Iterator[None]:
    """Within this block, which must lie in a transaction, only the rows that this party may see exist.

    `alleen_lezen` makes the transaction read-only; who asks that ends it by a rollback. Raises RuntimeError outside
    a transaction, where the settings would be gone before the first query.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("rijrechten gelden per transactie: open er eerst een")
    genest = len(connection.savepoint_ids) > 0
    was, gemeenten = _zet(blik, alleen_lezen)
    token = _gemeenten.set((blik.organisatie_id, gemeenten) if blik.gemeenten is not None else None)
    try:
        yield
    finally:
        _gemeenten.reset(token)
        # At the end of the outermost transaction PostgreSQL does this itself.
        if genest and not alleen_lezen:
            _herstel(was)


@contextmanager
def als_systeem() -> Iterator[None]:
    """Within this block every row exists: for what an act or a page needs beyond its actor's own, and says why."""
    if not connection.in_atomic_block:
        with transaction.atomic(), als_systeem():
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('ips.partij', true), ''), set_config('ips.partij', %s, true)",
            [SYSTEEM],
        )
        was = cursor.fetchone()[0]
    try:
        yield
    finally:
        if not _afgebroken():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('ips.partij', %s, true)", [was])


def bestaat_elders(rijen: QuerySet[Any]) -> bool:
    """Are there such rows, whoever's they are? Only to write down that somebody asked for them in vain."""
    with als_systeem():
        return rijen.exists()


def waarde_van(rijen: QuerySet[Any], veld: str) -> Any:
    """One column of the first of these rows, of another party too; None when there is none.

    For the dossier that a part belongs to: whose that is, is asked next, and a refusal is written down there.
    """
    waarden = rijen.values_list(veld, flat=True)
    eigen = waarden.first()
    if eigen is not None:
        return eigen
    with als_systeem():
        return waarden.first()


def gemeenten_van_dit_verzoek(organisatie_id: UUID | None) -> list[int] | None:
    """The gemeenten for which this organisatie acts, where this request found that out already; else None."""
    bekend = _gemeenten.get()
    return bekend[1] if bekend is not None and bekend[0] == organisatie_id else None


_gemeenten: ContextVar[tuple[UUID | None, list[int]] | None] = ContextVar(
    "gemeenten_van_verzoek", default=None
)


def _zet(blik: Blik, alleen_lezen: bool) -> tuple[Sequence[str], list[int]]:
    """Set it all in one statement. Returns what was set before, and the numbers of the gemeenten."""
    gemeenten_sql, waarden = "'{}'", _waarden(blik)
    if blik.gemeenten is not None:
        vraag, argumenten = blik.gemeenten.order_by().values("pk").query.sql_with_params()
        gemeenten_sql = _VERZAMEL.replace("VRAAG", vraag)
        waarden = [*waarden, *argumenten]
    opdracht = f"{_WAS}, {_ZET}{_ZET_GEMEENTEN.format(gemeenten_sql)}"
    with connection.cursor() as cursor:
        cursor.execute(opdracht + (_ALLEEN_LEZEN if alleen_lezen else ""), waarden)
        rij = cursor.fetchone()
    gezet = rij[2 * len(_NAMEN) - 1].strip("{}")
    return rij[: len(_NAMEN)], [int(nummer) for nummer in gezet.split(",") if nummer]


def _waarden(blik: Blik) -> list[Any]:
    return [
        blik.partij,
        str(blik.organisatie_id or ""),
        str(blik.gebruiker_id or ""),
        blik.nu.isoformat() if blik.nu else "",
    ]


def _herstel(was: Sequence[str]) -> None:
    """Back to what was set before; an aborted transaction does that by its rollback."""
    if _afgebroken():
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_ZET}{_ZET_GEMEENTEN.format('%s')}", [*was])


def _afgebroken() -> bool:
    """Did a statement fail since the last savepoint? Then nothing but a rollback is heard."""
    lijn = connection.connection
    return (
        connection.needs_rollback or lijn is None or lijn.info.transaction_status == TransactionStatus.INERROR
    )


def word_systeem() -> None:
    """Let every connection that this process opens from now on see all rows; for the worker and beat."""
    opties = connection.settings_dict["OPTIONS"]
    begin = opties.get("options", "")
    if "ips.partij=" not in begin:
        opties["options"] = f"{begin} -c ips.partij={SYSTEEM}".strip()
        connection.close()
