"""Writing a besluit: who may sign it, what it holds, its letter. Every act that decides goes through here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from aanvragen.handelingen.brieven import maak_besluitbrief
from aanvragen.handelingen.dossier import eis_tekst
from aanvragen.models import Aanvraag, Beoordeling, Besluit, BesluitSoort, Toestemming, Traject
from aanvragen.models.besluit import Rechtsmiddel
from aanvragen.regels.statussen import ToestemmingStatus
from aanvragen.regels.traject import vroegste_start
from budget.handelingen.verplichtingen import leg_vast
from gemeenten.models import Gemeente, Ondermandaat, ondermandaat_voor, ontbreekt
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.feestdagen import alle as feestdagen
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.kalender.termijnen import beroepstermijn, bezwaartermijn
from ips_subsidie.opslag.toevoegen import voeg_toe
from ips_subsidie.toegang.actor import Actor

# What decides on the aanvraag itself, and not on what follows from it.
OVER_DE_AANVRAAG = frozenset(
    {
        BesluitSoort.VERLENING,
        BesluitSoort.AFWIJZING,
        BesluitSoort.BUITEN_BEHANDELING,
        BesluitSoort.INTREKKING,
    }
)

# What decides on the aanvraag in first instance, and can be taken back and replaced after a bezwaar.
EERSTE_AANLEG = frozenset({BesluitSoort.VERLENING, BesluitSoort.AFWIJZING, BesluitSoort.BUITEN_BEHANDELING})


def beoordeling_van(aanvraag: Aanvraag) -> Beoordeling | None:
    """Asked once a row: several conditions want it, and under the lock the row is read anew."""
    return getattr(aanvraag, "beoordeling", None)


def in_mandaat(deel: Any, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """May this actor sign for the college today, where it decides in mandaat? (Awb 10:1 to 10:12; T82)"""
    aanvraag: Aanvraag = deel.dossier
    if not _vraagt_mandaat(aanvraag) or aanvraag.gemeente is None:
        return
    for wat in _wat_ontbreekt(aanvraag, aanvraag.gemeente, actor, datum_van(nu)):
        yield Reden("geen_mandaat", f"{wat} Kijk bij “Mandaat” wat er nodig is.")


def _wat_ontbreekt(aanvraag: Aanvraag, gemeente: Gemeente, actor: Actor, dag: date) -> list[str]:
    """Asked once a row, however many acts that decide ask it to draw their buttons; anew under the lock."""
    bewaard: dict[Any, list[str]] = aanvraag.__dict__.setdefault("_mandaat", {})
    sleutel = (actor.gebruiker_id, actor.organisatie_id, dag)
    if sleutel not in bewaard:
        bewaard[sleutel] = ontbreekt(gemeente, aanvraag.regeling.code, actor, dag)
    return bewaard[sleutel]


def _vraagt_mandaat(aanvraag: Aanvraag) -> bool:
    return aanvraag.gemeente_beslist and bool(aanvraag.inhoud.instantie.mandaat)


def ondermandaat_van(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Ondermandaat | None:
    """With which a besluit is signed today; None where the beslisser decides in its own name.

    Raises HandelingGeweigerd with what is missing.
    """
    if not _vraagt_mandaat(aanvraag):
        return None
    assert aanvraag.gemeente is not None
    gevonden = ondermandaat_voor(aanvraag.gemeente, aanvraag.regeling.code, actor, datum_van(nu))
    if gevonden is None:
        raise HandelingGeweigerd(*in_mandaat(aanvraag, actor, nu))
    return gevonden


def verleen(
    aanvraag: Aanvraag,
    actor: Actor,
    toestemming: Toestemming | None,
    *,
    motivering: str,
    nu: datetime,
    **velden: Any,
) -> Besluit:
    """The verlening for a place just taken: the besluit with its amounts, the traject; the toestemming is used."""
    reservering = aanvraag.reservering
    assert reservering is not None
    maanden = aanvraag.inhoud.doelgroep(aanvraag.doelgroep).maanden
    besluit = neem_besluit(
        aanvraag,
        actor,
        BesluitSoort.VERLENING,
        motivering=motivering,
        nu=nu,
        bedrag_cent=reservering.bedrag_cent,
        rijk_cent=reservering.rijk_cent,
        gemeente_cent=reservering.gemeente_cent,
        maanden=maanden,
        **velden,
    )
    Traject.objects.create(
        aanvraag=aanvraag,
        maanden=maanden,
        vroegste_start=vroegste_start(aanvraag.inhoud.regels, besluit.dagtekening),
    )
    leg_vast(reservering, aanvraag.instelling.organisatie, nu)
    if toestemming is not None:
        toestemming.status = ToestemmingStatus.INGELOST
        toestemming.save(update_fields=["status"])
    return besluit


def neem_besluit(
    aanvraag: Aanvraag,
    actor: Actor,
    soort: BesluitSoort,
    *,
    motivering: str,
    nu: datetime,
    opsteller_id: UUID | None = None,
    brief: dict[str, Any] | None = None,
    rechtsmiddel: Rechtsmiddel = Rechtsmiddel.BEZWAAR,
    **velden: Any,
) -> Besluit:
    """Write the besluit, announced now, with the last day for bezwaar (or beroep) and its frozen letter.

    `brief` is what only this letter asks. Raises HandelingGeweigerd without a motivering or a mandaat.
    """
    eis_tekst(motivering, "Schrijf de motivering. Die komt in de brief.", veld="motivering")
    opsteller_id = opsteller_id or opsteller_van(aanvraag)
    assert opsteller_id is not None  # every act that decides asks for one in its conditions
    if soort in OVER_DE_AANVRAAG:
        aanvraag.beslist_op = nu
    besluit = ontwerp(
        aanvraag, actor, soort, motivering=motivering, nu=nu, rechtsmiddel=rechtsmiddel, **velden
    )
    besluit.opsteller_id = opsteller_id
    voeg_toe([besluit])
    maak_besluitbrief(aanvraag, besluit, nu, **(brief or {}))
    return besluit


def ontwerp(
    aanvraag: Aanvraag,
    actor: Actor,
    soort: BesluitSoort,
    *,
    motivering: str,
    nu: datetime,
    rechtsmiddel: Rechtsmiddel = Rechtsmiddel.BEZWAAR,
    **velden: Any,
) -> Besluit:
    """The besluit as it would be, not saved: for the act itself, and for the letter before it.

    Raises HandelingGeweigerd without a mandaat.
    """
    if soort in EERSTE_AANLEG and aanvraag.heropend_op is not None:
        velden.setdefault("vorig_besluit", _herroepen_weigering(aanvraag))
    beroep = rechtsmiddel == Rechtsmiddel.BEROEP
    return Besluit(
        aanvraag=aanvraag,
        soort=soort,
        dagtekening=datum_van(nu),
        bekendgemaakt_op=nu,
        bezwaar_tot=beroep_tot(datum_van(nu)) if beroep else bezwaar_tot(aanvraag, datum_van(nu)),
        rechtsmiddel=rechtsmiddel,
        motivering=motivering,
        ondertekenaar=actor.persoon,
        ondermandaat=ondermandaat_van(aanvraag, actor, nu),
        **velden,
    )


def bezwaar_tot(aanvraag: Aanvraag, bekendgemaakt_op: date) -> date:
    """The last day for bezwaar (Awb 6:7, 6:8)."""
    weken = aanvraag.inhoud.termijnen.bezwaartermijn_weken
    return bezwaartermijn(bekendgemaakt_op, feestdagen(), weken=weken).laatste_dag


def beroep_tot(bekendgemaakt_op: date) -> date:
    """The last day for beroep (Awb 6:7, 6:8)."""
    return beroepstermijn(bekendgemaakt_op, feestdagen()).laatste_dag


def _herroepen_weigering(aanvraag: Aanvraag) -> Besluit | None:
    """The last refusal that was taken back after a bezwaar: what is decided now takes its place."""
    return aanvraag.besluiten.filter(opvolgers__herroept=True, soort__in=EERSTE_AANLEG).first()


def opsteller_van(aanvraag: Aanvraag) -> UUID | None:
    """Who prepared the besluit: the reviewer, or who asked for the aanvulling that never came."""
    beoordeling = beoordeling_van(aanvraag)
    if beoordeling is not None:
        return beoordeling.beoordelaar_id
    return aanvraag.aanvulling_gevraagd_door_id or aanvraag.opgepakt_door_id
