"""Asking for a new password, and the mail that answers. The page and its time are the same for every address."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db import connection, transaction

from ips_subsidie.logboek.schrijven import Onderwerp, schrijf_gebeurtenis
from ips_subsidie.toegang.inlogmodellen import Wachtwoordvraag
from ips_subsidie.toegang.models import Gebruiker

log = logging.getLogger(__name__)
# A mail server that is away for longer has made the question old: it is asked anew then.
GELDIG = timedelta(hours=1)
# Mailed or not: the logboek holds that it was asked.
VERGETEN_NA = timedelta(days=1)
_PARTIJ = 200


def vraag_aan(gebruikers: Iterable[Gebruiker], *, nu: datetime) -> None:
    """Note that these accounts want a new password; the worker mails the link within a minute or so.

    Without an account only the logboek hears of it.
    """
    gebruikers = list(gebruikers)
    if not gebruikers:
        schrijf_gebeurtenis(
            "wachtwoord.vergeten",
            onderwerp=Onderwerp("toegang.gebruiker"),
            gegevens={"bekend": False},
            geweigerd=True,
        )
    for gebruiker in gebruikers:
        Wachtwoordvraag.objects.create(gebruiker=gebruiker, gevraagd_op=nu)
        schrijf_gebeurtenis(
            "wachtwoord.vergeten",
            gebruiker=gebruiker,
            onderwerp=Onderwerp("toegang.gebruiker", str(gebruiker.pk)),
        )


def verstuur(nu: datetime) -> None:
    """Mail the links that were asked for; one that fails is taken up again by the next sweep, for an hour."""
    te_mailen = Wachtwoordvraag.objects.filter(gemaild_op__isnull=True, gevraagd_op__gt=nu - GELDIG)
    for nummer in te_mailen.order_by("gevraagd_op").values_list("pk", flat=True)[:_PARTIJ]:
        with transaction.atomic():
            _geef_de_mailserver_tijd()
            vraag = (
                te_mailen.select_for_update(of=("self",), skip_locked=True)
                .select_related("gebruiker")
                .filter(pk=nummer)
                .first()
            )
            if vraag is None or not _mail(vraag):
                continue
            vraag.gemaild_op = nu
            vraag.save(update_fields=["gemaild_op"])
    Wachtwoordvraag.objects.filter(gevraagd_op__lte=nu - VERGETEN_NA).delete()


def _mail(vraag: Wachtwoordvraag) -> bool:
    gebruiker: Gebruiker = vraag.gebruiker
    if not gebruiker.is_active:
        return True
    adapter = get_adapter()
    sleutel = f"{user_pk_to_url_str(gebruiker)}-{default_token_generator.make_token(gebruiker)}"
    context = {"password_reset_url": adapter.get_reset_password_from_key_url(sleutel)}
    try:
        adapter.render_mail("account/email/password_reset_key", gebruiker.email, context).send()
    except (
        Exception
    ) as fout:  # whatever the mail server does: the other mails go on, and this one is tried again
        log.warning("mail over het wachtwoord niet verstuurd: %s", type(fout).__name__)
        return False
    return True


def _geef_de_mailserver_tijd() -> None:
    """While a slow server is spoken to, the row stays locked and the connection idle: longer than a page may."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '3min'")
