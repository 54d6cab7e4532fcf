"""Until when a dossier is kept, and what holds it longer (AVG art. 5 lid 1 e; Archiefwet 1995 art. 3 and 5).

The term begins with the last act on the dossier, as the logboek has it: a payment or a late bezwaar moves it along. A
concept that was never sent is nobody's archive; it goes a year after its last act.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Greatest

from aanvragen.models import (
    Aanvraag,
    Besluit,
    Bewaarplicht,
    Bezwaar,
    Ingebrekestelling,
    Vaststelling,
    Voordracht,
)
from aanvragen.regels.bezwaar import OPEN_BEZWAAR
from aanvragen.regels.dwangsom import IngebrekestellingStatus
from aanvragen.regels.statussen import OPEN_VASTSTELLING, AanvraagStatus, TrajectStatus
from budget.models import Betaalverplichting, Terugvordering
from budget.models.terugvorderingen import TerugvorderingStatus
from budget.models.verplichtingen import VerplichtingStatus
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.logboek.models import Regel, Soort

CONCEPT_JAREN = 1
_KLAAR = (
    AanvraagStatus.CONCEPT, AanvraagStatus.AFGEWEZEN, AanvraagStatus.BUITEN_BEHANDELING, AanvraagStatus.INGETROKKEN,
    AanvraagStatus.VERVALLEN, AanvraagStatus.BESLUIT_INGETROKKEN, AanvraagStatus.TOEGEKEND,
)  # fmt: skip

# What holds a dossier, in words that the operator reads, by the name of its column in the query.
REDENEN = {
    "loopt": "het dossier is nog niet afgelopen",
    "vast": "er is een bewaarplicht gezet",
    "bezwaar": "er loopt een bezwaar",
    "termijn": "bezwaar of beroep kan nog",
    "in_gebreke": "er loopt een ingebrekestelling",
    "te_betalen": "er is nog niet alles betaald",
    "terug_te_vorderen": "er loopt een terugvordering",
    "vast_te_stellen": "de subsidie is nog niet vastgesteld",
}


@dataclass(frozen=True)
class Bewaarstand:
    """One dossier: when it ended, the last day on which it is kept (inclusive), and what holds it."""

    aanvraag: Aanvraag
    einde: date
    bewaren_tot: date
    redenen: tuple[str, ...]

    def mag_weg(self, op: date) -> bool:
        return op > self.bewaren_tot and not self.redenen


def standen(op: date, aanvragen: QuerySet[Aanvraag] | None = None) -> Iterator[Bewaarstand]:
    """Every dossier that was not destroyed, oldest first; one query."""
    rijen = (Aanvraag.objects.all() if aanvragen is None else aanvragen).filter(vernietigd_op__isnull=True)
    rijen = rijen.select_related("regeling", "regeling_versie").annotate(
        laatst=_laatste_handeling(), **_wat_vasthoudt(op)
    )
    for aanvraag in rijen.order_by("aangemaakt_op", "id").iterator(chunk_size=500):
        einde = datum_van(aanvraag.laatst)
        redenen = tuple(tekst for naam, tekst in REDENEN.items() if getattr(aanvraag, naam))
        yield Bewaarstand(aanvraag, einde, jaren_na(einde, _jaren(aanvraag)), redenen)


def jaren_na(dag: date, jaren: int) -> date:
    """The same day so many years later; 29 February becomes 28 February."""
    try:
        return dag.replace(year=dag.year + jaren)
    except ValueError:
        return dag.replace(year=dag.year + jaren, day=28)


def te_vernietigen(op: date, lijst: Iterable[Bewaarstand]) -> list[Bewaarstand]:
    return [stand for stand in lijst if stand.mag_weg(op)]


def oude_voordrachten(op: date) -> QuerySet[Voordracht]:
    """Those that led to no aanvraag, a year after the answer, or after they were made where none came."""
    grens = jaren_na(op, -CONCEPT_JAREN)
    laatst = Coalesce("beantwoord_op", "gedaan_op")
    return Voordracht.objects.annotate(laatst=laatst).filter(aanvraag__isnull=True, laatst__date__lt=grens)


def _jaren(aanvraag: Aanvraag) -> int:
    return CONCEPT_JAREN if aanvraag.status == AanvraagStatus.CONCEPT else aanvraag.inhoud.bewaartermijn_jaren


def _laatste_handeling() -> Greatest:
    """Greatest() leaves out what is NULL."""
    gedaan = Regel.objects.filter(dossier_id=OuterRef("pk"), soort=Soort.HANDELING).order_by("-op", "-pk")
    besloten = Besluit.objects.filter(aanvraag=OuterRef("pk")).order_by("-bekendgemaakt_op", "-pk")
    return Greatest(
        "aangemaakt_op",
        Subquery(gedaan.values("op")[:1]),
        Subquery(besloten.values("bekendgemaakt_op")[:1]),
        "beslist_op",
        output_field=DateTimeField(),
    )


def _wat_vasthoudt(op: date) -> dict[str, Combinable]:
    dossier = {"aanvraag": OuterRef("pk")}
    loopt_af = Q(traject__status__in=[TrajectStatus.VOORTIJDIG_BEEINDIGD, TrajectStatus.NIET_GESTART]) | Q(
        traject__status=TrajectStatus.GESTART, traject__laatste_dag__lt=op
    )
    klaar = Aanvraag.objects.filter(pk=OuterRef("pk"), status__in=_KLAAR).exclude(
        Q(status=AanvraagStatus.TOEGEKEND) & ~loopt_af
    )
    vaststelling = Vaststelling.objects.filter(traject__aanvraag=OuterRef("pk"))
    return {
        "loopt": ~Exists(klaar),
        "vast": Exists(Bewaarplicht.objects.filter(**dossier, opgeheven_op__isnull=True)),
        "bezwaar": Exists(Bezwaar.objects.filter(**dossier, status__in=OPEN_BEZWAAR)),
        "termijn": Exists(Besluit.objects.filter(**dossier, bezwaar_tot__gte=op)),
        "in_gebreke": Exists(
            Ingebrekestelling.objects.filter(
                **dossier, status__in=[IngebrekestellingStatus.LOOPT, IngebrekestellingStatus.VERBEURD]
            )
        ),
        "te_betalen": Exists(
            Betaalverplichting.objects.filter(reservering__aanvraag=OuterRef("pk")).exclude(
                status=VerplichtingStatus.AFGESLOTEN
            )
        ),
        "terug_te_vorderen": Exists(
            Terugvordering.objects.filter(
                verplichting__reservering__aanvraag=OuterRef("pk"), status=TerugvorderingStatus.OPEN
            )
        ),
        "vast_te_stellen": Exists(vaststelling.filter(status__in=OPEN_VASTSTELLING)),
    }
