"""Turning the field keys while they are in use: every encrypted value is written anew under the first key.

Nothing is remembered beside the values: each says itself under which key it was written. So a run that was stopped,
or killed, goes on where it was, and two at once do no harm. Put the new key in front of the old ones first, restart
every process, turn, look at `stand`, and only then take the old key out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from psycopg.sql import SQL, Composed, Identifier

from ips_subsidie.opslag.velden import (
    OntcijferFout,
    VersleuteldTekstVeld,
    ontcijfer,
    schrijfsleutel_naam,
    versleutel,
)

PARTIJ = 500

_KIES = SQL(
    "SELECT {pk}, {kolom} FROM {tabel} WHERE {kolom} IS NOT NULL AND substring({kolom} FROM 2 FOR 1) <> %s"
    " ORDER BY {pk} LIMIT %s FOR NO KEY UPDATE"
)
_KIES_VERDER = SQL(
    "SELECT {pk}, {kolom} FROM {tabel} WHERE {kolom} IS NOT NULL AND substring({kolom} FROM 2 FOR 1) <> %s"
    " AND {pk} > %s ORDER BY {pk} LIMIT %s FOR NO KEY UPDATE"
)
_SCHRIJF = SQL("UPDATE {tabel} SET {kolom} = %s WHERE {pk} = %s")
_STAND = SQL(
    "SELECT substring({kolom} FROM 2 FOR 1), count(*) FROM {tabel} WHERE {kolom} IS NOT NULL GROUP BY 1 ORDER BY 1"
)


@dataclass(frozen=True)
class Kolom:
    """One column of encrypted values."""

    model: type[models.Model]
    veld: VersleuteldTekstVeld

    @property
    def naam(self) -> str:
        return f"{self.model._meta.db_table}.{self.veld.column}"

    def opdracht(self, tekst: SQL) -> str:
        pk = self.model._meta.pk
        assert pk is not None
        opgemaakt: Composed = tekst.format(
            tabel=Identifier(self.model._meta.db_table),
            kolom=Identifier(str(self.veld.column)),
            pk=Identifier(str(pk.column)),
        )
        return opgemaakt.as_string()


@dataclass
class Uitkomst:
    """How many values were written anew, and which couldn't be read: by table and key of the row, never the value."""

    geschreven: int = 0
    onleesbaar: list[str] = field(default_factory=list)


def kolommen() -> list[Kolom]:
    """Every encrypted column of the project."""
    return [
        Kolom(model, veld)
        for model in apps.get_models()
        for veld in model._meta.concrete_fields
        if isinstance(veld, VersleuteldTekstVeld)
    ]


def stand(kolom: Kolom) -> Counter[str]:
    """How many values were written under each key, by its name."""
    with connection.cursor() as cursor:
        cursor.execute(kolom.opdracht(_STAND))
        return Counter({bytes(naam).decode("latin-1"): aantal for naam, aantal in cursor.fetchall()})


def roteer(
    kolom: Kolom, *, partij: int = PARTIJ, na_partij: Callable[[int], None] = lambda aantal: None
) -> Uitkomst:
    """Write every value of this column under the first key; one transaction for each `partij` rows.

    The rows of one batch are locked as an act locks them, so an act waits for milliseconds and loses nothing. A value
    that can't be read stays as it is and is named in the result.
    """
    uitkomst = Uitkomst()
    for aantal in _partijen(kolom, partij, uitkomst):
        na_partij(aantal)
    return uitkomst


def _partijen(kolom: Kolom, partij: int, uitkomst: Uitkomst) -> Iterator[int]:
    laatste: Any = None
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            gebonden = kolom.naam.encode()
            nieuw = schrijfsleutel_naam()
            if laatste is None:
                cursor.execute(kolom.opdracht(_KIES), [nieuw, partij])
            else:
                cursor.execute(kolom.opdracht(_KIES_VERDER), [nieuw, laatste, partij])
            rijen = cursor.fetchall()
            anders = []
            for pk, rauw in rijen:
                try:
                    anders.append((versleutel(ontcijfer(bytes(rauw), gebonden), gebonden), pk))
                except OntcijferFout:
                    uitkomst.onleesbaar.append(f"{kolom.naam}: {pk}")
            if anders:
                cursor.executemany(kolom.opdracht(_SCHRIJF), anders)
        if not rijen:
            return
        uitkomst.geschreven += len(anders)
        laatste = rijen[-1][0]
        yield len(anders)
