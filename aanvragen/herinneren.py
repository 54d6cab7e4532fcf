"""Reminders: of a term that ends, and of a question that waits. Two statements a kind, however many are due.

Each milestone of a term goes out once (`Herinnering`). After days on which the program was off only the nearest
one that was missed is made up: who missed the 180th and the 90th day before the end hears of it once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse

from aanvragen.handelingen.budget_vragen import laten_verlopen
from aanvragen.handelingen.verlopen import laten_vervallen
from aanvragen.handelingen.verslag import verslag_vragen
from aanvragen.models import Aanvraag, Traject, Vaststelling
from aanvragen.regels.statussen import AanvraagStatus, TrajectStatus, VaststellingStatus
from budget.models import Regeling, RegelingVersie
from budget.regels.regeling import Herinneringen, Regelinginhoud
from ips_subsidie.berichten.uitbak import haast
from ips_subsidie.handelingen.weigering import HandelingGeweigerd
from ips_subsidie.kalender.klok import begin_van_dag, datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, INSTELLINGSROLLEN, Rol

# What a kind selects: over, termijn, dagen (until it, or waited), organisatie_id, aanvraag_id, kenmerk, versie_id.
_BIJ_UWV = """
    SELECT a.id AS over, a.beslis_uiterlijk AS termijn, a.beslis_uiterlijk - %(dag)s AS dagen,
           o.id AS organisatie_id, a.id AS aanvraag_id, a.kenmerk, a.regeling_versie_id AS versie_id
    FROM aanvragen_aanvraag a JOIN toegang_organisatie o ON o.soort = 'uwv'
    WHERE a.status IN ('ingediend', 'onvolledig', 'in_behandeling') AND a.beslis_uiterlijk BETWEEN %(dag)s AND %(verst)s
      AND a.status <> 'onvolledig'  -- the term stands still; named apart, so that the index of the worklist serves
      AND a.beslisser = 'uwv'
"""
_BIJ_GEMEENTE = """
    SELECT a.id AS over, a.beslis_uiterlijk AS termijn, a.beslis_uiterlijk - %(dag)s AS dagen,
           a.gemeente_organisatie_id AS organisatie_id, a.id AS aanvraag_id, a.kenmerk,
           a.regeling_versie_id AS versie_id
    FROM aanvragen_aanvraag a
    WHERE a.status IN ('ingediend', 'in_behandeling', 'budget_gevraagd', 'budget_gereserveerd', 'geen_budget')
      AND a.beslis_uiterlijk BETWEEN %(dag)s AND %(verst)s AND a.beslisser = 'gemeente'
"""
# The instant until which budget is held is the first one after the last day that counts.
_RESERVERING = """
    SELECT r.id AS over, w.tot AS termijn, w.tot - %(dag)s AS dagen,
           a.gemeente_organisatie_id AS organisatie_id, a.id AS aanvraag_id, a.kenmerk,
           a.regeling_versie_id AS versie_id
    FROM aanvragen_aanvraag a JOIN budget_reservering r ON r.id = a.reservering_id
      CROSS JOIN LATERAL (SELECT (r.gereserveerd_tot AT TIME ZONE 'Europe/Amsterdam')::date - 1 AS tot) w
    WHERE a.status = 'budget_gereserveerd' AND w.tot BETWEEN %(dag)s AND %(verst)s
"""
_BEOORDEELD = "EXISTS (SELECT FROM aanvragen_beoordeling b WHERE b.aanvraag_id = a.id)"
_HERSTEL = """
    SELECT a.id AS over, a.hersteltermijn_tot AS termijn, a.hersteltermijn_tot - %(dag)s AS dagen,
           i.organisatie_id, a.id AS aanvraag_id, a.kenmerk, a.regeling_versie_id AS versie_id
    FROM aanvragen_aanvraag a JOIN aanvragen_ggzinstelling i ON i.id = a.instelling_id
    WHERE a.status = 'onvolledig' AND a.hersteltermijn_tot BETWEEN %(dag)s AND %(verst)s
