"""Whether the logboek is still what was written: every line against its hash, its neighbour, the heads and the anchors.

Everything is computed anew by PostgreSQL from the columns, in statements that stand here: not by the trigger function
that made the chain, which an owner of the database could have replaced.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection

HOOGSTENS = 100
# The array has the columns in the order of migration 0003; `vorm` says which expression a line was made with.
_REGELS = """
SELECT id, keten, volgnr, op,
  CASE
    WHEN hoort_keten <> keten THEN 'verplaatst'
    WHEN volgnr = vorig_volgnr THEN 'dubbel'
    WHEN volgnr <> hoort THEN 'gat'
    WHEN vorige <> hash_ervoor THEN 'los'
    ELSE 'veranderd' END
FROM (
  SELECT r.id, r.keten, r.volgnr, r.op, r.vorige, r.hash,
    CASE WHEN r.dossier_id IS NOT NULL THEN 'dossier:' || r.dossier_id
         WHEN r.gebruiker_id IS NOT NULL THEN 'gebruiker:' || r.gebruiker_id
         ELSE 'systeem' END AS hoort_keten,
    coalesce(lag(r.hash) OVER w, decode(repeat('00', 32), 'hex')) AS hash_ervoor,
    coalesce(lag(r.volgnr) OVER w, 0) AS vorig_volgnr,
    coalesce(lag(r.volgnr) OVER w, 0) + 1 AS hoort,
    sha256(r.vorige || int8send(r.volgnr) || sha256(convert_to(jsonb_build_array(
      r.vorm, r.keten, r.id, r.op AT TIME ZONE 'UTC', r.begonnen_op AT TIME ZONE 'UTC', r.soort, r.handeling,
      r.gebruiker_id, r.organisatie_id, r.rol, r.onderwerp, r.onderwerp_id, r.dossier_id, r.client_id,
      r.kenmerk, r.gegevens, r.verwerking, host(r.adres), r.toestel, r.spoor, r.deel)::text, 'UTF8'))) AS berekend
  FROM logboek_regel r WINDOW w AS (PARTITION BY r.keten ORDER BY r.volgnr, r.id)
) x
WHERE vorige <> hash_ervoor OR volgnr <> hoort OR hash <> berekend OR keten <> hoort_keten
ORDER BY keten, volgnr LIMIT %s
"""
_KOPPEN = """
SELECT keten, k.volgnr, l.volgnr FROM logboek_keten k
FULL JOIN (SELECT DISTINCT ON (keten) keten, volgnr, vorige, hash FROM logboek_regel
           ORDER BY keten, volgnr DESC, id DESC) l USING (keten)
WHERE (k.volgnr, k.vorige, k.hash) IS DISTINCT FROM (l.volgnr, l.vorige, l.hash)
ORDER BY keten LIMIT %s
"""
_ANKERS = """
SELECT a.keten, a.volgnr, r.id IS NULL
FROM unnest(%s::text[], %s::bigint[], %s::text[]) AS a (keten, volgnr, hash)
LEFT JOIN logboek_regel r ON r.keten = a.keten AND r.volgnr = a.volgnr
WHERE encode(r.hash, 'hex') IS DISTINCT FROM a.hash
ORDER BY a.keten, a.volgnr LIMIT %s
"""
_BEWAKING = """
SELECT naam FROM unnest(ARRAY['schakel', 'alleen_toevoegen_rij', 'alleen_toevoegen_leeg']) naam
WHERE NOT EXISTS (SELECT FROM pg_trigger t
  WHERE t.tgrelid = 'logboek_regel'::regclass AND t.tgname = naam AND t.tgenabled = 'A')
"""
_TELLING = "SELECT (SELECT count(*) FROM logboek_regel), (SELECT count(*) FROM logboek_keten)"
_WOORDEN = {
    "verplaatst": "Regel {id} ({op:%Y-%m-%d %H:%M}) staat in keten {keten}, en hoort daar niet.",
    "dubbel": "In keten {keten} staat plaats {volgnr} er meer dan een keer (regel {id}).",
    "gat": "In keten {keten} ontbreken regels voor plaats {volgnr} (regel {id}).",
    "los": "Regel {id} ({op:%Y-%m-%d %H:%M}) sluit in keten {keten} niet aan op de regel ervoor.",
    "veranderd": "Regel {id} ({op:%Y-%m-%d %H:%M}) in keten {keten} is veranderd nadat zij geschreven was.",
}


class Schakel(NamedTuple):
    """A place in a chain, and the hash (hex) of the line that stands there."""

    keten: str
    volgnr: int
    hash: str


@dataclass(frozen=True)
class Breuk:
    """Something that isn't as it was written; `code` says of what kind, `tekst` which line."""

    code: str
    tekst: str


@dataclass(frozen=True)
class Uitkomst:
    """What one look at the whole logboek found, and how much was looked at."""

    breuken: tuple[Breuk, ...]
    regels: int
    ketens: int
    ankers: int

    @property
    def klopt(self) -> bool:
        return not self.breuken


def controleer(ankers: Sequence[Schakel] = ()) -> Uitkomst:
    """Look at every line, every head and these anchors; at most HOOGSTENS findings of each kind.

    A chain that was rewritten from some line to its end, with a new head, shows only by an anchor that was made before.
    """
    breuken = [*_bewaking(), *_regels(), *_koppen(), *_ankers(ankers)]
    with connection.cursor() as cursor:
        cursor.execute(_TELLING)
        regels, ketens = cursor.fetchone()
    return Uitkomst(tuple(breuken), regels, ketens, len(ankers))


def koppen() -> list[Schakel]:
    """The last line of every chain, as it stands now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT keten, volgnr, encode(hash, 'hex') FROM logboek_keten ORDER BY keten")
        return [Schakel(*rij) for rij in cursor.fetchall()]


def _bewaking() -> Iterable[Breuk]:
    with connection.cursor() as cursor:
        cursor.execute(_BEWAKING)
        for (naam,) in cursor.fetchall():
            yield Breuk("bewaking", f"De bewaking {naam} op het logboek staat niet aan.")


def _regels() -> Iterable[Breuk]:
    with connection.cursor() as cursor:
        cursor.execute(_REGELS, [HOOGSTENS])
        for nummer, keten, volgnr, op, code in cursor.fetchall():
            yield Breuk(code, _WOORDEN[code].format(id=nummer, keten=keten, volgnr=volgnr, op=op))


def _koppen() -> Iterable[Breuk]:
    with connection.cursor() as cursor:
        cursor.execute(_KOPPEN, [HOOGSTENS])
        for keten, kop, laatste in cursor.fetchall():
            yield Breuk(
                "kop",
                f"Keten {keten} eindigt bij plaats {laatste or 'geen'}; volgens de kop is dat {kop or 'geen'}, of de "
                "hash is een andere.",
            )


def _ankers(ankers: Sequence[Schakel]) -> Iterable[Breuk]:
    if not ankers:
        return
    kolommen = [list(kolom) for kolom in zip(*ankers, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_ANKERS, [*kolommen, HOOGSTENS])
        for keten, volgnr, weg in cursor.fetchall():
            wat = "is er niet meer" if weg else "is niet meer wat zij was"
            yield Breuk("anker", f"Plaats {volgnr} in keten {keten} {wat} toen het anker werd gemaakt.")
