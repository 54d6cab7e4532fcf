"""Many dossiers quickly: copies of one that was made through the acts, by SQL. For measuring only."""

from __future__ import annotations

from typing import Any

from django.db import connection, models

from aanvragen.models import Aanvraag, Deelnemer
from budget.models import Reservering

# Spread over two months before the original, so that order and indexes have something to do.
_VERSPREIDING = "make_interval(mins => mod(g * 7, 80000))"


def vermenigvuldig(aanvraag: Aanvraag, aantal: int) -> None:
    """Add `aantal` copies of a submitted aanvraag, each with its deelnemer and its place in the queue."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE kopie AS SELECT g, gen_random_uuid() AS a, gen_random_uuid() AS r, "
                       "gen_random_uuid() AS d, 'K' || g || '-' || %s AS kenmerk FROM generate_series(1, %s) g",
                       [aantal, aantal])  # fmt: skip
        rang = f"o.rang_op - {_VERSPREIDING}"
        kopieer(cursor, Reservering, aanvraag.reservering_id, {
            "id": "k.r", "kenmerk": "k.kenmerk", "volgnr": "nextval('budget_rang')",
            "rang_op": rang, "ontvangen_op": rang, "persoon": "convert_to(k.kenmerk, 'UTF8')",
        })  # fmt: skip
        kopieer(cursor, Aanvraag, aanvraag.pk, {
            "id": "k.a", "kenmerk": "k.kenmerk", "reservering_id": "k.r",
            "aangemaakt_op": f"o.aangemaakt_op - {_VERSPREIDING}",
            "beslis_uiterlijk": "o.beslis_uiterlijk - mod(g, 60)",
        })  # fmt: skip
        kopieer(cursor, Deelnemer, aanvraag.deelnemer.pk, {
            "id": "k.d", "aanvraag_id": "k.a", "bsn_index": "sha256(convert_to(k.kenmerk, 'UTF8'))",
        })  # fmt: skip
        cursor.execute("DROP TABLE kopie")


def kopieer(cursor: Any, model: type[models.Model], sleutel: object, anders: dict[str, str]) -> None:
    """Copy the row `sleutel` for each row of the table `kopie k`, with other expressions for some columns."""
    tabel = model._meta.db_table
    kolommen = [veld.column for veld in model._meta.concrete_fields]
    waarden = ", ".join(anders.get(kolom, f'o."{kolom}"') for kolom in kolommen)
    namen = ", ".join(f'"{kolom}"' for kolom in kolommen)
    cursor.execute(
        f'INSERT INTO "{tabel}" ({namen}) SELECT {waarden} FROM "{tabel}" o, kopie k WHERE o.id = %s',
        [sleutel],
    )
