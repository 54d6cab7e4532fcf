"""What stands out in the use of the portal, found in the logboek of one day; run as often as you like.

A signaal is no verdict: it makes somebody look. Lists with names (`*.lijst`) are work, and count only where it is about
the name itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.urls import reverse
from psycopg.sql import SQL

from ips_subsidie.berichten.uitbak import plaats
from ips_subsidie.kalender.dagen import begin_van_dag
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.logboek.models import AFGESLOTEN, Signaal, SignaalSoort
from ips_subsidie.toegang.models import Organisatie
from ips_subsidie.toegang.rollen import OrganisatieSoort, Rol

# The law names no term; the AP fined hospitals whose logs were looked at now and then, by chance.
DAGEN_OM_TE_BEOORDELEN = 7
VEEL_PER_UUR = 20
VEEL_WEIGERINGEN = 5
# Nobody did anything in the dossier for so long.
DAGEN_ZONDER_TAAK = 90
# Hours in Amsterdam: from seven until eight in the evening, on working days.
WERKDAG_VAN, WERKDAG_TOT = 7, 20
STEEKPROEF = 10
# How far back a run looks for days that were missed.
DAGEN_TERUG = 7

_VAN_DE_DAG = SQL("r.op >= %(van)s AND r.op < %(tot)s AND r.gebruiker_id IS NOT NULL")
_GELEZEN = SQL(
    "{} AND r.soort = 'lezing' AND r.dossier_id IS NOT NULL AND r.handeling NOT LIKE '%%.lijst'"
).format(_VAN_DE_DAG)
_PER_PERSOON = SQL(
    "SELECT r.gebruiker_id, r.organisatie_id, count(*), (array_agg(r.id ORDER BY r.id))[1:50] FROM logboek_regel r"
)


def _vraag(tekst: LiteralString) -> str:
    """The statement with its parts filled in: what is read, by whom, on the day."""
    delen = {"per_persoon": _PER_PERSOON, "van_de_dag": _VAN_DE_DAG, "gelezen": _GELEZEN}
    return SQL(tekst).format(**delen).as_string()


_ZONDER_TAAK = _vraag("""{per_persoon}
WHERE {gelezen} AND r.organisatie_id IS NOT NULL
  -- Whoever had a part in it may look back at it; and in a dossier that moves there may be a task for anybody.
  AND NOT EXISTS (SELECT FROM logboek_regel d WHERE d.dossier_id = r.dossier_id AND d.soort = 'handeling'
    AND d.op < %(tot)s AND (d.gebruiker_id = r.gebruiker_id OR d.op >= %(taak_sinds)s))
GROUP BY 1, 2""")
_VEEL_CLIENTEN = _vraag("""
SELECT gebruiker_id, organisatie_id, sum(aantal)::int, (array_agg(eerste))[1:50] FROM (
  SELECT r.gebruiker_id, r.organisatie_id, date_trunc('hour', r.op) AS uur, count(*) AS aantal, min(r.id) AS eerste
  FROM logboek_regel r WHERE {gelezen} GROUP BY 1, 2, 3
  HAVING count(DISTINCT coalesce(r.client_id, r.dossier_id)) > %(veel)s) u
GROUP BY 1, 2""")
_BUITEN_UREN = _vraag("""{per_persoon}
WHERE {gelezen} AND (%(vrij)s OR extract(hour FROM r.op AT TIME ZONE 'Europe/Amsterdam') < %(begin)s
  OR extract(hour FROM r.op AT TIME ZONE 'Europe/Amsterdam') >= %(eind)s)
GROUP BY 1, 2""")
_EIGEN_NAAM = _vraag("""{per_persoon}
JOIN (SELECT id, achternaam FROM aanvragen_deelnemer
      UNION ALL SELECT id, achternaam FROM aanvragen_voordracht) p ON p.id = r.client_id
WHERE {van_de_dag} AND r.soort = 'lezing' AND length(p.achternaam) > 1 AND EXISTS (
  SELECT FROM toegang_gebruiker g JOIN toegang_lidmaatschap l ON l.gebruiker_id = g.id
  WHERE (g.id = r.gebruiker_id OR l.organisatie_id = r.organisatie_id)
    AND right(lower(' ' || g.naam), length(p.achternaam) + 1) = lower(' ' || p.achternaam))
GROUP BY 1, 2""")
# A refusal with reasons is an act that couldn't be done; without, it is a dossier that isn't theirs.
_WEIGERINGEN = _vraag("""{per_persoon}
WHERE {van_de_dag} AND r.soort = 'weigering' AND NOT jsonb_exists(r.gegevens, 'redenen')
GROUP BY 1, 2 HAVING count(*) >= %(weigeringen)s""")
_BEHEER = _vraag("""{per_persoon}
WHERE {van_de_dag} AND (r.handeling = 'noodtoegang.openen' AND r.soort = 'handeling' OR r.handeling = 'beheer.inzage')
GROUP BY 1, 2""")
# By the hash of a line: nobody can know beforehand which ones it will be, and a second run gives the same.
_STEEKPROEF = """
SELECT NULL::uuid, NULL::uuid, count(*), array_agg(id) FROM (
  SELECT r.id FROM logboek_regel r WHERE r.op >= %(week)s AND r.op < %(tot)s AND r.gebruiker_id IS NOT NULL
    AND r.soort = 'lezing' AND r.dossier_id IS NOT NULL ORDER BY r.hash LIMIT %(steekproef)s) s
