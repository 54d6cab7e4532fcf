"""Inviting a colleague, and coming in by an invitation. A person leaves by a date, never by deletion."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.logboek.models import Soort
from ips_subsidie.logboek.schrijven import Onderwerp, regel, schrijf
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.models import (
    FUNCTIE_PAST_NIET,
    Gebruiker,
    Lidmaatschap,
    Organisatie,
    Uitnodiging,
)
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, ROLLEN_PER_SOORT, Functie, OrganisatieSoort, Rol

_ZOUT = "toegang.uitnodiging"

# Who may bring in colleagues of the own organisatie; a beheerder may for every organisatie.
NODIGT_UIT = (Rol.INSTELLINGSBEHEERDER, Rol.GEMEENTEBESLISSER, Rol.UWV_BESLISSER, Rol.MINISTERIE)


def link_van(uitnodiging: Uitnodiging) -> str:
    """The signed path in the mail."""
    return reverse("uitnodiging", args=[signing.dumps(str(uitnodiging.pk), salt=_ZOUT)])


def uitnodiging_van(sleutel: str, nu: datetime) -> Uitnodiging | None:
    """The open invitation of a link; None when the link is forged, used or expired."""
    try:
        nummer = signing.loads(sleutel, salt=_ZOUT)
    except signing.BadSignature:
        return None
    uitnodiging = Uitnodiging.objects.select_related("organisatie").filter(pk=nummer).first()
    return uitnodiging if uitnodiging and uitnodiging.is_open(nu) else None


def controleer(email: str, organisatie: Organisatie, rol: str, nu: datetime, functie: str = "") -> None:
    """Raise ValidationError, with the field it is about, when this invitation makes no sense."""
    if rol not in ROLLEN_PER_SOORT[OrganisatieSoort(organisatie.soort)]:
        raise ValidationError({"rol": "Kies een rol die bij deze organisatie past."})
    controleer_functie(functie, rol)
    lid = Lidmaatschap.objects.geldig_op(datum_van(nu)).filter(
        gebruiker__email__iexact=email, organisatie=organisatie, rol=rol
    )
    if lid.exists():
        raise ValidationError({"email": "Deze persoon heeft deze rol al."})


def controleer_functie(functie: str, rol: str) -> None:
    """Raise ValidationError for a functie that isn't there, or that this role can't have."""
    if functie and functie not in Functie.values:
        raise ValidationError({"functie": "Kies een functie uit de lijst."})
    if functie and rol not in GEMEENTEROLLEN:
        raise ValidationError({"functie": FUNCTIE_PAST_NIET})


@transaction.atomic
def nodig_uit(
    email: str, organisatie: Organisatie, rol: Rol, actor: Actor, *, nu: datetime, functie: str = ""
) -> Uitnodiging:
    """Invite `email` for a role, at a gemeente or verband also for a functie.

    Raises PermissionDenied for another's organisatie, ValidationError for the rest.
    """
    email = email.strip().lower()
    if actor.rol != Rol.BEHEERDER and (actor.rol not in NODIGT_UIT or actor.organisatie_id != organisatie.pk):
        raise PermissionDenied
    controleer(email, organisatie, rol, nu, functie)
    uitnodiging = Uitnodiging.objects.create(
        email=email,
        organisatie=organisatie,
        rol=rol,
        functie=functie,
        uitgenodigd_door=actor.persoon,
        gemaakt_op=nu,
        verloopt_op=nu + timedelta(days=settings.UITNODIGING_GELDIG_DAGEN),
    )
    _log(actor, "toegang.uitnodigen", "toegang.uitnodiging", str(uitnodiging.pk), nu)
    return uitnodiging


@transaction.atomic
def neem_aan(uitnodiging: Uitnodiging, *, naam: str, wachtwoord: str, nu: datetime) -> Gebruiker:
    """Use an invitation: make the account when there is none, and the lidmaatschap from today on.

    An existing account keeps its name and password; its owner must give that password.
    Raises ValidationError with the field it is about.
    """
    uitnodiging = Uitnodiging.objects.select_for_update(of=("self",)).get(pk=uitnodiging.pk)
    if not uitnodiging.is_open(nu):
        raise ValidationError("Deze uitnodiging is al gebruikt of verlopen. Vraag om een nieuwe.")
    gebruiker = Gebruiker.objects.filter(email__iexact=uitnodiging.email).first()
    if gebruiker is None:
        _controleer_wachtwoord(wachtwoord, Gebruiker(email=uitnodiging.email, naam=naam))
        gebruiker = Gebruiker.objects.create_user(
            uitnodiging.email, wachtwoord, naam=naam, aangemaakt_op=nu,
            is_staff=uitnodiging.rol == Rol.BEHEERDER,
        )  # fmt: skip
    elif not gebruiker.is_active or not gebruiker.check_password(wachtwoord):
        raise ValidationError({"wachtwoord": "Vul het wachtwoord in waarmee u al inlogt in dit portaal."})
    _maak_lid(gebruiker, uitnodiging, datum_van(nu))
    uitnodiging.gebruikt_op = nu
    uitnodiging.save(update_fields=["gebruikt_op"])
    actor = Actor(gebruiker, uitnodiging.organisatie, Rol(uitnodiging.rol))
    _log(actor, "toegang.uitnodiging_aannemen", "toegang.uitnodiging", str(uitnodiging.pk), nu)
    return gebruiker


def _controleer_wachtwoord(wachtwoord: str, gebruiker: Gebruiker) -> None:
    try:
        validate_password(wachtwoord, gebruiker)
    except ValidationError as fout:
        raise ValidationError({"wachtwoord": fout.error_list}) from fout


def _maak_lid(gebruiker: Gebruiker, uitnodiging: Uitnodiging, dag: date) -> None:
    """The lidmaatschap of an invitation, unless a second invitation for the same role came before."""
    rol = Rol(uitnodiging.rol)
    if rol == Rol.BEHEERDER and not gebruiker.is_staff:
        gebruiker.is_staff = True
        gebruiker.save(update_fields=["is_staff"])
    zelfde = Lidmaatschap.objects.filter(
        gebruiker=gebruiker, organisatie_id=uitnodiging.organisatie_id, rol=rol
    )
    if zelfde.geldig_op(dag).exists():
        return
    if zelfde.filter(geldig_van__gt=dag).exclude(geldig_tot=F("geldig_van")).exists():
        raise ValidationError("U krijgt deze rol al op een latere dag. Vraag de beheerder om hulp.")
    Lidmaatschap.objects.create(
        gebruiker=gebruiker, organisatie_id=uitnodiging.organisatie_id, rol=rol,
        functie=uitnodiging.functie, geldig_van=dag,
    )  # fmt: skip


@transaction.atomic
def geef_functie(lidmaatschap: Lidmaatschap, functie: str, actor: Actor, *, nu: datetime) -> None:
    """Give a colleague another functie, or none (empty); one's own as well, for it gives no rights over others.

    Raises PermissionDenied for another's organisatie, ValidationError for a functie that can't be.
    """
    _eis_eigen(lidmaatschap, actor)
    lidmaatschap = Lidmaatschap.objects.select_for_update(of=("self",)).get(pk=lidmaatschap.pk)
    controleer_functie(functie, lidmaatschap.rol)
    if lidmaatschap.geldig_tot is not None and lidmaatschap.geldig_tot <= datum_van(nu):
        raise ValidationError("Deze toegang is al beëindigd.")
    if lidmaatschap.functie == functie:
        return
    lidmaatschap.functie = functie
    lidmaatschap.save(update_fields=["functie"])
    _log(actor, "toegang.functie_geven", "toegang.lidmaatschap", str(lidmaatschap.pk), nu)


def _eis_eigen(lidmaatschap: Lidmaatschap, actor: Actor) -> None:
    """Who may invite for the organisatie, may change what its people do there."""
    eigen = actor.rol in NODIGT_UIT and actor.organisatie_id == lidmaatschap.organisatie_id
    if actor.rol != Rol.BEHEERDER and not eigen:
        raise PermissionDenied


@transaction.atomic
def beeindig(lidmaatschap: Lidmaatschap, actor: Actor, *, nu: datetime) -> None:
    """End a lidmaatschap today: the next request of that person no longer has this role."""
    _eis_eigen(lidmaatschap, actor)
    lidmaatschap = Lidmaatschap.objects.select_for_update(of=("self",)).get(pk=lidmaatschap.pk)
    if lidmaatschap.gebruiker_id == actor.gebruiker_id:
        raise ValidationError("U kunt uw eigen toegang niet beëindigen. Vraag een collega.")
    dag = datum_van(nu)
    if lidmaatschap.geldig_tot is not None and lidmaatschap.geldig_tot <= dag:
        raise ValidationError("Deze toegang is al beëindigd.")
    # One that began today, or begins later, is left with no day at all.
    lidmaatschap.geldig_tot = max(dag, lidmaatschap.geldig_van)
    lidmaatschap.save(update_fields=["geldig_tot"])
    _log(actor, "toegang.beeindigen", "toegang.lidmaatschap", str(lidmaatschap.pk), nu)


def _log(actor: Actor, code: str, soort: str, nummer: str, nu: datetime) -> None:
    schrijf([regel(actor, Soort.HANDELING, code, Onderwerp(soort, nummer), op=nu)])
