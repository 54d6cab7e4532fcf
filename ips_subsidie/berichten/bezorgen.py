"""From outbox to mailbox: expand each Bericht into mails, and send what is due."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from ips_subsidie.berichten.models import Bericht, Verzending, VerzendingStatus
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.models import Lidmaatschap, Uitnodiging
from ips_subsidie.toegang.uitnodigen import link_van

log = logging.getLogger(__name__)
MAX_POGINGEN = 8
PARTIJ = 200


def zet_uit(nu: datetime) -> int:
    """Make a Verzending for each member of the role that a new Bericht is for; returns how many berichten."""
    with transaction.atomic():
        berichten = list(
            Bericht.objects.select_for_update(of=("self",), skip_locked=True)
            .filter(uitgezet_op__isnull=True)
            .order_by("pk")[:PARTIJ]
        )
        if not berichten:
            return 0
        leden: dict[tuple[UUID, str], set[UUID]] = {}
        rijen = (
            Lidmaatschap.objects.geldig_op(datum_van(nu))
            .filter(organisatie_id__in={b.organisatie_id for b in berichten})
            .order_by()
            .values_list("organisatie_id", "rol", "gebruiker_id")
        )
        for organisatie_id, rol, gebruiker_id in rijen:
            leden.setdefault((organisatie_id, rol), set()).add(gebruiker_id)
        Verzending.objects.bulk_create(
            [
                Verzending(bericht=bericht, gebruiker_id=gebruiker_id, volgende_poging_op=nu)
                for bericht in berichten
                for gebruiker_id in leden.get((bericht.organisatie_id, bericht.rol), ())
            ],
            ignore_conflicts=True,
        )
        Bericht.objects.filter(pk__in=[b.pk for b in berichten]).update(uitgezet_op=nu)
    return len(berichten)


def verstuur(nu: datetime) -> int:
    """Send one mail that is due, under its lock; returns 0 when nothing is left."""
    with transaction.atomic():
        verzending = (
            Verzending.objects.aan_de_beurt(nu)
            .select_for_update(of=("self",), skip_locked=True)
            .select_related("bericht", "gebruiker")
            .first()
        )
        if verzending is None:
            return 0
        try:
            _mail(
                verzending.gebruiker.email,
                verzending.bericht.titel,
                settings.SITE_ADRES + verzending.bericht.pad,
                f"<bericht-{verzending.pk}@ips-subsidieportaal>",
            ).send()
        except Exception as fout:  # any fault of the mail server: try later, and say so in the admin
            _later(verzending, nu, type(fout).__name__)
        else:
            verzending.status = VerzendingStatus.VERZONDEN
            verzending.verzonden_op = nu
            verzending.fout = ""
        verzending.save()
    return 1


def zet_opnieuw_klaar(verzendingen: QuerySet[Verzending], nu: datetime) -> list[Verzending]:
    """Give mails that were given up another round of tries; returns which."""
    with transaction.atomic():
        mislukt = list(
            verzendingen.select_related(None)
            .select_for_update(of=("self",))
            .filter(status=VerzendingStatus.MISLUKT)
        )
        Verzending.objects.filter(pk__in=[v.pk for v in mislukt]).update(
            status=VerzendingStatus.KLAAR, pogingen=0, volgende_poging_op=nu
        )
    return mislukt


def verstuur_uitnodigingen(nu: datetime) -> None:
    """Mail the invitations that were not mailed yet; a failing one is taken up again by the next sweep."""
    with transaction.atomic():
        for uitnodiging in Uitnodiging.objects.select_for_update(of=("self",), skip_locked=True).filter(
            gemaild_op__isnull=True, gebruikt_op__isnull=True, verloopt_op__gt=nu
        ):
            try:
                _mail(
                    uitnodiging.email,
                    "U bent uitgenodigd voor het IPS-subsidieportaal",
                    settings.SITE_ADRES + link_van(uitnodiging),
                    f"<uitnodiging-{uitnodiging.pk}@ips-subsidieportaal>",
                ).send()
            except Exception:  # see verstuur
                log.warning("uitnodiging niet verstuurd")
                continue
            uitnodiging.gemaild_op = nu
            uitnodiging.save(update_fields=["gemaild_op"])


def _mail(aan: str, taak: str, link: str, message_id: str) -> EmailMessage:
    """A mail with the task and a link, and nothing that says whom it is about."""
    hulp = settings.SITE_ADRES + reverse("start")
    tekst = (
        f"{taak}.\n\nBekijk het in het portaal:\n{link}\n\n"
        f"U kunt deze mail niet beantwoorden. Inloggen: {hulp}\n"
    )
    return EmailMessage(f"IPS-subsidieportaal: {taak}", tekst, to=[aan], headers={"Message-ID": message_id})


def _later(verzending: Verzending, nu: datetime, fout: str) -> None:
    verzending.pogingen += 1
    verzending.fout = fout[:200]
    verzending.volgende_poging_op = nu + timedelta(minutes=2**verzending.pogingen)
    if verzending.pogingen >= MAX_POGINGEN:
        verzending.status = VerzendingStatus.MISLUKT
