"""From outbox to mailbox: expand each Bericht into mails, and send what is due.

Every step is one transaction that a second worker passes by (SKIP LOCKED), so any number of them may run, and be
killed, at any moment. What a mail server refuses is tried again without end, at most an hour apart; only a mail that
it refuses for good, or that we cannot make, is given up after MAX_POGINGEN and then shown in the admin.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from ips_subsidie.berichten.models import Verzending, VerzendingStatus
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.models import Lidmaatschap, Uitnodiging
from ips_subsidie.toegang.uitnodigen import link_van

log = logging.getLogger(__name__)
MAX_POGINGEN = 8
LANGSTE_WACHT = timedelta(hours=1)
PARTIJ = 2000
# A daily mail names so many; the rest waits in the portal.
IN_EEN_MAIL = 200

# One statement: who has the role today, whether the bericht is theirs, and how they want it.
_ZET_UIT = """
WITH partij AS (
    SELECT id FROM berichten_bericht WHERE uitgezet_op IS NULL ORDER BY id LIMIT %(partij)s
    FOR UPDATE SKIP LOCKED
), mails AS (
    INSERT INTO berichten_verzending (bericht_id, gebruiker_id, status, pogingen, volgende_poging_op, fout)
    SELECT b.id, l.gebruiker_id, CASE v.wijze WHEN 'dagelijks' THEN 'wacht' ELSE 'klaar' END, 0, %(nu)s, ''
    FROM partij p JOIN berichten_bericht b ON b.id = p.id
      JOIN toegang_lidmaatschap l ON l.organisatie_id = b.organisatie_id AND l.rol = b.rol
        AND l.geldig_van <= %(dag)s AND (l.geldig_tot IS NULL OR l.geldig_tot > %(dag)s)
        AND (b.gebruiker_id IS NULL OR b.doorgegeven_op IS NOT NULL OR b.gebruiker_id = l.gebruiker_id)
      JOIN toegang_gebruiker g ON g.id = l.gebruiker_id AND g.is_active
      LEFT JOIN berichten_voorkeur v ON v.gebruiker_id = l.gebruiker_id AND v.groep = b.groep
    WHERE v.wijze IS DISTINCT FROM 'geen'
    ON CONFLICT DO NOTHING
)
UPDATE berichten_bericht b SET uitgezet_op = %(nu)s FROM partij p WHERE b.id = p.id
"""


def zet_uit(nu: datetime) -> int:
    """Make a Verzending for each member that a new Bericht is for; returns how many berichten."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ZET_UIT, {"partij": PARTIJ, "nu": nu, "dag": datum_van(nu)})
        aantal: int = cursor.rowcount
    return aantal


def verstuur_alles(nu: datetime, *, tijd: float = 200.0) -> bool:
    """Send all that is due, over one connection, for at most `tijd` seconds; False when there may be more.

    A mail server that doesn't answer costs no try of any mail: they wait as they are.
    """
    einde = time.monotonic() + tijd
    if not Verzending.objects.aan_de_beurt(nu).exists():
        return True
    verbinding = get_connection()
    try:
        while _bereikbaar(verbinding) and verstuur(nu, verbinding):
            if time.monotonic() > einde:
                return False
    finally:
        verbinding.close()
    return True


def verstuur(nu: datetime, verbinding: BaseEmailBackend | None = None) -> int:
    """Send one mail that is due, under its lock; returns 0 when nothing is left."""
    with transaction.atomic():
        _geef_de_mailserver_tijd()
        verzending = (
            Verzending.objects.aan_de_beurt(nu)
            .select_for_update(of=("self",), skip_locked=True)
            .select_related("bericht", "gebruiker")
            .annotate(geldig=Exists(_nog_lid(nu)))
            .first()
        )
        if verzending is None:
            return 0
        try:
            mail = _mail_van(verzending, nu)
            if mail is not None:
                mail.connection = verbinding
                mail.send()
        except Exception as fout:  # whatever it is: the rest goes on, and the admin shows it
            _later(verzending, nu, fout)
            if verbinding is not None:
                verbinding.close()  # it may be half-way a conversation
        else:
            verzending.status = VerzendingStatus.VERVALLEN if mail is None else VerzendingStatus.VERZONDEN
            verzending.verzonden_op = None if mail is None else nu
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
    open_staand = Uitnodiging.objects.filter(
        gemaild_op__isnull=True, gebruikt_op__isnull=True, verloopt_op__gt=nu
    )
    for nummer in open_staand.order_by("gemaakt_op", "pk").values_list("pk", flat=True)[:PARTIJ]:
        with transaction.atomic():
            _geef_de_mailserver_tijd()
            uitnodiging = (
                open_staand.select_for_update(of=("self",), skip_locked=True).filter(pk=nummer).first()
            )
            if uitnodiging is None:
                continue
            try:
                _mail(
                    uitnodiging.email,
                    "U bent uitgenodigd voor het IPS-subsidieportaal",
                    settings.SITE_ADRES + link_van(uitnodiging),
                    f"uitnodiging-{uitnodiging.pk}",
                ).send()
            except Exception:  # see verstuur
                log.warning("uitnodiging niet verstuurd")
                continue
            uitnodiging.gemaild_op = nu
            uitnodiging.save(update_fields=["gemaild_op"])


