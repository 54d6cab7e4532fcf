"""Placing the reminders that are due: two statements a kind, however many there are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.urls import reverse

from aanvragen.herinneren.samen import doe_elk
from aanvragen.herinneren.soorten import SOORTEN, TIJDVAK, Soort
from budget.models import Regeling, RegelingVersie
from budget.regels.regeling import Regelinginhoud
from ips_subsidie.berichten.groepen import groep_van
from ips_subsidie.berichten.uitbak import haast_na_commit
from ips_subsidie.kalender.klok import begin_van_dag, datum_van
from ips_subsidie.toegang.rollen import INSTELLINGSROLLEN

# A term that passed while the program was off is still told of for so long.
INHALEN_DAGEN = 14

# Nobody waits for this, and it locks no row of another: it may take longer than a page. A second run of the same kind
# at the same moment has nothing to do, and would only wait for the first.
_BEGIN = """
SELECT set_config('statement_timeout', '4min', true),
       pg_try_advisory_xact_lock(hashtextextended('herinneren.' || %s, 0))
"""
_BEREIKT = """
WITH rij AS ({rij}),
bereikt AS (
    SELECT rij.*, dichtst.mijlpaal, dichtst.laatste FROM rij CROSS JOIN LATERAL (
        SELECT {kies}(m) FILTER (WHERE m {vergelijk} rij.dagen) AS mijlpaal, min(m) AS laatste
        FROM unnest(%(versies)s::bigint[], %(mijlpalen)s::int[]) AS x(versie, m) WHERE x.versie = rij.versie_id
    ) dichtst WHERE dichtst.mijlpaal IS NOT NULL
)
"""
_ONTHOUD = """
INSERT INTO aanvragen_herinnering (soort, onderwerp_id, termijn, mijlpaal, gedaan_op)
SELECT %(soort)s, over, termijn, mijlpaal, %(nu)s FROM bereikt
ON CONFLICT DO NOTHING
"""
# A statement of its own, over the index of what was just written: as one with the first, it would compare every
# row with every other (the planner cannot know how many come back from an INSERT).
_MELD = """
INSERT INTO berichten_bericht
    (organisatie_id, rol, gebruiker_id, soort, groep, onderwerp_id, termijn, titel, pad, gemaakt_op)
SELECT b.organisatie_id, rol, {eerst}, 'herinnering_' || %(soort)s || '_' || b.mijlpaal, %(groep)s,
       b.over::text, b.termijn,
       replace(replace({titel}, '[dag]', to_char(b.termijn, 'DD-MM-YYYY')), '[kenmerk]', b.kenmerk),
       replace(%(pad)s, %(leeg)s, coalesce(b.aanvraag_id, b.over)::text), %(nu)s
FROM bereikt b
JOIN aanvragen_herinnering h ON h.onderwerp_id = b.over AND h.soort = %(soort)s AND h.termijn = b.termijn
    AND h.mijlpaal = b.mijlpaal AND h.gedaan_op = %(nu)s
