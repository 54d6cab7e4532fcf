"""Bezwaar on the page of its dossier: what runs, what stands of each besluit, and where one makes bezwaar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from aanvragen.models import Aanvraag, Besluit, Bezwaar
from aanvragen.models.besluit import Rechtsmiddel
from aanvragen.regels.bezwaar import BezwaarStatus, Indiener
from aanvragen.regels.statussen import AanvraagStatus, Partij
from aanvragen.web.bezwaar.hulp import KLEUR, mag_bezwaar, wie_van
from aanvragen.web.dossier.stand import Stand
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import VOORBEREIDERS
from ips_subsidie.vormgeving.onderdelen import Rij
from ips_subsidie.vormgeving.templatetags.opmaak import datum


def erbij() -> dict[str, Any]:
    """Part of the query of the dossier itself: whether there is any bezwaar."""
    return {"heeft_bezwaar": Exists(Bezwaar.objects.filter(aanvraag=OuterRef("pk")))}


def bezwaren_van(aanvraag: Aanvraag) -> list[Bezwaar]:
    """Those of this dossier, newest first; no query where there is none."""
    if not getattr(aanvraag, "heeft_bezwaar", False):
        return []
    delen = list(aanvraag.bezwaren.select_related("besluit", "besluit_op_bezwaar"))
    for deel in delen:
        deel.aanvraag = aanvraag
    return delen


def bezwaar_blok(
    aanvraag: Aanvraag, bezwaren: list[Bezwaar], besluiten: Iterable[Besluit], actor: Actor
) -> dict[str, Any] | None:
    """What the page shows; None where there is no besluit, or it is nobody's business here."""
    besluiten = [b for b in besluiten if b.rechtsmiddel == Rechtsmiddel.BEZWAAR]
    eigen = [b for b in bezwaren if _ziet(aanvraag, b, actor)]
    if not besluiten or (not eigen and not mag_bezwaar(aanvraag, actor)):
        return None
    return {
        "delen": [_deel(een, actor) for een in eigen],
        "maken": reverse("aanvragen:bezwaar_indienen", args=[aanvraag.pk]) if actor.is_instelling else "",
        "registreren": reverse("aanvragen:bezwaar_registreren", args=[aanvraag.pk])
        if actor.rol in VOORBEREIDERS and mag_bezwaar(aanvraag, actor)
        else "",
    }


def _ziet(aanvraag: Aanvraag, bezwaar: Bezwaar, actor: Actor) -> bool:
    eigen = actor.is_gemeente and bezwaar.indiener == Indiener.GEMEENTE
    return eigen or mag_bezwaar(aanvraag, actor)


def _deel(bezwaar: Bezwaar, actor: Actor) -> dict[str, Any]:
    status = BezwaarStatus(bezwaar.status)
    if actor.is_instelling and status is BezwaarStatus.VOORGESTELD:
        status = BezwaarStatus.HOORZITTING  # what is only prepared is not the indiener's to see
    beslissing = bezwaar.besluit_op_bezwaar
    rijen = [
        Rij("Tegen", f"{bezwaar.besluit.get_soort_display()} van {datum(bezwaar.besluit.dagtekening)}"),
        Rij("Van", wie_van(bezwaar)),
        Rij("Ontvangen op", datum(bezwaar.ontvangen_op)),
        Rij(
            "Aanvullen uiterlijk",
            datum(bezwaar.herstel_tot) if status is BezwaarStatus.ONTVANKELIJKHEID else "",
        ),
        Rij("Beslissen uiterlijk", datum(bezwaar.beslis_uiterlijk) if bezwaar.is_open else ""),
        Rij("Beslist op", datum(beslissing.dagtekening) if beslissing else ""),
    ]
    return {
        "kenmerk": bezwaar.kenmerk,
        "url": reverse("aanvragen:bezwaar", args=[bezwaar.pk]),
        "status": status.label,
        "soort": KLEUR[status],
        "rijen": [rij for rij in rijen if not rij.leeg],
        "te_laat": bezwaar.te_laat_op(vandaag()),
    }


def stand_van_besluit(besluit: Besluit, bezwaren: Iterable[Bezwaar], dag: date) -> tuple[str, str]:
    """What stands of a besluit now, derived and never kept: its words and their colour (domain text, 4.4)."""
    eigen = [b for b in bezwaren if b.besluit_id == besluit.pk]
    if any(b.besluit_op_bezwaar is not None and b.besluit_op_bezwaar.herroept for b in eigen):
        return "Herroepen na bezwaar", "inactief"
    if any(b.is_open for b in eigen):
        return "In bezwaar", "let_op"
    beslist = [b.besluit_op_bezwaar for b in eigen if b.besluit_op_bezwaar is not None]
    if beslist:
        tot = max(b.bezwaar_tot for b in beslist)
        return (
            (f"Gehandhaafd, beroep tot en met {datum(tot)}", "info")
            if dag <= tot
            else ("Onherroepelijk", "goed")
        )
    if dag > besluit.bezwaar_tot:
        return "Onherroepelijk", "goed"
    middel = "Beroep" if besluit.rechtsmiddel == Rechtsmiddel.BEROEP else "Bezwaar"
    return f"{middel} kan tot en met {datum(besluit.bezwaar_tot)}", "info"


def stand_bij_bezwaar(aanvraag: Aanvraag, bezwaren: Iterable[Bezwaar], stand: Stand, dag: date) -> Stand:
    """Who is aan zet while a bezwaar runs and nobody else is, or what is left to do after a beslissing."""
    if stand.partij is not Partij.NIEMAND:
        return stand
    beslisser = Partij.GEMEENTE if aanvraag.gemeente_beslist else Partij.UWV
    wie = "De gemeente" if aanvraag.gemeente_beslist else "UWV"
    for bezwaar in bezwaren:
        if bezwaar.is_open and bezwaar.status == BezwaarStatus.ONTVANKELIJKHEID:
            if bezwaar.indiener != Indiener.INSTELLING:
                continue
            return Stand(
                "In bezwaar", "let_op", Partij.INSTELLING, "Vul uw bezwaar aan.", bezwaar.herstel_tot
            )
        if bezwaar.is_open:
            return Stand(
                "In bezwaar", "info", beslisser, f"{wie} beslist op het bezwaar.", bezwaar.beslis_uiterlijk
            )
    laatste = next((b.besluit_op_bezwaar for b in bezwaren if b.besluit_op_bezwaar is not None), None)
    if laatste is None or laatste.herroept:
        return stand
    if aanvraag.status == AanvraagStatus.TOEGEKEND and dag > laatste.bezwaar_tot:
        return stand  # what happened since is what counts
    if dag > laatste.bezwaar_tot:
        return Stand(
            stand.tekst, stand.badge, stand.partij, "Er is op het bezwaar beslist. Het besluit staat vast."
        )
    taak = "Er is op het bezwaar beslist. U kunt in beroep gaan bij de rechtbank."
    return Stand(stand.tekst, stand.badge, stand.partij, taak, laatste.bezwaar_tot)
