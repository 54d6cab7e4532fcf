"""How amounts, dates and identities are written, and the tags that draw the components of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from django import template
from django.forms import Form
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ips_subsidie.vormgeving.onderdelen import (
    Actie,
    Bericht,
    Document,
    Gebeurtenis,
    Rij,
    Staaf,
    Stuk,
    Taak,
    Teller,
)

register = template.Library()
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ONDERDEEL = "vormgeving/onderdelen"
NBSP = "\N{NO-BREAK SPACE}"

BADGES = {
    "neutraal": "utrecht-status-badge--neutral",
    "info": "utrecht-status-badge--neutral app-badge--info",
    "goed": "utrecht-status-badge--success",
    "let_op": "utrecht-status-badge--warning",
    "fout": "utrecht-status-badge--danger",
    "inactief": "utrecht-status-badge--inactive",
}
MELDINGEN = {"info": "info", "goed": "ok", "let_op": "warning", "fout": "error"}
NIVEAUS = {"debug": "info", "info": "info", "success": "goed", "warning": "let_op", "error": "fout"}


# --- filters -----------------------------------------------------------------------------------------


@register.filter
def getal(waarde: int | None) -> str:
    """1234567 -> 1.234.567"""
    return "" if waarde is None else f"{waarde:,}".replace(",", ".")


@register.filter
def euro(cent: int | None) -> str:
    """Integer cents, so 800000 -> € 8.000,00; no floats on the way."""
    if cent is None:
        return ""
    euros, rest = divmod(abs(int(cent)), 100)
    return f"€{NBSP}{'-' if cent < 0 else ''}{getal(euros)},{rest:02d}"


def _in_amsterdam(waarde: date | datetime) -> date | datetime:
    if not isinstance(waarde, datetime):
        return waarde
    if waarde.tzinfo is None:
        raise ValueError("Een moment zonder tijdzone is geen moment.")
    return waarde.astimezone(AMSTERDAM)


@register.filter
def datum(waarde: date | datetime | None) -> str:
    """A day as 3 juni 2019; of an instant the day it is in Amsterdam."""
    return date_format(_in_amsterdam(waarde), "j F Y") if waarde else ""


@register.filter
def maand(waarde: date | None) -> str:
    """A month as juni 2019."""
    return date_format(_in_amsterdam(waarde), "F Y") if waarde else ""


@register.filter
def tijdstip(waarde: datetime | None) -> str:
    """An instant as 3 juni 2019, 14:05 uur, in Amsterdam."""
    return f"{date_format(_in_amsterdam(waarde), 'j F Y, H:i')} uur" if waarde else ""


@register.filter
def bsn_gemaskeerd(bsn: str | None) -> str:
    """Only the last four digits can be read."""
    return f"•••••{bsn[-4:]}" if bsn else ""


@register.filter
def bestandsgrootte(aantal_bytes: int | None) -> str:
    if aantal_bytes is None:
        return ""
    if aantal_bytes < 1024 * 1024:
        return f"{max(1, round(aantal_bytes / 1024))} kB"
    return f"{aantal_bytes / 1024 / 1024:.1f} MB".replace(".", ",")


@register.filter
def meldingsoort(niveau: str) -> str:
    """The kind of alert of a Django message (its `level_tag`)."""
    return NIVEAUS.get(niveau, "info")


@register.filter
def in_delen(tekst: str) -> list[str]:
    """'Maand,Aantal' -> ['Maand', 'Aantal'], for the heads of a table."""
    return [deel.strip() for deel in tekst.split(",")]


# --- small tags --------------------------------------------------------------------------------------


@register.simple_tag
def badge(tekst: str, soort: str = "neutraal") -> SafeString:
    """A status: {% badge "Toegekend" "goed" %}. An unknown kind is a mistake in the table, so it fails."""
    return format_html('<span class="utrecht-status-badge {}">{}</span>', BADGES[soort], tekst)


@register.inclusion_tag(f"{ONDERDEEL}/kruimelpad.html")
def kruimelpad(*delen: str) -> dict[str, Any]:
    """{% kruimelpad "Mijn aanvragen" lijst_url "IPS-26-4K7Q2M" %}: titles and urls in turn.

    The last title is this page itself and may lack its url.
    """
    paren = [(delen[i], delen[i + 1] if i + 1 < len(delen) else "") for i in range(0, len(delen), 2)]
    return {"stappen": [{"titel": titel, "url": url} for titel, url in paren]}


@register.inclusion_tag(f"{ONDERDEEL}/paginering.html")
def paginering(volgende: str = "", vorige: str = "", wat: str = "") -> dict[str, Any]:
    """Keyset paging: the urls of the next and previous page, '' or None where there is none."""
    return {"volgende": volgende or "", "vorige": vorige or "", "wat": wat}


@register.inclusion_tag(f"{ONDERDEEL}/melding.html")
def melding(soort: str, titel: str, tekst: str = "", rol: str = "") -> dict[str, Any]:
    """{% melding "let_op" "Let op" "De termijn loopt af." %}; give a rol (status, alert) to news."""
    return {"klasse": MELDINGEN[soort], "titel": titel, "tekst": tekst, "rol": rol}


# --- components --------------------------------------------------------------------------------------


@register.inclusion_tag(f"{ONDERDEEL}/samenvatting.html")
def samenvatting(rijen: Iterable[Rij]) -> dict[str, Any]:
    """The rows of check answers, or the facts of a dossier."""
    return {"rijen": list(rijen)}


@register.inclusion_tag(f"{ONDERDEEL}/takenlijst.html")
def takenlijst(taken: Iterable[Taak], naam: str = "taak") -> dict[str, Any]:
    """The parts of an aanvraag; `naam` keeps ids apart when a page has two lists."""
    return {"taken": list(taken), "naam": naam}


@register.inclusion_tag(f"{ONDERDEEL}/aan_zet.html")
def aan_zet(
    wie: str,
    wat: str = "",
    *,
    beslist: str = "",
    betaalt: str = "",
    uiterlijk: date | None = None,
    ik: bool = False,
) -> dict[str, Any]:
    """Who has to do what, who decides, who pays, and by when. `ik`: it is the reader's own turn."""
    return {"wie": wie, "wat": wat, "beslist": beslist, "betaalt": betaalt, "uiterlijk": uiterlijk, "ik": ik}


