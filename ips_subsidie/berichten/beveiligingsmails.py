"""Mails about a second factor: to the owner of the account, whoever changed it."""

from __future__ import annotations

import logging
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.urls import reverse

from ips_subsidie.toegang.factormodellen import Beveiligingsmelding, Factorwijziging

log = logging.getLogger(__name__)
_PARTIJ = 500
_WAS_U_DIT_NIET = (
    "Was u dit niet? Kies dan meteen een nieuw wachtwoord en bel de beheerder van uw organisatie:\n"
    "{wachtwoord}"
)
_DAARNA = {
    Factorwijziging.CODE_GEBRUIKT: (
        "Deze code werkt nu niet meer. Hebt u weinig codes over? Maak dan nieuwe:\n{beveiliging}"
    ),
    Factorwijziging.HERSTELD: (
        "Een beheerder heeft dit gedaan. U bent overal uitgelogd. "
        "Log in met uw wachtwoord en stel een nieuwe tweede stap in:\n{start}"
    ),
}
_ANDERS = "Bekijk hoe u inlogt:\n{beveiliging}"


def verstuur(nu: datetime) -> None:
    """Send what waits; one that fails is taken up again by the next sweep, with the same Message-ID."""
    te_mailen = Beveiligingsmelding.objects.filter(gemaild_op__isnull=True)
    for nummer in te_mailen.order_by("gemaakt_op", "pk").values_list("pk", flat=True)[:_PARTIJ]:
        with transaction.atomic():
            with connection.cursor() as cursor:
                # While a slow mail server is spoken to, the connection is idle for longer than a page may be.
                cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '3min'")
            melding = (
                te_mailen.select_for_update(of=("self",), skip_locked=True)
                .select_related("gebruiker")
                .filter(pk=nummer)
                .first()
            )
            if melding is None:
                continue
            try:
                mail_van(melding).send()
            except (
                Exception
            ) as fout:  # whatever the mail server does: the others go on, and this one is tried again
                log.warning("beveiligingsmelding niet verstuurd: %s", type(fout).__name__)
                continue
            melding.gemaild_op = nu
            melding.save(update_fields=["gemaild_op"])


def mail_van(melding: Beveiligingsmelding) -> EmailMessage:
    """What happened, what to do, and what to do when it was somebody else; no name and no code."""
    links = {
        "beveiliging": settings.SITE_ADRES + reverse("beveiliging"),
        "wachtwoord": settings.SITE_ADRES + reverse("account_reset_password"),
        "start": settings.SITE_ADRES + reverse("start"),
    }
    wat = Factorwijziging(melding.wat)
    delen = [
        f"{wat.label}.",
        _DAARNA.get(wat, _ANDERS),
        _WAS_U_DIT_NIET,
        "U kunt deze mail niet beantwoorden.",
    ]
    waar = urlsplit(settings.SITE_ADRES).hostname or "ips-subsidieportaal"
    return EmailMessage(
        f"IPS-subsidieportaal: {wat.label}",
        "\n\n".join(deel.format(**links) for deel in delen) + "\n",
        to=[melding.gebruiker.email],
        headers={"Message-ID": f"<beveiliging-{melding.pk}@{waar}>"},
    )