"""
_TRAJECT = """
    SELECT t.id AS over, t.laatste_dag AS termijn, t.laatste_dag - %(dag)s AS dagen,
           i.organisatie_id, a.id AS aanvraag_id, a.kenmerk, a.regeling_versie_id AS versie_id
    FROM aanvragen_traject t JOIN aanvragen_aanvraag a ON a.id = t.aanvraag_id
      JOIN aanvragen_ggzinstelling i ON i.id = a.instelling_id
    WHERE t.status = 'gestart' AND t.laatste_dag BETWEEN %(dag)s AND %(verst)s AND a.status = 'toegekend'
"""
_TOESTEMMING = """
    SELECT t.id AS over, w.gevraagd AS termijn, %(dag)s - w.gevraagd AS dagen,
           t.organisatie_id, a.id AS aanvraag_id, a.kenmerk, a.regeling_versie_id AS versie_id
    FROM aanvragen_toestemming t JOIN aanvragen_aanvraag a ON a.id = t.aanvraag_id
      CROSS JOIN LATERAL (SELECT (t.gevraagd_op AT TIME ZONE 'Europe/Amsterdam')::date AS gevraagd) w
    WHERE t.status = 'gevraagd' AND t.gevraagd_op < %(gevraagd_voor)s
"""
_STOPBERICHT = """
    SELECT s.id AS over, w.gemeld AS termijn, %(dag)s - w.gemeld AS dagen,
           a.gemeente_organisatie_id AS organisatie_id, a.id AS aanvraag_id, a.kenmerk,
           a.regeling_versie_id AS versie_id
    FROM aanvragen_stopbericht s JOIN aanvragen_traject t ON t.id = s.traject_id
      JOIN aanvragen_aanvraag a ON a.id = t.aanvraag_id
      CROSS JOIN LATERAL (SELECT (s.gemeld_op AT TIME ZONE 'Europe/Amsterdam')::date AS gemeld) w
    WHERE s.status = 'verzonden' AND s.gemeld_op < %(gevraagd_voor)s
      AND a.status = 'toegekend' AND a.gemeente_organisatie_id IS NOT NULL
"""
_VERSLAG = """
    SELECT v.id AS over, w.tot AS termijn, w.tot - %(dag)s AS dagen,
           i.organisatie_id, a.id AS aanvraag_id, a.kenmerk, a.regeling_versie_id AS versie_id
    FROM aanvragen_vaststelling v JOIN aanvragen_traject t ON t.id = v.traject_id
      JOIN aanvragen_aanvraag a ON a.id = t.aanvraag_id JOIN aanvragen_ggzinstelling i ON i.id = a.instelling_id
      CROSS JOIN LATERAL (SELECT coalesce(v.termijn_tot, v.verslag_uiterlijk) AS tot) w
    WHERE v.status = 'verslag_gevraagd' AND w.tot BETWEEN %(dag)s AND %(verst)s AND a.status = 'toegekend'
"""
_TIJDVAK = """
    SELECT i.organisatie_id AS over, %(sluit)s AS termijn, %(sluit)s - %(dag)s AS dagen,
           i.organisatie_id, NULL::uuid AS aanvraag_id, '' AS kenmerk, %(versie)s AS versie_id
    FROM aanvragen_ggzinstelling i
    WHERE EXISTS (SELECT FROM aanvragen_aanvraag a WHERE a.instelling_id = i.id
                  AND a.status IN ('concept', 'wacht_op_toestemming') AND a.regeling_id = %(regeling)s)