CROSS JOIN unnest(%(rollen)s::text[]) AS rol
ON CONFLICT DO NOTHING
"""
_OOK_TE_LAAT = (
    "CASE WHEN b.dagen < 0 THEN 'Te laat. ' || replace(%(titel)s, ' kan tot', ' kon tot') ELSE %(titel)s END"
)
# Who took the dossier up, as long as that person has this role there; at the last milestone everyone.
_EERST = """(
    SELECT l.gebruiker_id FROM aanvragen_aanvraag o JOIN toegang_lidmaatschap l ON l.gebruiker_id = o.opgepakt_door_id
      JOIN toegang_gebruiker g ON g.id = l.gebruiker_id AND g.is_active
    WHERE o.id = b.aanvraag_id AND l.organisatie_id = b.organisatie_id AND l.rol = rol AND l.geldig_van <= %(dag)s
      AND (l.geldig_tot IS NULL OR l.geldig_tot > %(dag)s) AND b.mijlpaal > b.laatste LIMIT 1)"""


def herinner(nu: datetime) -> int:
    """Place every reminder that is due and was not placed before; returns how many berichten."""
    versies = list(RegelingVersie.objects.all())
    per_soort = [partial(_plaats, soort, _mijlpalen(soort, versies), nu) for soort in SOORTEN]
    return doe_elk([*per_soort, *(partial(_sluitend, regeling, nu) for regeling in Regeling.objects.all())])


def inhoud_op(regeling: Regeling, nu: datetime) -> Regelinginhoud | None:
    """The regeling as it holds now, or None before it began."""
    try:
        return regeling.versie_op(datum_van(nu)).inhoud
    except RegelingVersie.DoesNotExist:
        return None


def _sluitend(regeling: Regeling, nu: datetime) -> int:
    """Instellingen with an aanvraag that was not sent yet, before a tijdvak closes; once an instelling."""
    inhoud = inhoud_op(regeling, nu)
    mijlpalen = inhoud.herinneringen.einde_tijdvak if inhoud else ()
    if inhoud is None or not mijlpalen:
        return 0
    soort = Soort(
        f"einde_tijdvak_{regeling.pk}", TIJDVAK, lambda h: h.einde_tijdvak, INSTELLINGSROLLEN,
        f"Verstuur uw aanvragen: het tijdvak van {inhoud.korte_naam} sluit na [dag]",
    )  # fmt: skip
    dag, versie = datum_van(nu), 0
    return sum(
        _plaats(
            soort, [(versie, m) for m in mijlpalen], nu, pad=reverse("aanvragen:lijst"),
            sluit=tijdvak.tot_en_met, versie=versie, regeling=regeling.pk,
        )
        for tijdvak in inhoud.tijdvakken
        if dag <= tijdvak.tot_en_met <= dag + timedelta(days=max(mijlpalen))
    )  # fmt: skip


def _mijlpalen(soort: Soort, versies: Iterable[RegelingVersie]) -> list[tuple[int, int]]:
    """Each milestone with the version it belongs to: an aanvraag keeps the settings it was received under."""
    return [(versie.pk, m) for versie in versies for m in soort.instelling(versie.inhoud.herinneringen)]


def _plaats(
    soort: Soort, mijlpalen: list[tuple[int, int]], nu: datetime, *, pad: str = "", **over: Any
) -> int:
    if not mijlpalen:
        return 0
    kies, vergelijk = soort.kies
    bereikt = _BEREIKT.format(rij=soort.rij, kies=kies, vergelijk=vergelijk)
    meld = _MELD.format(
        eerst=_EERST if soort.eerst_de_behandelaar else "NULL::uuid",
        titel=_OOK_TE_LAAT if soort.ook_te_laat else "%(titel)s",
    )
    waarden = _waarden(soort, mijlpalen, nu, pad) | over
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_BEGIN, [soort.code])
        _, vrij = cursor.fetchone()
        if not vrij:
            return 0
        cursor.execute(bereikt + _ONTHOUD, waarden)
        if not cursor.rowcount:
            return 0
        cursor.execute(bereikt + meld, waarden)
        aantal: int = cursor.rowcount
        haast_na_commit()
    return aantal


def _waarden(soort: Soort, mijlpalen: list[tuple[int, int]], nu: datetime, pad: str) -> dict[str, Any]:
    dag, dagen, leeg = datum_van(nu), [m for _, m in mijlpalen], UUID(int=0)
    return {
        "soort": soort.code,
        "groep": groep_van(f"herinnering_{soort.code}").value,
        "titel": soort.titel,
        "rollen": [rol.value for rol in soort.rollen],
        "versies": [versie for versie, _ in mijlpalen],
        "mijlpalen": dagen,
        "dag": dag,
        "vroegst": dag - timedelta(days=INHALEN_DAGEN if soort.ook_te_laat else 0),
        "verst": dag + timedelta(days=max(dagen)),
        "gevraagd_voor": begin_van_dag(dag - timedelta(days=min(dagen) - 1)),
        "nu": nu,
        "pad": pad or reverse("aanvragen:dossier", args=[leeg]),
        "leeg": str(leeg),
    }
