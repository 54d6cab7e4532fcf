"""The bezwaar against a besluit: from receipt to the beslissing (Awb chapters 6 and 7)."""

from __future__ import annotations

import secrets
import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from aanvragen.models.aanvraag import _LETTERS, Aanvraag
from aanvragen.models.besluit import Besluit
from aanvragen.regels.bezwaar import (
    BESLIST_BEZWAAR,
    OPEN_BEZWAAR,
    Afzien,
    BezwaarStatus,
    Gevolg,
    Indiener,
    Ontvangst,
    Uitkomst,
    Verschoning,
    Wijze,
    beslistermijn,
    op_tijd,
)
from budget.regels.regeling import Beslisser
from ips_subsidie.kalender.feestdagen import alle as feestdagen
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.kalender.rekenen import Opschorting
from ips_subsidie.kalender.termijnen import Termijn
from ips_subsidie.logboek.schrijven import Onderwerp
from ips_subsidie.opslag.models import Bestand
from ips_subsidie.toegang.actor import Actor


def nieuw_bezwaarkenmerk() -> str:
    return "BZW-" + "".join(secrets.choice(_LETTERS) for _ in range(7))


class BezwaarQuerySet(models.QuerySet["Bezwaar"]):
    def zichtbaar_voor(self, actor: Actor | None) -> BezwaarQuerySet:
        """Those of the dossiers that this actor may see; every query of a page begins here."""
        return self.filter(aanvraag__in=Aanvraag.objects.zichtbaar_voor(actor))

    def open(self) -> BezwaarQuerySet:
        """On which there must still be a beslissing."""
        return self.filter(status__in=OPEN_BEZWAAR)

    def te_doen(self, actor: Actor) -> BezwaarQuerySet:
        """What the party of this actor must still decide, nearest last day first.

        A gemeente has those of the gemeenten that went into her too (Wet arhi art. 44; T95).
        """
        beslisser = Beslisser.UWV if actor.is_uwv else Beslisser.GEMEENTE
        eigen = self.zichtbaar_voor(actor).open().filter(aanvraag__beslisser=beslisser.value)
        return eigen.order_by("beslis_uiterlijk", "id")