"""

# The nearest milestone that was reached: the smallest before a term, the largest of what was waited.
_TOT_TERMIJN = ("min", ">=")
_GEWACHT = ("max", "<=")

_BEREIKT = """
WITH rij AS ({rij}),
bereikt AS (
    SELECT rij.*, dichtst.mijlpaal FROM rij CROSS JOIN LATERAL (
        SELECT {kies}(m) AS mijlpaal FROM unnest(%(versies)s::bigint[], %(mijlpalen)s::int[]) AS x(versie, m)
        WHERE x.versie = rij.versie_id AND x.m {vergelijk} rij.dagen
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
INSERT INTO berichten_bericht (organisatie_id, rol, soort, onderwerp_id, dag, titel, pad, gemaakt_op)
SELECT b.organisatie_id, rol, 'herinnering_' || %(soort)s || '_' || b.mijlpaal, coalesce(b.aanvraag_id, b.over)::text,
       %(dag)s, replace(replace(%(titel)s, '[dag]', to_char(b.termijn, 'DD-MM-YYYY')), '[kenmerk]', b.kenmerk),
       replace(%(pad)s, %(leeg)s, coalesce(b.aanvraag_id, b.over)::text), %(nu)s
FROM bereikt b
JOIN aanvragen_herinnering h ON h.onderwerp_id = b.over AND h.soort = %(soort)s AND h.termijn = b.termijn
    AND h.mijlpaal = b.mijlpaal AND h.gedaan_op = %(nu)s
CROSS JOIN unnest(%(rollen)s::text[]) AS rol
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True)
class Soort:
    """One kind of reminder. In `titel` stand [dag] for the term and [kenmerk]; it names nobody."""

    code: str
    rij: str
    instelling: Callable[[Herinneringen], tuple[int, ...]]
    rollen: tuple[Rol, ...]
    titel: str
    kies: tuple[str, str] = _TOT_TERMIJN


SOORTEN = (
    Soort(
        "beslistermijn", f"{_BIJ_UWV} AND NOT {_BEOORDEELD}", lambda h: h.beslistermijn, (Rol.UWV_BEOORDELAAR,),
        "Beoordeel een aanvraag: beslissen kan tot en met [dag] ([kenmerk])",
    ),
    Soort(
        "beslistermijn", f"{_BIJ_UWV} AND {_BEOORDEELD}", lambda h: h.beslistermijn, (Rol.UWV_BESLISSER,),
        "Neem een besluit: dat kan tot en met [dag] ([kenmerk])",
    ),
    Soort(
        "beslistermijn", f"{_BIJ_GEMEENTE} AND NOT {_BEOORDEELD}", lambda h: h.beslistermijn,
        (Rol.GEMEENTEMEDEWERKER,),
        "Beoordeel een aanvraag: beslissen kan tot en met [dag] ([kenmerk])",
    ),
    Soort(
        "beslistermijn", f"{_BIJ_GEMEENTE} AND {_BEOORDEELD}", lambda h: h.beslistermijn,
        (Rol.GEMEENTEBESLISSER,),
        "Neem een besluit: dat kan tot en met [dag] ([kenmerk])",
    ),
    Soort(
        "reservering", _RESERVERING, lambda h: h.reservering, GEMEENTEROLLEN,
        "Neem een besluit: het budget is gereserveerd tot en met [dag] ([kenmerk])",
    ),
    Soort(
        "hersteltermijn", _HERSTEL, lambda h: h.hersteltermijn, INSTELLINGSROLLEN,
        "Vul een aanvraag aan: dat kan tot en met [dag] ([kenmerk])",
    ),
    Soort(
        "wachten_op_toestemming", _TOESTEMMING, lambda h: h.wachten_op_toestemming, GEMEENTEROLLEN,
        "Een vraag om toestemming wacht op u sinds [dag] ([kenmerk])", kies=_GEWACHT,
    ),
    Soort(
        "einde_traject", _TRAJECT, lambda h: h.einde_traject, INSTELLINGSROLLEN,
        "Een traject loopt tot en met [dag]: wilt u verlengen, vraag dat op tijd ([kenmerk])",
    ),
    Soort(
        "stopbericht", _STOPBERICHT, lambda h: h.stopbericht, GEMEENTEROLLEN,
        "Bevestig een stopbericht: het wacht op u sinds [dag] ([kenmerk])", kies=_GEWACHT,
    ),
    Soort(
        "verslag", _VERSLAG, lambda h: h.verslag, INSTELLINGSROLLEN,
        "Stuur het beëindigingsverslag: dat kan tot en met [dag] ([kenmerk])",
    ),
)  # fmt: skip


def herinner(nu: datetime) -> int:
    """Place every reminder that is due and was not placed before; returns how many berichten."""
    versies = list(RegelingVersie.objects.all())
    aantal = sum(_plaats(soort, _mijlpalen(soort, versies), nu) for soort in SOORTEN)
    return aantal + sum(_sluitend(regeling, nu) for regeling in Regeling.objects.all())


def laat_vervallen(nu: datetime) -> int:
    """Let lapse what still waits for toestemming after the last tijdvak of its regeling; returns how many."""
    vervallen = 0
    for regeling in Regeling.objects.all():
        inhoud = _inhoud_op(regeling, nu)
        if inhoud is None or datum_van(nu) <= max(t.tot_en_met for t in inhoud.tijdvakken):
            continue
        wachtend = Aanvraag.objects.filter(regeling=regeling, status=AanvraagStatus.WACHT_OP_TOESTEMMING)
        for aanvraag in wachtend.select_related("instelling", "regeling").iterator(chunk_size=500):
            try:
                laten_vervallen(aanvraag, Actor.systeem(), nu=nu)
            except HandelingGeweigerd:  # submitted meanwhile, or it has a day more after a storing
                continue
            vervallen += 1
    return vervallen


def laat_reserveringen_verlopen(nu: datetime) -> int:
    """Give budget back that was held and not used in time; returns how many."""
    voorbij = Aanvraag.objects.filter(
        status=AanvraagStatus.BUDGET_GERESERVEERD, reservering__gereserveerd_tot__lte=nu
    )
    verlopen = 0
    for aanvraag in voorbij.select_related("regeling_versie").iterator(chunk_size=500):
        try:
            laten_verlopen(aanvraag, Actor.systeem(), nu=nu)
        except HandelingGeweigerd:  # decided meanwhile
            continue
        verlopen += 1
    return verlopen


def vraag_verslagen(nu: datetime) -> int:
    """Ask for the verslag of every traject whose last day has passed; returns how many."""
    dag = datum_van(nu)
    afgelopen = Traject.objects.filter(
        ~Exists(
            Vaststelling.objects.filter(traject=OuterRef("pk")).exclude(status=VaststellingStatus.OPGESCHORT)
        ),
        status=TrajectStatus.GESTART,
        laatste_dag__lt=dag,
        aanvraag__status=AanvraagStatus.TOEGEKEND,
    )
    gevraagd = 0
    for traject in afgelopen.select_related("aanvraag__regeling_versie").iterator(chunk_size=500):
        try:
            verslag_vragen(traject, Actor.systeem(), nu=nu)
        except HandelingGeweigerd:  # a verlenging is still asked for, or it was stopped meanwhile
            continue
        gevraagd += 1
    return gevraagd


def _sluitend(regeling: Regeling, nu: datetime) -> int:
    """Instellingen with an aanvraag that was not sent yet, before a tijdvak closes; once an instelling."""
    inhoud = _inhoud_op(regeling, nu)
    mijlpalen = inhoud.herinneringen.einde_tijdvak if inhoud else ()
    if inhoud is None or not mijlpalen:
        return 0
    soort = Soort(
        f"einde_tijdvak_{regeling.pk}", _TIJDVAK, lambda h: h.einde_tijdvak, INSTELLINGSROLLEN,
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
    dag, dagen = datum_van(nu), [m for _, m in mijlpalen]
    leeg = UUID(int=0)
    kies, vergelijk = soort.kies
    bereikt = _BEREIKT.format(rij=soort.rij, kies=kies, vergelijk=vergelijk)
    waarden = {
        "soort": soort.code,
        "titel": soort.titel,
        "rollen": [rol.value for rol in soort.rollen],
        "versies": [versie for versie, _ in mijlpalen],
        "mijlpalen": dagen,
        "dag": dag,
        "verst": dag + timedelta(days=max(dagen)),
        "gevraagd_voor": begin_van_dag(dag - timedelta(days=min(dagen) - 1)),
        "nu": nu,
        "pad": pad or reverse("aanvragen:dossier", args=[leeg]),
        "leeg": str(leeg),
        **over,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        # Nobody waits for this, and it locks no row of another: it may take longer than a page.
        cursor.execute("SET LOCAL statement_timeout = '4min'")
        cursor.execute(bereikt + _ONTHOUD, waarden)
        if not cursor.rowcount:
            return 0
        cursor.execute(bereikt + _MELD, waarden)
        aantal: int = cursor.rowcount
        transaction.on_commit(haast, robust=True)
    return aantal


def _inhoud_op(regeling: Regeling, nu: datetime) -> Regelinginhoud | None:
    try:
        return regeling.versie_op(datum_van(nu)).inhoud
    except RegelingVersie.DoesNotExist:
        return None
