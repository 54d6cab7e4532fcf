"""Files for machines at a fixed address: for who finds a weakness, for search engines, for browsers."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ips_subsidie.toegang.poort import openbaar

# RFC 9116, 2.5.5: less than a year ahead. Computed, so that it never lapses while the portal runs.
GELDIG = timedelta(days=180)
TEKST = "text/plain; charset=utf-8"


@openbaar
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116). By the machine's clock: a demo of 2019 is found today."""
    site = settings.SITE_ADRES
    verloopt = (timezone.now() + GELDIG).replace(hour=0, minute=0, second=0, microsecond=0)
    regels = [
        f"Contact: mailto:{settings.CONTACT['beveiliging']}",
        f"Contact: {site}{reverse('kwetsbaarheid')}",
        f"Expires: {verloopt:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {site}{reverse('security_txt')}",
        f"Policy: {site}{reverse('kwetsbaarheid')}",
    ]
    return HttpResponse("\n".join(regels) + "\n", content_type=TEKST)


@openbaar
@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Nothing here is for search engines."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type=TEKST)


@openbaar
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for it unasked, for a PDF for one."""
    return redirect(static("img/icoon.svg"))
