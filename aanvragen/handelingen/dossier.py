"""What the acts share: the dossier as values for the rules, and who is told what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from aanvragen.models import Aanvraag, Toestemming
from aanvragen.regels.statussen import ToestemmingStatus
from aanvragen.regels.volledigheid import behandeling_te_lang
from budget.regels.regeling import RangBasis
from ips_subsidie.berichten.uitbak import plaats
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.models import Organisatie
from ips_subsidie.toegang.rollen import (
    BESLISSERS,
    GEMEENTEROLLEN,
    INSTELLINGSROLLEN,
    UWV_ROLLEN,
    VOORBEREIDERS,
    OrganisatieSoort,
    Rol,
)


def waarden_van(aanvraag: Aanvraag, op: date) -> dict[str, Any]:
    """Everything that was filled in, by field name, for the rules of volledigheid and doelgroep."""
    waarden: dict[str, Any] = {
        veld.attname: getattr(aanvraag, veld.attname) for veld in aanvraag._meta.concrete_fields
    }
    for naam in ("deelnemer", "behandeling"):
        deel = getattr(aanvraag, naam, None)
        velden = Aanvraag._meta.get_field(naam).related_model._meta.concrete_fields  # type: ignore[union-attr]
        waarden |= {
            veld.attname: getattr(deel, veld.attname, None)
            for veld in velden
            if veld.attname not in ("id", "aanvraag_id")
        }
    te_lang = behandeling_te_lang(
        waarden["begonnen_in"], op, aanvraag.inhoud.termijnen.behandeling_max_maanden
    )
    soorten = set(aanvraag.bijlagen.filter(weggehaald_op__isnull=True).values_list("soort", flat=True))
    nodig = {d.code for d in aanvraag.inhoud.documenten_van(aanvraag.route) if d.verplicht}
    return waarden | {
        "behandeling_te_lang": te_lang,
        "bijlagen_ontbreken": sorted(nodig - soorten),
        "aantal_bijlagen": len(soorten),
    }


def behandelt(deel: Any, actor: Actor) -> bool:
    """Is the actor of the party that receives, treats and decides this aanvraag, or the one this is part of?"""
    return actor.is_gemeente if deel.dossier.gemeente_beslist else actor.is_uwv


def beslisser_naam(aanvraag: Aanvraag) -> str:
    """Who decides, as the subject of a sentence: “UWV” or “De gemeente”. It names no gemeente: a mail holds it."""
    return "De gemeente" if aanvraag.gemeente_beslist else "UWV"


def krijgt_nieuwe_rang(aanvraag: Aanvraag) -> bool:
    """Something the form never asked can't cost the rank (ABRvS 29-5-2013, ECLI:NL:RVS:2013:CA1381)."""
    volledig = aanvraag.inhoud.regels.rang_basis is RangBasis.VOLLEDIG_ONTVANGST
    return volledig and aanvraag.aanvulling_op_formulier


def toestemming_van_toen(aanvraag: Aanvraag) -> Toestemming | None:
    """The toestemming that lay under the aanvraag when UWV refused it, and lapsed with that refusal.

    One that the gemeente had refused or withdrawn by then is not it.
    """
    verlopen = aanvraag.toestemmingen.filter(status=ToestemmingStatus.VERLOPEN, beslist_op__isnull=False)
    return verlopen.order_by("-beslist_op").first()


def eis_tekst(tekst: str, melding: str, *, veld: str) -> None:
    """Refuse an act without the words that somebody else must read. Raises HandelingGeweigerd with code `veld`."""
    if not tekst.strip():
        raise HandelingGeweigerd(Reden(veld, melding, veld=veld))


def pad_van(aanvraag: Aanvraag) -> str:
    return reverse("aanvragen:dossier", args=[aanvraag.pk])


def meld_instelling(aanvraag: Aanvraag, soort: str, titel: str, nu: datetime) -> None:
    """Tell the ggz-instelling; `titel` says what to do and names nobody."""
    _meld([aanvraag.instelling.organisatie_id], INSTELLINGSROLLEN, aanvraag, soort, titel, nu)


def meld_gemeente(aanvraag: Aanvraag, soort: str, titel: str, nu: datetime) -> None:
    """Tell who handles it for the gemeente; nobody when it never came to her."""
    if aanvraag.gemeente_organisatie_id is not None:
        _meld([aanvraag.gemeente_organisatie_id], GEMEENTEROLLEN, aanvraag, soort, titel, nu)


def meld_beslisser(
    aanvraag: Aanvraag, soort: str, titel: str, nu: datetime, *, beslist: bool = False
) -> None:
    """Tell who prepares the besluit at the party that decides, or (`beslist`) who takes it."""
    rollen = set(BESLISSERS if beslist else VOORBEREIDERS)
    if aanvraag.gemeente_beslist:
        _meld([aanvraag.gemeente_organisatie_id], rollen & set(GEMEENTEROLLEN), aanvraag, soort, titel, nu)
    else:
        meld_uwv(aanvraag, soort, titel, nu, rollen=rollen & set(UWV_ROLLEN))


def meld_betrokken_gemeente(aanvraag: Aanvraag, soort: str, titel: str, nu: datetime) -> None:
    """Tell the gemeente of what UWV decided; where she decides herself there is nothing to tell."""
    if not aanvraag.gemeente_beslist:
        meld_gemeente(aanvraag, soort, titel, nu)


def meld_uwv(
    aanvraag: Aanvraag,
    soort: str,
    titel: str,
    nu: datetime,
    *,
    rollen: Iterable[Rol] = (Rol.UWV_BEOORDELAAR,),
) -> None:
    uwv = Organisatie.objects.filter(soort=OrganisatieSoort.UWV).values_list("pk", flat=True)
    _meld(uwv, rollen, aanvraag, soort, titel, nu)


def _meld(
    organisaties: Iterable[Any],
    rollen: Iterable[Rol],
    aanvraag: Aanvraag,
    soort: str,
    titel: str,
    nu: datetime,
) -> None:
    plaats(
        organisaties,
        rollen,
        soort=soort,
        titel=f"{titel} ({aanvraag.kenmerk})",
        pad=pad_van(aanvraag),
        onderwerp_id=str(aanvraag.pk),
        nu=nu,
    )
