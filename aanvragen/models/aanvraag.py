"""The aanvraag: the root of the dossier, and the row under whose lock every act on it happens."""

from __future__ import annotations

import secrets
import uuid
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from aanvragen.models.instelling import GgzInstelling
from aanvragen.regels.statussen import (
    BUDGET_BIJ_UWV,
    LEVENDE_TOESTEMMING,
    OPEN,
    AanvraagStatus,
    Fase,
    fase_van,
)
from budget.models import Regeling, RegelingVersie, Reservering
from budget.regels.regeling import Beslisser, Regelinginhoud, Route, Toets
from gemeenten.models import Gemeente, gemeenten_voor
from ips_subsidie.logboek.schrijven import Onderwerp
from ips_subsidie.opslag.models import Bestand
from ips_subsidie.toegang.actor import Actor

if TYPE_CHECKING:
    from aanvragen.models.handtekening import Handtekening
    from aanvragen.models.toestemming import Toestemming

# No vowels and no look-alikes: it can be spoken over the telephone, and spells nothing.
_LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"


def nieuw_kenmerk() -> str:
    return "IPS-" + "".join(secrets.choice(_LETTERS) for _ in range(7))


class Uitkering(models.TextChoices):
    UWV = "uwv", "Uitkering van UWV (bijvoorbeeld WIA, Wajong of Ziektewet)"
    BIJSTAND = "bijstand", "Bijstand van de gemeente"
    IOAW = "ioaw", "IOAW (voor oudere werklozen)"
    IOAZ = "ioaz", "IOAZ (voor oudere gewezen zelfstandigen)"
    BEIDE = "beide", "Uitkering van UWV en bijstand"
    GEEN = "geen", "Geen uitkering"


class Werk(models.TextChoices):
    GEEN = "geen", "Nee, geen betaald werk in loondienst"
    KLEIN = "klein", "Ja, een kleine baan"
    GROOT = "groot", "Ja, een gewone baan"


class Initiatief(models.TextChoices):
    INSTELLING = "instelling", "Ggz-instelling"
    GEMEENTE = "gemeente", "Gemeente (voordracht)"


class AanvraagQuerySet(models.QuerySet["Aanvraag"]):
    def zichtbaar_voor(self, actor: Actor | None) -> AanvraagQuerySet:
        """The dossiers that this actor may see; every query of a page begins here.

        An instelling sees its own, a gemeente (or the verband that acts for it today) those that came to her, UWV
        those that were submitted, and of what a gemeente decides those for which she asked budget. Ministerie and
        beheer see none.
        """
        if actor is None:
            return self.none()
        if actor.is_instelling:
            return self.filter(instelling__organisatie_id=actor.organisatie_id)
        if actor.is_gemeente:
            return self.filter(gemeente__in=gemeenten_voor(actor), gemeente_organisatie__isnull=False)
        if actor.is_uwv:
            van_uwv = Q(beslisser=Beslisser.UWV.value) | Q(budget_gevraagd_op__isnull=False)
            return self.filter(van_uwv, ontvangen_op__isnull=False)
        return self.none()

    def te_beslissen(self, beslisser: Beslisser) -> AanvraagQuerySet:
        """What this party must still decide, nearest beslistermijn first."""
        lijst = self.filter(beslisser=beslisser.value, status__in=OPEN)
        return lijst.order_by("beslis_uiterlijk", "id")

    def budgetvragen(self) -> AanvraagQuerySet:
        """For which a gemeente waits for the answer of UWV, longest first (part 2 of the form)."""
        return self.filter(status=AanvraagStatus.BUDGET_GEVRAAGD).order_by("budget_gevraagd_op", "id")