def _bereikbaar(verbinding: BaseEmailBackend) -> bool:
    """Open the connection, if it isn't."""
    try:
        verbinding.open()
    except OSError as fout:  # an SMTPException is one as well
        log.warning("mailserver niet bereikbaar: %s", type(fout).__name__)
        return False
    return True


def _nog_lid(nu: datetime, bericht: str = "bericht__") -> QuerySet[Lidmaatschap]:
    """Whether the receiver still has the role that the bericht is for: who left since gets no mail any more."""
    return Lidmaatschap.objects.geldig_op(datum_van(nu)).filter(
        gebruiker=OuterRef("gebruiker"),
        organisatie=OuterRef(f"{bericht}organisatie"),
        rol=OuterRef(f"{bericht}rol"),
    )


def _geef_de_mailserver_tijd() -> None:
    """While a slow server is spoken to, the row stays locked and the connection idle: longer than a page may."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '3min'")


def _mail_van(verzending: Verzending, nu: datetime) -> EmailMessage | None:
    """The mail of this row, or None when nobody there has the role any more."""
    kenteken = f"bericht-{verzending.pk}"
    aan = verzending.gebruiker.email
    if verzending.bericht is not None:
        if not verzending.geldig:  # type: ignore[attr-defined]
            return None
        return _mail(aan, verzending.bericht.titel, settings.SITE_ADRES + verzending.bericht.pad, kenteken)
    delen = verzending.delen.filter(Exists(_nog_lid(nu))).order_by("bericht_id").select_related("bericht")
    regels = [
        f"- {deel.bericht.titel}\n  {settings.SITE_ADRES}{deel.bericht.pad}"
        for deel in delen[: IN_EEN_MAIL + 1]
        if deel.bericht is not None
    ]
    return _dagmail(aan, regels, kenteken) if regels else None


def _mail(aan: str, taak: str, link: str, kenteken: str) -> EmailMessage:
    """A mail with the task and a link, and nothing that says whom it is about."""
    tekst = f"{taak}.\n\nBekijk het in het portaal:\n{link}\n\n{_slot()}"
    return _bericht(aan, taak, tekst, kenteken)


def _dagmail(aan: str, regels: list[str], kenteken: str) -> EmailMessage:
    """One mail with all tasks and links of a day."""
    meer = len(regels) > IN_EEN_MAIL
    lijst = "\n\n".join(regels[:IN_EEN_MAIL])
    if meer:
        lijst += f"\n\nEr is meer. Bekijk al uw berichten: {settings.SITE_ADRES}{reverse('berichten')}"
    voorkeuren = settings.SITE_ADRES + reverse("berichtvoorkeuren")
    tekst = f"Dit zijn uw nieuwe berichten.\n\n{lijst}\n\nLiever meteen een mail? {voorkeuren}\n\n{_slot()}"
    return _bericht(aan, "uw berichten van vandaag", tekst, kenteken)


def _slot() -> str:
    return f"U kunt deze mail niet beantwoorden. Inloggen: {settings.SITE_ADRES}{reverse('start')}\n"


def _bericht(aan: str, onderwerp: str, tekst: str, kenteken: str) -> EmailMessage:
    waar = urlsplit(settings.SITE_ADRES).hostname or "ips-subsidieportaal"
    return EmailMessage(
        f"IPS-subsidieportaal: {onderwerp}", tekst, to=[aan], headers={"Message-ID": f"<{kenteken}@{waar}>"}
    )


def _later(verzending: Verzending, nu: datetime, fout: Exception) -> None:
    verzending.pogingen = min(verzending.pogingen + 1, 30_000)
    verzending.fout = type(fout).__name__
    wacht = settings.MAIL_EERSTE_WACHT * 2 ** min(verzending.pogingen - 1, 20)
    verzending.volgende_poging_op = nu + min(wacht, LANGSTE_WACHT)
    if _voorgoed(fout) and verzending.pogingen >= MAX_POGINGEN:
        verzending.status = VerzendingStatus.MISLUKT


def _voorgoed(fout: Exception) -> bool:
    """Is it this mail that the server will not have, or that can't be made, and not the server that is away?"""
    if isinstance(fout, SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in fout.recipients.values())
    if isinstance(fout, SMTPDataError):
        return fout.smtp_code >= 500
    return not isinstance(fout, OSError)
