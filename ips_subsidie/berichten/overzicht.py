"""The daily mail: at 07:00 in Amsterdam everything that waited for it becomes one mail a person."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import connection, transaction

from ips_subsidie.kalender.klok import AMSTERDAM, datum_van

OM = time(7)

# Only one run makes them: two that each had a part of what waits for somebody would leave one part behind.
_SLOT = "SELECT pg_try_advisory_xact_lock(hashtextextended('berichten.overzicht', 0))"
_MAAK = """
WITH wacht AS (
    SELECT v.id, v.gebruiker_id FROM berichten_verzending v JOIN berichten_bericht b ON b.id = v.bericht_id
    WHERE v.status = 'wacht' AND greatest(b.gemaakt_op, b.doorgegeven_op) < %(tot)s FOR UPDATE OF v
), nieuw AS (
    INSERT INTO berichten_verzending (gebruiker_id, dag, status, pogingen, volgende_poging_op, fout)
    SELECT DISTINCT gebruiker_id, %(dag)s::date, 'klaar', 0, %(nu)s::timestamptz, '' FROM wacht
    ON CONFLICT DO NOTHING RETURNING id, gebruiker_id
)
UPDATE berichten_verzending v SET status = 'gebundeld', overzicht_id = n.id
FROM wacht w JOIN nieuw n ON n.gebruiker_id = w.gebruiker_id WHERE v.id = w.id
"""


def begin_van_overzicht(dag: date) -> datetime:
    """The instant of the daily mail of this day."""
    return datetime.combine(dag, OM, AMSTERDAM)


def maak_overzichten(nu: datetime) -> int:
    """Bundle what waits, from seven o'clock on, one mail a person and day; returns how many berichten it holds.

    What comes after seven waits for the next morning. After days on which the program was off there is one mail.
    """
    dag = datum_van(nu)
    tot = begin_van_overzicht(dag)
    if nu < tot:
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_SLOT)
        (vrij,) = cursor.fetchone()
        if not vrij:
            return 0
        cursor.execute(_MAAK, {"tot": tot, "dag": dag, "nu": nu})
        aantal: int = cursor.rowcount
    return aantal