class Bezwaar(models.Model):
    """One bezwaar of one indiener against one besluit. Days are last days, inclusive.

    `beslis_uiterlijk` is the last day as it stands, with what it was suspended and verdaagd. `verzonden_op` is the day
    on which it was posted. `verschoonbaar` says of one that came late whether that is excused (Awb 6:11). Who treats it
    (`opgepakt_door`, `opsteller`) did not prepare or sign the besluit (Awb 7:5, 10:3 lid 3); nor does who decides.
    `bedrag_cent`, in cents, is what the subsidie is set on instead. `aanvraag` is that of the besluit.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kenmerk = models.CharField(
        "kenmerk", max_length=20, unique=True, default=nieuw_bezwaarkenmerk, editable=False
    )
    besluit = models.ForeignKey(Besluit, models.PROTECT, related_name="bezwaren")
    aanvraag = models.ForeignKey(Aanvraag, models.PROTECT, related_name="bezwaren")
    status = models.CharField(
        "status", max_length=20, choices=BezwaarStatus, default=BezwaarStatus.ONTVANGEN, editable=False
    )
    versie = models.PositiveIntegerField("versie", default=1, editable=False)

    # Receipt
    indiener = models.CharField("wie bezwaar maakt", max_length=12, choices=Indiener)
    indiener_naam = models.CharField("naam", max_length=120, blank=True)
    indiener_adres = models.TextField("adres", max_length=300, blank=True)
    wijze = models.CharField("hoe het binnenkwam", max_length=8, choices=Wijze)
    ontvangen_op = models.DateTimeField("ontvangen op")
    verzonden_op = models.DateField("op de post gedaan op", null=True, blank=True)
    ingevoerd_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    gronden = models.TextField("waarom", max_length=10000, blank=True)
    wil_gehoord = models.BooleanField("wil worden gehoord", null=True, blank=True)
    bestand = models.OneToOneField(Bestand, models.PROTECT, null=True, blank=True, related_name="bezwaar")

    # Ontvankelijkheid
    te_laat = models.BooleanField("te laat", default=False)
    verschoonbaar = models.BooleanField("te laat, maar verschoonbaar", null=True, blank=True)
    verschoning = models.CharField("waarom verschoonbaar", max_length=16, choices=Verschoning, blank=True)
    verschoning_toelichting = models.TextField("toelichting", max_length=2000, blank=True)
    herstel_gevraagd_op = models.DateField("gronden gevraagd op", null=True, blank=True)
    herstel_tot = models.DateField("gronden sturen voor of op", null=True, blank=True)
    hersteld_op = models.DateField("gronden ontvangen op", null=True, blank=True)

    # Treatment
    opgepakt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    commissie = models.BooleanField("met een adviescommissie", default=False)
    beslis_uiterlijk = models.DateField("beslissen voor of op")
    verdaagd_op = models.DateField("verdaagd op", null=True, blank=True)
    verdaagd_tot = models.DateField("verdaagd tot en met", null=True, blank=True)
    uitstel_tot = models.DateField("uitstel met instemming tot en met", null=True, blank=True)
    hoorzitting_op = models.DateTimeField("hoorzitting op", null=True, blank=True)
    hoorzitting_plaats = models.CharField("waar", max_length=200, blank=True)
    gehoord_op = models.DateField("gehoord op", null=True, blank=True)
    afgezien = models.CharField("waarom niet gehoord", max_length=20, choices=Afzien, blank=True)
    verslag = models.TextField("verslag van het horen", max_length=10000, blank=True)
    advies = models.TextField("advies", max_length=10000, blank=True)

    # Beslissing
    uitkomst = models.CharField("uitkomst", max_length=20, choices=Uitkomst, blank=True)
    gevolg = models.CharField("gevolg", max_length=20, choices=Gevolg, blank=True)
    bedrag_cent = models.PositiveBigIntegerField("nieuw bedrag in centen", null=True, blank=True)
    motivering = models.TextField("motivering", max_length=5000, blank=True)
    opsteller = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    voorgesteld_op = models.DateTimeField("voorgesteld op", null=True, blank=True)
    besluit_op_bezwaar = models.OneToOneField(
        Besluit, models.PROTECT, null=True, blank=True, related_name="beslist_bezwaar"
    )
    ingetrokken_op = models.DateTimeField("ingetrokken op", null=True, blank=True)
    doorgezonden_op = models.DateTimeField("doorgezonden op", null=True, blank=True)
    doorgezonden_naar = models.CharField("doorgezonden naar", max_length=200, blank=True)

    objects = BezwaarQuerySet.as_manager()

    class Meta:
        verbose_name = "bezwaar"
        verbose_name_plural = "bezwaren"
        ordering = ("-ontvangen_op", "id")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=BezwaarStatus.values), name="bezwaar_status_bekend"),
            models.CheckConstraint(
                condition=Q(indiener__in=Indiener.values, wijze__in=Wijze.values)
                & (Q(indiener="instelling") | ~Q(wijze="portaal"))
                & (~Q(indiener="ander") | ~Q(indiener_naam="")),
                name="bezwaar_van_iemand",
            ),
            models.UniqueConstraint(
                fields=["besluit", "indiener", "indiener_naam"],
                condition=Q(status__in=OPEN_BEZWAAR),
                name="bezwaar_een_open_per_indiener",
                violation_error_message="Tegen dit besluit loopt al een bezwaar.",
            ),
            models.CheckConstraint(
                condition=Q(verzonden_op__isnull=True) | Q(wijze="post"), name="bezwaar_verzonden_per_post"
            ),
            models.CheckConstraint(
                condition=Q(te_laat=False, verschoonbaar__isnull=True)
                | Q(te_laat=True) & (~Q(verschoonbaar=True) | ~Q(verschoning="")),
                name="bezwaar_verschoond_met_reden",
            ),
            # Late and not excused: nothing but niet-ontvankelijk (Awb 6:7, 6:11).
            models.CheckConstraint(
                condition=Q(uitkomst__in=["", "niet_ontvankelijk"]) | Q(te_laat=False) | Q(verschoonbaar=True),
                name="bezwaar_te_laat_is_niet_ontvankelijk",
            ),
            models.CheckConstraint(
                condition=~Q(status="ontvankelijkheid")
                | Q(herstel_gevraagd_op__isnull=False, herstel_tot__gt=F("herstel_gevraagd_op")),
                name="bezwaar_herstel_met_termijn",
            ),
            # Proposed and decided only after the hearing, or with the reason why not (Awb 7:2, 7:3).
            models.CheckConstraint(
                condition=~Q(status__in=["voorgesteld", *BESLIST_BEZWAAR])
                | Q(gehoord_op__isnull=False) & ~Q(verslag="")
                | Q(afgezien__in=Afzien.values),
                name="bezwaar_gehoord_of_afgezien",
                violation_error_message="Hoor eerst de indiener, of leg vast waarom dat niet hoeft.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["voorgesteld", *BESLIST_BEZWAAR])
                | Q(uitkomst__in=Uitkomst.values, opsteller__isnull=False, voorgesteld_op__isnull=False)
                & ~Q(motivering=""),
                name="bezwaar_voorstel_is_heel",
            ),
            models.CheckConstraint(
                condition=Q(status__in=BESLIST_BEZWAAR, besluit_op_bezwaar__isnull=False, uitkomst=F("status"))
                | ~Q(status__in=BESLIST_BEZWAAR) & Q(besluit_op_bezwaar__isnull=True),
                name="bezwaar_met_beslissing",
            ),
            models.CheckConstraint(
                condition=Q(uitkomst="gegrond", gevolg__in=Gevolg.values) | ~Q(uitkomst="gegrond") & Q(gevolg=""),
                name="bezwaar_gevolg_als_gegrond",
            ),
            models.CheckConstraint(
                condition=Q(gevolg="hoger_vaststellen", bedrag_cent__isnull=False)
                | ~Q(gevolg="hoger_vaststellen") & Q(bedrag_cent__isnull=True),
                name="bezwaar_bedrag_bij_vaststelling",
            ),
            models.CheckConstraint(
                condition=(~Q(status="ingetrokken") | Q(ingetrokken_op__isnull=False))
                & (~Q(status="doorgezonden") | Q(doorgezonden_op__isnull=False) & ~Q(doorgezonden_naar="")),
                name="bezwaar_einde_met_moment",
            ),
            models.CheckConstraint(
                condition=Q(verdaagd_op__isnull=True, verdaagd_tot__isnull=True)
                | Q(verdaagd_op__isnull=False, verdaagd_tot__isnull=False),
                name="bezwaar_verdaagd_met_dag",
            ),
        )  # fmt: skip
        indexes = (
            models.Index(
                fields=["beslis_uiterlijk", "id"],
                name="bezwaar_te_doen",
                condition=Q(status__in=OPEN_BEZWAAR),
            ),
            models.Index(fields=["aanvraag", "-ontvangen_op", "id"], name="bezwaar_per_aanvraag"),
        )

    def __str__(self) -> str:
        return self.kenmerk

    @property
    def dossier(self) -> Aanvraag:
        return self.aanvraag

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_BEZWAAR

    @property
    def is_verdaagd(self) -> bool:
        return self.verdaagd_op is not None

    @property
    def ontvangst(self) -> Ontvangst:
        """Was it in time, and in steps why."""
        return op_tijd(
            bezwaar_tot=self.besluit.bezwaar_tot,
            ontvangen_op=datum_van(self.ontvangen_op),
            per_post=self.wijze == Wijze.POST,
            verzonden_op=self.verzonden_op,
        )

    def termijn(self) -> Termijn:
        """The last day for the beslissing as it follows from the law, with its steps; not the uitstel one agreed to."""
        herstel = None
        if self.herstel_gevraagd_op is not None and self.herstel_tot is not None:
            # Until the gronden came, or the term for them passed (Awb 7:10 lid 2).
            tot = min(self.hersteld_op, self.herstel_tot) if self.hersteld_op else self.herstel_tot
            herstel = Opschorting(self.herstel_gevraagd_op, max(tot, self.herstel_gevraagd_op))
        return beslistermijn(
            bezwaar_tot=self.besluit.bezwaar_tot,
            ontvangen_op=datum_van(self.ontvangen_op),
            feestdagen=feestdagen(),
            commissie=self.commissie,
            verdaagd=self.is_verdaagd,
            herstel=herstel,
        )

    def herbereken(self) -> None:
        """Set the last day anew, after something that moves it."""
        volgens_de_wet = self.termijn().laatste_dag
        self.beslis_uiterlijk = max(volgens_de_wet, self.uitstel_tot or volgens_de_wet)
        if self.is_verdaagd:
            self.verdaagd_tot = volgens_de_wet

    def te_laat_op(self, dag: date) -> bool:
        """Should there have been a beslissing by now?"""
        return self.is_open and dag > self.beslis_uiterlijk

    def hoort_bij(self, actor: Actor) -> bool:
        return self.aanvraag.hoort_bij(actor)

    def onderwerp(self) -> Onderwerp:
        van = self.aanvraag.onderwerp()
        return Onderwerp("aanvragen.bezwaar", str(self.pk), van.dossier_id, van.client_id, van.kenmerk)