HAVING count(*) > 0"""
_VRAGEN: dict[SignaalSoort, str] = {
    SignaalSoort.ZONDER_TAAK: _ZONDER_TAAK,
    SignaalSoort.VEEL_CLIENTEN: _VEEL_CLIENTEN,
    SignaalSoort.BUITEN_UREN: _BUITEN_UREN,
    SignaalSoort.EIGEN_NAAM: _EIGEN_NAAM,
    SignaalSoort.WEIGERINGEN: _WEIGERINGEN,
    SignaalSoort.BEHEER: _BEHEER,
}
_VRIJ = "SELECT EXISTS (SELECT FROM kalender_feestdag WHERE datum = %s)"


class _Vondst(NamedTuple):
    gebruiker_id: UUID | None
    organisatie_id: UUID | None
    aantal: int
    regels: list[int]


def zoek(nu: datetime) -> int:
    """Make the signalen of the past days that aren't there yet; how many are new. Today's are of tomorrow's run."""
    vandaag = datum_van(nu)
    dagen = [vandaag - timedelta(days=terug) for terug in range(DAGEN_TERUG, 0, -1)]
    return sum(zoek_op(dag, nu) for dag in dagen)


@transaction.atomic
def zoek_op(dag: date, nu: datetime) -> int:
    """Make the signalen of this day (in Amsterdam) that aren't there yet, on a Sunday also the sample of the week."""
    soorten = dict(_VRAGEN)
    if dag.isoweekday() == 7:
        soorten[SignaalSoort.STEEKPROEF] = _STEEKPROEF
    er_is = set(Signaal.objects.filter(dag=dag).values_list("soort", "gebruiker_id", "organisatie_id"))
    nieuw = [
        Signaal(
            soort=soort,
            dag=dag,
            gebruiker_id=vondst.gebruiker_id,
            organisatie_id=vondst.organisatie_id,
            aantal=vondst.aantal,
            regels=vondst.regels,
            gemaakt_op=nu,
            uiterlijk=datum_van(nu) + timedelta(days=DAGEN_OM_TE_BEOORDELEN),
        )
        for soort, vraag in soorten.items()
        for vondst in _vind(vraag, dag)
        if (soort, vondst.gebruiker_id, vondst.organisatie_id) not in er_is
    ]
    Signaal.objects.bulk_create(nieuw, ignore_conflicts=True)
    return len(nieuw)


def _vind(vraag: str, dag: date) -> Iterable[_Vondst]:
    waarden: dict[str, Any] = {
        "van": begin_van_dag(dag),
        "tot": begin_van_dag(dag + timedelta(days=1)),
        "week": begin_van_dag(dag - timedelta(days=6)),
        "taak_sinds": begin_van_dag(dag - timedelta(days=DAGEN_ZONDER_TAAK)),
        "veel": VEEL_PER_UUR,
        "weigeringen": VEEL_WEIGERINGEN,
        "steekproef": STEEKPROEF,
        "begin": WERKDAG_VAN,
        "eind": WERKDAG_TOT,
        "vrij": _is_vrij(dag),
    }
    with connection.cursor() as cursor:
        cursor.execute(vraag, waarden)
        return [_Vondst(*rij) for rij in cursor.fetchall()]


def _is_vrij(dag: date) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_VRIJ, [dag])
        return dag.isoweekday() > 5 or bool(cursor.fetchone()[0])


def herinner(nu: datetime) -> None:
    """Tell the toezichthouders what is new today, and what should have been looked at by now; each once a day."""
    vandaag = datum_van(nu)
    open_ = Signaal.objects.exclude(oordelen__uitkomst__in=AFGESLOTEN)
    telling: tuple[tuple[str, int, Callable[[int], str]], ...] = (
        ("signalen_nieuw", open_.filter(gemaakt_op__gte=begin_van_dag(vandaag)).count(), _nieuw),
        ("signalen_te_laat", open_.filter(uiterlijk__lt=vandaag).count(), _te_laat),
    )
    wie = Organisatie.objects.filter(soort=OrganisatieSoort.BEHEER).values_list("pk", flat=True)
    for soort, aantal, titel in telling:
        if aantal:
            plaats(
                wie, [Rol.TOEZICHTHOUDER], soort=soort, titel=titel(aantal), pad=reverse("toezicht:overzicht"),
                onderwerp_id="signalen", termijn=vandaag, nu=nu,
            )  # fmt: skip


def _nieuw(aantal: int) -> str:
    return f"Er {'is 1 nieuw signaal' if aantal == 1 else f'zijn {aantal} nieuwe signalen'} om te beoordelen"


def _te_laat(aantal: int) -> str:
    return f"{'1 signaal had' if aantal == 1 else f'{aantal} signalen hadden'} al beoordeeld moeten zijn"
