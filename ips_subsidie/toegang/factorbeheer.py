"""Changing second factors: one's own, and taking away those of a colleague who lost everything.

Each change stands in the logboek and leaves a mail to the owner of the account, in the same transaction.
"""

from __future__ import annotations

from datetime import date, datetime

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.http import HttpRequest

from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.logboek.schrijven import Onderwerp, schrijf_gebeurtenis
from ips_subsidie.toegang import factor, sessies
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.factormodellen import Beveiligingsmelding, Factorwijziging
from ips_subsidie.toegang.inlogmodellen import Einde
from ips_subsidie.toegang.models import Gebruiker, Lidmaatschap
from ips_subsidie.toegang.rollen import Rol
from ips_subsidie.toegang.uitnodigen import NODIGT_UIT

_NIET_UZELF = "U kunt uw eigen tweede stap hier niet verwijderen. Doe dat op de bladzijde Beveiliging."


def noteer(
    eigenaar: Gebruiker,
    wat: Factorwijziging,
    *,
    nu: datetime,
    request: HttpRequest | None = None,
    door: Actor | None = None,
) -> None:
    """Write down what happened to a factor of `eigenaar`, and have it mailed to them."""
    actor = door or getattr(request, "actor", None)
    schrijf_gebeurtenis(
        f"factor.{wat.value}",
        onderwerp=Onderwerp("toegang.gebruiker", str(eigenaar.pk)),
        gebruiker=actor.gebruiker if actor is not None else eigenaar,
        organisatie=actor.organisatie if actor is not None else None,
        rol=actor.rol if actor is not None else "",
    )
    Beveiligingsmelding.objects.create(gebruiker=eigenaar, wat=wat, gemaakt_op=nu)


@transaction.atomic
def verwijder(eigenaar: Gebruiker, nummer: int, *, nu: datetime, request: HttpRequest) -> None:
    """Take one's own app or passkey away, and the codes with the last. Raises ValidationError for the last one."""
    _houd_vast(eigenaar)
    weg = Authenticator.objects.filter(pk=nummer, user=eigenaar, type__in=factor.EERSTE).first()
    if weg is None:
        raise ValidationError("Dit is al verwijderd.")
    if not factor.mag_weg(weg):
        raise get_adapter().validation_error("cannot_delete_authenticator")
    wat = Factorwijziging.APP_WEG if weg.type == Authenticator.Type.TOTP else Factorwijziging.PASSKEY_WEG
    weg.delete()
    if not factor.heeft_factor(eigenaar):
        Authenticator.objects.filter(user=eigenaar).delete()
    noteer(eigenaar, wat, nu=nu, request=request)
    # Who took it away to keep somebody out, wants that person out of the other sessions too.
    sessies.beeindig(eigenaar.pk, Einde.FACTOR, behalve=sessies.eigen(request))


@transaction.atomic
def maak_codes(eigenaar: Gebruiker, *, nu: datetime, request: HttpRequest) -> None:
    """Ten new recovery codes; the old ones stop working. Raises ValidationError without a factor to stand in for."""
    _houd_vast(eigenaar)
    if not factor.heeft_factor(eigenaar):
        raise get_adapter().validation_error("cannot_generate_recovery_codes")
    Authenticator.objects.filter(user=eigenaar, type=Authenticator.Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(eigenaar)
    noteer(eigenaar, Factorwijziging.CODES_NIEUW, nu=nu, request=request)


def waarom_niet(lid: Lidmaatschap, actor: Actor, dag: date) -> str:
    """Why this actor can't take away the factors of this colleague on `dag`; empty where it is allowed.

    Only a beheerder may do it for who works for another organisatie too: with the password that person gets into hers.
    """
    if lid.gebruiker_id == actor.gebruiker_id:
        return _NIET_UZELF
    elders = Lidmaatschap.objects.geldig_op(dag).filter(gebruiker=lid.gebruiker_id)
    if elders.exclude(organisatie=actor.organisatie_id).exists():
        return (
            "Deze collega werkt ook voor een andere organisatie. Vraag de beheerder van het portaal om de tweede "
            "stap te verwijderen."
        )
    return ""


@transaction.atomic
def herstel(lid: Lidmaatschap, actor: Actor, *, nu: datetime) -> None:
    """Take all factors of a colleague away, who then sets up new ones with the password; ends all their sessions.

    Raises PermissionDenied for who may not, ValidationError with what to do otherwise.
    """
    if actor.rol not in NODIGT_UIT or actor.organisatie_id != lid.organisatie_id:
        raise PermissionDenied
    if bezwaar := waarom_niet(lid, actor, datum_van(nu)):
        raise ValidationError(bezwaar)
    _herstel(lid.gebruiker, actor, nu)


@transaction.atomic
def herstel_door_beheer(gebruiker: Gebruiker, actor: Actor, *, nu: datetime) -> None:
    """The same by a beheerder of the portal, for anybody but oneself. Raises as `herstel`."""
    if actor.rol != Rol.BEHEERDER:
        raise PermissionDenied
    if gebruiker.pk == actor.gebruiker_id:
        raise ValidationError(_NIET_UZELF)
    _herstel(gebruiker, actor, nu)


def _herstel(gebruiker: Gebruiker, actor: Actor, nu: datetime) -> None:
    _houd_vast(gebruiker)
    weg, _ = Authenticator.objects.filter(user=gebruiker).delete()
    if not weg:
        raise ValidationError(
            "Deze collega heeft geen tweede stap. Na het inloggen met het wachtwoord kan uw collega die instellen."
        )
    noteer(gebruiker, Factorwijziging.HERSTELD, nu=nu, door=actor)
    sessies.beeindig(gebruiker.pk, Einde.FACTOR)


def _houd_vast(eigenaar: Gebruiker) -> None:
    """Two changes of one account go one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM toegang_gebruiker WHERE id = %s FOR NO KEY UPDATE", [eigenaar.pk])
