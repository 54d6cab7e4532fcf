"""What is owed after a grant: by whom, to whom, when it falls due. Amounts in integer cents incl. btw."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from budget.models.reserveringen import Reservering
from budget.regels.regeling import Mijlpaal
from gemeenten.models import OpvolgerOnbekend, gemeenten_voor, opvolger_op
from ips_subsidie.logboek.schrijven import Onderwerp
from ips_subsidie.toegang.actor import Actor


class Debiteur(models.TextChoices):
    UWV = "uwv", "UWV"
    GEMEENTE = "gemeente", "Gemeente"


class VerplichtingStatus(models.TextChoices):
    OPEN = "open", "Open"
    GEBLOKKEERD = "geblokkeerd", "Betalingen staan stil"
    AFGESLOTEN = "afgesloten", "Afgesloten"


def mag_zien(actor: Actor | None, pad: str = "") -> Q | None:
    """Which obligations this actor may see, as a filter on the relation `pad`; None for none of them.

    An instelling sees what is owed to it, UWV what UWV owes, a gemeente (or who acts for her today) what she owes.
    """
    if actor is None:
        return None
    if actor.is_instelling:
        return Q(**{f"{pad}crediteur_id": actor.organisatie_id})
    if actor.is_uwv:
        return Q(**{f"{pad}debiteur": Debiteur.UWV})
    if actor.is_gemeente:
        return Q(**{f"{pad}debiteur": Debiteur.GEMEENTE, f"{pad}gemeente__in": gemeenten_voor(actor)})
    return None


class BetaalverplichtingQuerySet(models.QuerySet["Betaalverplichting"]):
    def zichtbaar_voor(self, actor: Actor | None) -> BetaalverplichtingQuerySet:
        """Every query of a page begins here; see `mag_zien`."""
        eigen = mag_zien(actor)
        return self.none() if eigen is None else self.filter(eigen)

    def zonder_inkooporder(self) -> BetaalverplichtingQuerySet:
        """What UWV must still order, the oldest grant first."""
        return self.filter(
            debiteur=Debiteur.UWV,
            inkooporder_nodig=True,
            reservering__inkooporder__isnull=True,
            status=VerplichtingStatus.OPEN,
        ).order_by("ontstaan_op", "id")


class Betaalverplichting(models.Model):
    """What one debtor owes one instelling for one traject. UWV pays never more than its part, a gemeente only hers.

    `gemeente` is the one of then; who bears it on a day says `betaler`. The counters are kept by the triggers of
    Factuur and Terugvordering; the application's role can't write them. `vastgesteld_cent` is what remains of the
    amount after the vaststelling (Awb 4:46), None before it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reservering = models.ForeignKey(Reservering, models.PROTECT, related_name="verplichtingen")
    debiteur = models.CharField("wie betaalt", max_length=10, choices=Debiteur)
    gemeente = models.ForeignKey("gemeenten.Gemeente", models.PROTECT, related_name="verplichtingen")
    crediteur = models.ForeignKey("toegang.Organisatie", models.PROTECT, related_name="verplichtingen")
    status = models.CharField(
        "status", max_length=12, choices=VerplichtingStatus, default=VerplichtingStatus.OPEN
    )
    bedrag_cent = models.PositiveBigIntegerField("bedrag in centen")
    vastgesteld_cent = models.PositiveBigIntegerField("vastgesteld in centen", null=True, blank=True)
    gefactureerd_cent = models.PositiveBigIntegerField("gefactureerd in centen", default=0, editable=False)
    betaald_cent = models.PositiveBigIntegerField("betaald in centen", default=0, editable=False)
    teruggevorderd_cent = models.PositiveBigIntegerField(
        "teruggevorderd in centen", default=0, editable=False
    )
    # Copied from the version of the regeling, for the trigger that reads no TOML.
    inkooporder_nodig = models.BooleanField("pas factureren na een inkooporder", default=False)
    betaaltermijn_dagen = models.PositiveSmallIntegerField("betaaltermijn in dagen", default=30)
    geblokkeerd_om = models.CharField("waarom betalingen stilstaan", max_length=300, blank=True)
    ontstaan_op = models.DateTimeField("ontstaan op")

    objects = BetaalverplichtingQuerySet.as_manager()

    class Meta:
        verbose_name = "betaalverplichting"
        verbose_name_plural = "betaalverplichtingen"
        ordering = ("-ontstaan_op", "id")
        constraints = (
            models.UniqueConstraint(fields=["reservering", "debiteur"], name="verplichting_een_per_debiteur"),
            models.CheckConstraint(
                condition=Q(debiteur__in=Debiteur.values, status__in=VerplichtingStatus.values),
                name="verplichting_status_bekend",
            ),
            models.CheckConstraint(condition=Q(bedrag_cent__gt=0), name="verplichting_bedrag_positief"),
            models.CheckConstraint(
                condition=Q(gefactureerd_cent__lte=F("bedrag_cent")), name="verplichting_niet_te_veel_factuur"
            ),
            models.CheckConstraint(
                condition=Q(vastgesteld_cent__isnull=True) | Q(vastgesteld_cent__lte=F("bedrag_cent")),
                name="verplichting_vastgesteld_binnen_bedrag",
            ),
            models.CheckConstraint(
                condition=Q(teruggevorderd_cent__lte=F("betaald_cent")),
                name="verplichting_terug_binnen_betaald",
            ),
            models.CheckConstraint(
                condition=Q(betaald_cent__lte=F("bedrag_cent") + F("teruggevorderd_cent")),
                name="verplichting_niet_te_veel_betaald",
            ),
            models.CheckConstraint(
                condition=~Q(status="geblokkeerd") | ~Q(geblokkeerd_om=""),
                name="verplichting_geblokkeerd_met_reden",
            ),
        )
        indexes = (
            models.Index(fields=["crediteur", "-ontstaan_op", "id"], name="verplichting_per_crediteur"),
            models.Index(
                fields=["ontstaan_op", "id"],
                name="verplichting_te_bestellen",
                condition=Q(inkooporder_nodig=True, debiteur="uwv", status="open"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_debiteur_display()} aan {self.crediteur_id}"

    @property
    def grens_cent(self) -> int:
        """What may be paid in the end: what was fixed at the vaststelling, else what was granted."""
        return self.bedrag_cent if self.vastgesteld_cent is None else self.vastgesteld_cent

    @property
    def te_factureren_cent(self) -> int:
        return max(0, self.grens_cent - self.gefactureerd_cent)

    @property
    def netto_betaald_cent(self) -> int:
        """What was paid less what is claimed back."""
        return self.betaald_cent - self.teruggevorderd_cent

    def betaler(self, dag: date) -> str:
        """The name of who bears this on `dag`: UWV, or the gemeente that took over (Wet arhi art. 44; T89)."""
        if self.debiteur == Debiteur.UWV:
            return "UWV"
        try:
            return opvolger_op(self.gemeente, dag).naam
        except OpvolgerOnbekend:
            return self.gemeente.naam

    def hoort_bij(self, actor: Actor) -> bool:
        if actor.is_gemeente:
            return self.debiteur == Debiteur.GEMEENTE and self._van_gemeente(actor)
        if actor.is_uwv:
            return self.debiteur == Debiteur.UWV
        return actor.is_instelling and actor.organisatie_id == self.crediteur_id

    def _van_gemeente(self, actor: Actor) -> bool:
        """Asked once an object: the buttons of one page ask it for every act."""
        bekend: dict[object, bool] = self.__dict__.setdefault("_gemeente_van", {})
        if actor.organisatie_id not in bekend:
            bekend[actor.organisatie_id] = gemeenten_voor(actor).filter(pk=self.gemeente_id).exists()
        return bekend[actor.organisatie_id]

    def onderwerp(self) -> Onderwerp:
        return Onderwerp("budget.betaalverplichting", str(self.pk), kenmerk=self.reservering.kenmerk)


class Betaalmoment(models.Model):
    """A part of an obligation, invoiced once its mijlpaal is reached. The parts add up to the whole, to the cent."""

    verplichting = models.ForeignKey(Betaalverplichting, models.PROTECT, related_name="betaalmomenten")
    volgnummer = models.PositiveSmallIntegerField("volgnummer")
    code = models.CharField("code", max_length=40)
    naam = models.CharField("naam", max_length=200)
    bij = models.CharField("opeisbaar bij", max_length=12, choices=[(m.value, m.value) for m in Mijlpaal])
    bedrag_cent = models.PositiveBigIntegerField("bedrag in centen")
    gefactureerd_cent = models.PositiveBigIntegerField("gefactureerd in centen", default=0, editable=False)
    opeisbaar_op = models.DateField("opeisbaar vanaf", null=True, blank=True)

    class Meta:
        verbose_name = "betaalmoment"
        verbose_name_plural = "betaalmomenten"
        ordering = ("verplichting", "volgnummer")
        constraints = (
            models.UniqueConstraint(fields=["verplichting", "volgnummer"], name="betaalmoment_eenmalig"),
            models.CheckConstraint(
                condition=Q(gefactureerd_cent__lte=F("bedrag_cent")), name="betaalmoment_niet_te_veel_factuur"
            ),
        )

    def __str__(self) -> str:
        return self.naam

    @property
    def over_cent(self) -> int:
        return self.bedrag_cent - self.gefactureerd_cent


class Inkooporder(models.Model):
    """The order that UWV places after a positive besluit; the instelling invoices only after it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reservering = models.OneToOneField(Reservering, models.PROTECT, related_name="inkooporder")
    nummer = models.CharField("nummer", max_length=30, unique=True)
    bedrag_cent = models.PositiveBigIntegerField("bedrag in centen")
    geplaatst_op = models.DateField("geplaatst op")
    geplaatst_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "inkooporder"
        verbose_name_plural = "inkooporders"
        ordering = ("-geplaatst_op", "nummer")
        constraints = (
            models.CheckConstraint(condition=Q(bedrag_cent__gt=0), name="inkooporder_bedrag_positief"),
            models.CheckConstraint(condition=~Q(nummer=""), name="inkooporder_met_nummer"),
        )

    def __str__(self) -> str:
        return self.nummer