class Aanvraag(models.Model):
    """One aanvraag for one deelnemer. The fields of a concept may be empty; a submitted one is whole.

    `versie` counts the changes, so that a stale form is noticed. `beslis_uiterlijk` and `hersteltermijn_tot` are
    last days, inclusive. `regeling_versie` is the version under which it was received.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kenmerk = models.CharField("kenmerk", max_length=20, unique=True, default=nieuw_kenmerk, editable=False)
    regeling = models.ForeignKey(Regeling, models.PROTECT, related_name="aanvragen")
    regeling_versie = models.ForeignKey(RegelingVersie, models.PROTECT, related_name="aanvragen")
    instelling = models.ForeignKey(GgzInstelling, models.PROTECT, related_name="aanvragen")
    status = models.CharField(
        "status", max_length=24, choices=AanvraagStatus, default=AanvraagStatus.CONCEPT, editable=False
    )
    versie = models.PositiveIntegerField("versie", default=1, editable=False)
    initiatief = models.CharField(
        "initiatief", max_length=12, choices=Initiatief, default=Initiatief.INSTELLING
    )
    aangemaakt_op = models.DateTimeField("aangemaakt op")
    aangemaakt_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    # Onderdeel instelling en behandelaar
    behandelaar_naam = models.CharField("naam van de regiebehandelaar", max_length=120, blank=True)
    trajectbegeleider_naam = models.CharField("naam van de trajectbegeleider IPS", max_length=120, blank=True)
    trajectbegeleider_email = models.EmailField("e-mailadres van de trajectbegeleider", blank=True)
    trajectbegeleider_telefoon = models.CharField("telefoonnummer", max_length=20, blank=True)

    # Onderdeel deelnemer: the person stands in a table of its own, the place of residence here
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="aanvragen")

    # Onderdeel situatie en wens
    doelgroep = models.CharField("doelgroep", max_length=40, blank=True)
    uitkering = models.CharField("uitkering", max_length=12, choices=Uitkering, blank=True)
    route = models.CharField("route", max_length=40, blank=True)
    werk = models.CharField("werk", max_length=12, choices=Werk, blank=True)
    werk_uren = models.PositiveSmallIntegerField("uren per week", null=True, blank=True)
    werk_toelichting = models.TextField("waarom is dit een kleine baan?", max_length=1000, blank=True)
    ander_werk = models.BooleanField("wil ander werk", null=True, blank=True)
    werkzoekend_ingeschreven = models.BooleanField("ingeschreven als werkzoekende", null=True, blank=True)
    ander_traject = models.BooleanField("volgt een ander re-integratietraject", null=True, blank=True)
    werkwens_op = models.DateField("werkwens besproken op", null=True, blank=True)
    akkoord_op = models.DateField("akkoord van de deelnemer op", null=True, blank=True)

    # Onderdeel traject
    gewenste_start = models.DateField("gewenste start", null=True, blank=True)
    toelichting = models.TextField("toelichting", max_length=2000, blank=True)

    # From here on filled by acts only
    beslisser = models.CharField(
        "wie beslist",
        max_length=12,
        choices=[(b.value, b.name) for b in Beslisser],
        default=Beslisser.UWV.value,
        editable=False,
    )
    # Who handles it for the gemeente, from when it came to her on.
    gemeente_organisatie = models.ForeignKey(
        "toegang.Organisatie", models.PROTECT, null=True, blank=True, related_name="+"
    )
    budget_gevraagd_op = models.DateTimeField("budget gevraagd op", null=True, blank=True)
    budget_gevraagd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reservering = models.OneToOneField(
        Reservering, models.PROTECT, null=True, blank=True, related_name="aanvraag"
    )
    ontvangen_op = models.DateTimeField("ontvangen op", null=True, blank=True)
    na_storing = models.BooleanField("ontvangen na een storing", default=False)
    beslis_uiterlijk = models.DateField("beslissen voor of op", null=True, blank=True)
    aanvulling_gevraagd_op = models.DateField("aanvulling gevraagd op", null=True, blank=True)
    aanvulling_gevraagd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    aanvulling_vraag = models.TextField("wat ontbreekt", blank=True)
    # Codes of what the form asks and what is missing of it; see regels/aanvulling.py.
    aanvulling_punten = models.JSONField("wat het formulier vraagt en ontbreekt", default=list, blank=True)
    aanvulling_op_formulier = models.BooleanField("het formulier vroeg hierom", default=True)
    hersteltermijn_tot = models.DateField("aanvullen voor of op", null=True, blank=True)
    opgepakt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="opgepakt"
    )
    opgepakt_op = models.DateTimeField("opgepakt op", null=True, blank=True)
    beslist_op = models.DateTimeField("beslist op", null=True, blank=True)
    # A gegrond bezwaar took the refusal back: from then on it is treated and decided anew.
    heropend_op = models.DateTimeField("heropend na bezwaar op", null=True, blank=True)
    # The deelnemer no longer agrees to the aanvraag and to the sharing of his data (AVG art. 7 lid 3).
    akkoord_ingetrokken_op = models.DateTimeField(
        "akkoord ingetrokken op", null=True, blank=True, editable=False
    )
    # The term of keeping has passed: who it was about is gone, what is counted stays.
    vernietigd_op = models.DateTimeField("gegevens vernietigd op", null=True, blank=True, editable=False)

    objects = AanvraagQuerySet.as_manager()

    class Meta:
        verbose_name = "aanvraag"
        verbose_name_plural = "aanvragen"
        ordering = ("-aangemaakt_op", "id")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=AanvraagStatus.values), name="aanvraag_status_bekend"),
            models.CheckConstraint(
                condition=~Q(status__in=[*OPEN, "toegekend", "afgewezen", "buiten_behandeling"])
                | Q(
                    ontvangen_op__isnull=False, reservering__isnull=False, gemeente__isnull=False,
                    beslis_uiterlijk__isnull=False,
                ) & ~Q(route="") & ~Q(doelgroep=""),
                name="aanvraag_ingediend_is_compleet",
            ),
            models.CheckConstraint(
                condition=~Q(status="onvolledig") | Q(hersteltermijn_tot__isnull=False),
                name="aanvraag_onvolledig_met_termijn",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["toegekend", "afgewezen", "buiten_behandeling"])
                | Q(beslist_op__isnull=False),
                name="aanvraag_beslist_met_moment",
            ),
            models.CheckConstraint(
                condition=Q(opgepakt_door__isnull=True) | Q(opgepakt_op__isnull=False),
                name="aanvraag_opgepakt_met_moment",
            ),
            models.CheckConstraint(
                condition=Q(beslisser=Beslisser.UWV.value)
                | Q(beslisser=Beslisser.GEMEENTE.value) & (
                    Q(ontvangen_op__isnull=True) | Q(gemeente_organisatie__isnull=False)
                ),
                name="aanvraag_bij_een_beslisser",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=BUDGET_BIJ_UWV)
                | Q(
                    beslisser=Beslisser.GEMEENTE.value, budget_gevraagd_op__isnull=False,
                    budget_gevraagd_door__isnull=False,
                ),
                name="aanvraag_budget_is_gevraagd",
            ),
            models.CheckConstraint(
                condition=Q(akkoord_ingetrokken_op__isnull=True)
                | ~Q(status__in=[AanvraagStatus.CONCEPT, AanvraagStatus.WACHT_OP_TOESTEMMING, *OPEN]),
                name="aanvraag_zonder_akkoord_stopt",
            ),
        )  # fmt: skip
        indexes = (
            models.Index(fields=["instelling", "-aangemaakt_op", "id"], name="aanvraag_per_instelling"),
            models.Index(
                fields=["instelling", "status", "-aangemaakt_op", "id"], name="aanvraag_per_instelling_status"
            ),
            models.Index(
                fields=["gemeente", "-aangemaakt_op", "id"],
                name="aanvraag_per_gemeente",
                condition=Q(gemeente_organisatie__isnull=False),
            ),
            models.Index(
                fields=["beslis_uiterlijk", "id"],
                name="aanvraag_werkvoorraad",
                condition=Q(status__in=OPEN),
            ),
            models.Index(
                fields=["gemeente", "beslis_uiterlijk", "id"],
                name="aanvraag_werk_gemeente",
                condition=Q(status__in=OPEN, beslisser=Beslisser.GEMEENTE.value),
            ),
            models.Index(
                fields=["budget_gevraagd_op", "id"],
                name="aanvraag_budgetvragen",
                condition=Q(status="budget_gevraagd"),
            ),
            models.Index(
                fields=["hersteltermijn_tot", "id"],
                name="aanvraag_hersteltermijn",
                condition=Q(status="onvolledig"),
            ),
        )

    def __str__(self) -> str:
        return self.kenmerk

    @property
    def inhoud(self) -> Regelinginhoud:
        """The regeling as it holds for this aanvraag."""
        return self.regeling_versie.inhoud

    @property
    def routeregels(self) -> Route | None:
        return self.inhoud.route(self.route) if self.route else None

    @property
    def dossier(self) -> Aanvraag:
        """The aanvraag that a part of a dossier belongs to; every part with acts has this."""
        return self

    @property
    def gemeente_beslist(self) -> bool:
        """Does the gemeente receive, treat and decide it, and not UWV?"""
        return self.beslisser == Beslisser.GEMEENTE.value

    @property
    def fase(self) -> Fase:
        return fase_van(self.status, gemeente_beslist=self.gemeente_beslist)

    @property
    def heeft_behandelgegevens_voor_uwv(self) -> bool:
        """UWV sees the attestation of treatment only where it tests the content (domain text, T125)."""
        return self.routeregels is not None and self.routeregels.toets is Toets.INHOUDELIJK

    def hoort_bij(self, actor: Actor) -> bool:
        if self.vernietigd_op is not None:
            return False  # there is nobody left to act for
        if actor.is_instelling:
            return self.instelling.organisatie_id == actor.organisatie_id
        if actor.is_gemeente:
            return self.gemeente_organisatie_id is not None and self._van_gemeente(actor)
        return True

    def _van_gemeente(self, actor: Actor) -> bool:
        """Asked once a dossier and organisatie, however many acts ask it to draw their buttons."""
        bewaard: dict[UUID | None, bool] = self.__dict__.setdefault("_gemeente_van", {})
        if actor.organisatie_id not in bewaard:
            bewaard[actor.organisatie_id] = gemeenten_voor(actor).filter(pk__in=[self.gemeente_id]).exists()
        return bewaard[actor.organisatie_id]

    def levende_toestemming(self) -> Toestemming | None:
        """The toestemming that was asked and is not refused, withdrawn or expired.

        A page that has them all already keeps it in `_levende_toestemming`; under the lock of an act it is asked anew.
        """
        if "_levende_toestemming" in self.__dict__:
            bewaard: Toestemming | None = self.__dict__["_levende_toestemming"]
            return bewaard
        return self.toestemmingen.filter(status__in=LEVENDE_TOESTEMMING).first()

    def levende_handtekening(self) -> Handtekening | None:
        """The handtekening that has not lapsed; asked once for each version of the dossier."""
        bewaard: tuple[int, Handtekening | None] | None = self.__dict__.get("_handtekening")
        if bewaard is None or bewaard[0] != self.versie:
            bewaard = (self.versie, self.handtekeningen.filter(vervallen_op__isnull=True).first())
            self.__dict__["_handtekening"] = bewaard
        return bewaard[1]

    def onderwerp(self) -> Onderwerp:
        deelnemer = getattr(self, "deelnemer", None)
        return Onderwerp(
            "aanvragen.aanvraag",
            str(self.pk),
            dossier_id=self.pk,
            client_id=deelnemer.pk if deelnemer else None,
            kenmerk=self.kenmerk,
        )


class Bijlage(models.Model):
    """A file with the aanvraag. One that is taken away stays in the dossier's past."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    aanvraag = models.ForeignKey(Aanvraag, models.PROTECT, related_name="bijlagen")
    soort = models.CharField("soort", max_length=40)
    bestand = models.OneToOneField(Bestand, models.PROTECT, related_name="bijlage")
    toegevoegd_op = models.DateTimeField("toegevoegd op")
    toegevoegd_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    weggehaald_op = models.DateTimeField("weggehaald op", null=True, blank=True)

    class Meta:
        verbose_name = "bijlage"
        verbose_name_plural = "bijlagen"
        ordering = ("toegevoegd_op", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(weggehaald_op__isnull=True) | Q(weggehaald_op__gte=F("toegevoegd_op")),
                name="bijlage_weg_na_toegevoegd",
            ),
        )

    def __str__(self) -> str:
        return f"{self.soort} bij {self.aanvraag_id}"
