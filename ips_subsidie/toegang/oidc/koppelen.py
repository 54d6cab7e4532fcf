"""From what a service says to an account that is already there. Accounts and rights are never made here."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.logboek.schrijven import Onderwerp, schrijf_gebeurtenis
from ips_subsidie.toegang.models import Gebruiker, Lidmaatschap
from ips_subsidie.toegang.oidc.client import Beweerd
from ips_subsidie.toegang.oidc.models import Identiteit, Inlogdienst
from ips_subsidie.toegang.oidc.weigering import InlogGeweigerd, Reden


def gebruiker_van(beweerd: Beweerd, dienst: Inlogdienst, nu: datetime) -> Gebruiker:
    """The account of this person: by the number of the service, the first time by a verified e-mail address.

    Raises InlogGeweigerd when there is none, when it is switched off, and when it doesn't work for the organisatie of
    this service today: what one organisatie says must not open what is another's.
    """
    identiteit = (
        Identiteit.objects.filter(inlogdienst=dienst, sub=beweerd.sub, beeindigd_op__isnull=True)
        .select_related("gebruiker")
        .first()
    )
    gebruiker = identiteit.gebruiker if identiteit else _bij_adres(beweerd)
    if not gebruiker.is_active:
        raise _geen("account_staat_uit")
    leden = Lidmaatschap.objects.geldig_op(datum_van(nu))
    if not leden.filter(gebruiker=gebruiker, organisatie_id=dienst.organisatie_id).exists():
        raise _geen("geen_lidmaatschap")
    if identiteit is None:
        _koppel(beweerd, dienst, gebruiker, nu)
    return gebruiker


def _bij_adres(beweerd: Beweerd) -> Gebruiker:
    if not beweerd.email_geverifieerd:
        raise _geen("adres_niet_geverifieerd")
    gevonden = Gebruiker.objects.filter(email__iexact=beweerd.email).first() if beweerd.email else None
    # The database folds some letters together that are not the same address.
    if gevonden is None or gevonden.email.lower() != beweerd.email.lower():
        raise _geen("onbekend_adres")
    return gevonden


def _koppel(beweerd: Beweerd, dienst: Inlogdienst, gebruiker: Gebruiker, nu: datetime) -> None:
    try:
        with transaction.atomic():
            nieuw = Identiteit.objects.create(
                inlogdienst=dienst, sub=beweerd.sub, gebruiker=gebruiker, gekoppeld_op=nu
            )
    except IntegrityError as fout:
        # Known under another number already, or linked at this very moment: the one that is there counts.
        raise _geen("andere_identiteit") from fout
    schrijf_gebeurtenis(
        "toegang.identiteit_koppelen",
        gebruiker=gebruiker,
        organisatie=dienst.organisatie,
        onderwerp=Onderwerp("toegang.identiteit", str(nieuw.pk)),
    )


def _geen(detail: str) -> InlogGeweigerd:
    return InlogGeweigerd(Reden.GEEN_ACCOUNT, detail)
