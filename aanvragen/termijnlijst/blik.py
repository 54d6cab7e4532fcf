"""What one actor may see of what is due: the rows of each kind, before its day and its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet

from aanvragen.models import (
    Aanvraag,
    Beoordeling,
    Besluit,
    BesluitSoort,
    Bezwaar,
    Ingebrekestelling,
    Intrekkingsvoornemen,
    Stopbericht,
    Toestemming,
    Traject,
    Vaststelling,
)
from aanvragen.models.aanvraag import AanvraagQuerySet
from aanvragen.regels.bezwaar import OPEN_BEZWAAR, BezwaarStatus, Indiener
from aanvragen.regels.dwangsom import IngebrekestellingStatus
from aanvragen.regels.intrekking import VoornemenStatus
from aanvragen.regels.statussen import AanvraagStatus, ToestemmingStatus, TrajectStatus
from budget.models import Factuur
from budget.regels.regeling import Beslisser
from ips_subsidie.toegang.actor import Actor

# A traject that ends later than this asks for nothing yet.
VOORUIT = timedelta(days=180)
# What an instelling may want to object to.
_NADELIG = (
    BesluitSoort.AFWIJZING,
    BesluitSoort.BUITEN_BEHANDELING,
    BesluitSoort.VERLENGING_AFGEWEZEN,
    BesluitSoort.INTREKKING,
)


@dataclass
class Blik:
    """What one actor may see, on one day; asked once for all kinds together."""

    actor: Actor
    dag: date

    @cached_property
    def gezien(self) -> AanvraagQuerySet:
        return Aanvraag.objects.zichtbaar_voor(self.actor)

    @cached_property
    def eigen(self) -> AanvraagQuerySet:
        """Those that the party of this actor decides."""
        return self.gezien.filter(beslisser=self.beslisser.value)

    @cached_property
    def facturen(self) -> QuerySet[Factuur]:
        return Factuur.objects.zichtbaar_voor(self.actor)

    @property
    def beslisser(self) -> Beslisser:
        return Beslisser.UWV if self.actor.is_uwv else Beslisser.GEMEENTE

    def te_beslissen(self, *, beoordeeld: bool) -> AanvraagQuerySet:
        """While an aanvulling is waited for the term stands still (Awb 4:15), and nothing is due."""
        klaar = Exists(Beoordeling.objects.filter(aanvraag=OuterRef("pk")))
        lijst = self.gezien.te_beslissen(self.beslisser).exclude(status=AanvraagStatus.ONVOLLEDIG)
        if self.actor.is_gemeente:
            lijst = lijst.exclude(status=AanvraagStatus.BUDGET_GEVRAAGD)
        return lijst.filter(klaar if beoordeeld else ~klaar)

    def vaststellingen(self, *status: str) -> QuerySet[Vaststelling]:
        dossiers = self.gezien.filter(status=AanvraagStatus.TOEGEKEND)
        return Vaststelling.objects.filter(traject__aanvraag__in=dossiers, status__in=status)

    def toestemmingen(self) -> QuerySet[Toestemming]:
        return Toestemming.objects.filter(
            aanvraag__in=self.gezien, organisatie=self.actor.organisatie_id, status=ToestemmingStatus.GEVRAAGD
        )

    def lopende_trajecten(self) -> QuerySet[Traject]:
        return Traject.objects.filter(
            aanvraag__in=self.gezien.filter(status=AanvraagStatus.TOEGEKEND), status=TrajectStatus.GESTART,
            laatste_dag__range=(self.dag, self.dag + VOORUIT),
        )  # fmt: skip

    def stopberichten(self, status: str) -> QuerySet[Stopbericht]:
        return Stopbericht.objects.filter(traject__aanvraag__in=self.gezien, status=status)

    def niet_aangevuld(self) -> AanvraagQuerySet:
        """What was asked for did not come in time: go on without it, or leave it out of treatment (Awb 4:5)."""
        return self.eigen.filter(status=AanvraagStatus.ONVOLLEDIG, hersteltermijn_tot__lt=self.dag)

    def bezwaren(self) -> QuerySet[Bezwaar]:
        return Bezwaar.objects.filter(aanvraag__in=self.eigen, status__in=OPEN_BEZWAAR)

    def eigen_bezwaren(self) -> QuerySet[Bezwaar]:
        """Those of the instelling itself that still need their gronden."""
        return Bezwaar.objects.filter(
            aanvraag__in=self.gezien, status=BezwaarStatus.ONTVANKELIJKHEID, indiener=Indiener.INSTELLING,
            herstel_tot__gte=self.dag,
        )  # fmt: skip

    def nog_te_bestrijden(self) -> QuerySet[Besluit]:
        """Besluiten that did not give what was asked, against which the instelling can still object, and did not."""
        bezwaar = Bezwaar.objects.filter(besluit=OuterRef("pk"), indiener=Indiener.INSTELLING)
        return Besluit.objects.filter(
            ~Exists(bezwaar), aanvraag__in=self.gezien, soort__in=_NADELIG, bezwaar_tot__gte=self.dag
        )

    def voornemens(self) -> QuerySet[Intrekkingsvoornemen]:
        """To withdraw, on which the instelling can still react."""
        return Intrekkingsvoornemen.objects.filter(
            aanvraag__in=self.gezien, status=VoornemenStatus.VOORGENOMEN, zienswijze_op__isnull=True,
            zienswijze_tot__gte=self.dag,
        )  # fmt: skip

    def ingebrekestellingen(self, status: IngebrekestellingStatus) -> QuerySet[Ingebrekestelling]:
        return Ingebrekestelling.objects.filter(aanvraag__in=self.eigen, status=status)
