"""Rows added in one plain INSERT, for tables that only take additions and that many acts or pages add to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django.db import connection, models
from psycopg.sql import SQL, Identifier, Placeholder


def voeg_toe(rijen: Sequence[models.Model], *, sla_dubbele_over: bool = False) -> None:
    """Add these rows, all of one model. A key that the database gives is not put in the objects.

    As `bulk_create`, at a fraction of its time: the statement is made once, not at every call. With
    `sla_dubbele_over` a row that a constraint calls a double is left out.
    """
    if not rijen:
        return
    model = type(rijen[0])
    velden = _velden(model)
    waarden = [
        veld.get_db_prep_save(veld.pre_save(rij, True), connection) for rij in rijen for veld in velden
    ]
    with connection.cursor() as cursor:
        cursor.execute(_opdracht(model, len(rijen), sla_dubbele_over), waarden)
    for rij in rijen:
        rij._state.adding = False
        rij._state.db = connection.alias


@lru_cache(maxsize=64)
def _opdracht(model: type[models.Model], aantal: int, sla_dubbele_over: bool) -> str:
    velden = _velden(model)
    rij = SQL("({})").format(SQL(", ").join([Placeholder()] * len(velden)))
    opdracht = SQL("INSERT INTO {} ({}) VALUES {}").format(
        Identifier(model._meta.db_table),
        SQL(", ").join([Identifier(str(veld.column)) for veld in velden]),
        SQL(", ").join([rij] * aantal),
    )
    return (opdracht + SQL(" ON CONFLICT DO NOTHING") if sla_dubbele_over else opdracht).as_string()


def _velden(model: type[models.Model]) -> list[models.Field[object, object]]:
    return [veld for veld in model._meta.concrete_fields if not isinstance(veld, models.AutoField)]