@register.inclusion_tag(f"{ONDERDEEL}/tijdlijn.html")
def tijdlijn(gebeurtenissen: Iterable[Gebeurtenis]) -> dict[str, Any]:
    return {"gebeurtenissen": list(gebeurtenissen)}


@register.inclusion_tag(f"{ONDERDEEL}/acties.html", takes_context=True)
def acties(context: template.Context, lijst: Iterable[Actie]) -> dict[str, Any]:
    """The acts that can be done now, and why another cannot."""
    alle = list(lijst)
    return {
        "kan": [actie for actie in alle if not actie.redenen],
        "kan_niet": [actie for actie in alle if actie.redenen],
        "csrf_token": context.get("csrf_token", ""),
    }


@register.inclusion_tag(f"{ONDERDEEL}/lege_staat.html")
def lege_staat(titel: str, tekst: str = "", url: str = "", actie: str = "") -> dict[str, Any]:
    return {"titel": titel, "tekst": tekst, "url": url, "actie": actie}


@register.inclusion_tag(f"{ONDERDEEL}/tellers.html")
def tellers(lijst: Iterable[Teller], naam: str = "Filter op status") -> dict[str, Any]:
    return {"tellers": list(lijst), "naam": naam}


@register.inclusion_tag(f"{ONDERDEEL}/filters.html")
def filters(formulier: Form, wis_url: str = "", methode: Literal["get", "post"] = "get") -> dict[str, Any]:
    """A filter form that is sent with GET, so that it stands in the URL; with POST where a name may be typed."""
    return {"formulier": formulier, "wis_url": wis_url, "methode": methode}


@register.inclusion_tag(f"{ONDERDEEL}/inbox.html")
def inbox(berichten: Iterable[Bericht]) -> dict[str, Any]:
    return {"berichten": list(berichten)}


@register.inclusion_tag(f"{ONDERDEEL}/documenten.html")
def documenten(lijst: Iterable[Document]) -> dict[str, Any]:
    return {"documenten": list(lijst)}


@register.inclusion_tag(f"{ONDERDEEL}/bevestiging.html")
def bevestiging(titel: str, kenmerk: str = "", tekst: str = "") -> dict[str, Any]:
    return {"titel": titel, "kenmerk": kenmerk, "tekst": tekst}


@register.inclusion_tag(f"{ONDERDEEL}/grafiek.html")
def grafiek(
    bijschrift: str,
    beeld: SafeString,
    koppen: Sequence[str],
    rijen: Iterable[Sequence[Any]],
    *,
    naast: bool = True,
    legenda: Sequence[str] = (),
) -> dict[str, Any]:
    """A chart of charts.py with the same numbers in a table; the first column names, the others count.

    `legenda` names the colours in use: "gebruikt", "gereserveerd", "vrij", "vol" ("gebruikt,vrij"|in_delen).
    """
    return {
        "bijschrift": bijschrift,
        "beeld": beeld,
        "koppen": koppen,
        "rijen": list(rijen),
        "naast": naast,
        "legenda": legenda,
    }


@register.simple_tag
def budgetbalk(stukken: Iterable[Stuk], titel: str) -> SafeString:
    from ips_subsidie.vormgeving.charts import stapelbalk

    return stapelbalk(list(stukken), titel=titel)


@register.simple_tag
def staven(lijst: Iterable[Staaf], titel: str) -> SafeString:
    from ips_subsidie.vormgeving.charts import naamstaven

    return naamstaven(list(lijst), titel=titel)
