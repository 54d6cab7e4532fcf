"""What a walk over pages meets: the parts of a dossier, and the forms of a page, filled in as a person would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

import lxml.html

from aanvragen.models import Aanvraag
from ips_subsidie.handelingen.kern import Handeling
from tests.opslag.conftest import maak_png

_DATUM = {"_dag": "3", "_maand": "6", "_jaar": "2019"}
VERBORGEN = {"csrfmiddlewaretoken", "sleutel", "versie", "tekst_gezien"}


@dataclass(frozen=True)
class Paginaformulier:
    """One form of a page: where it goes, and what a willing person would send."""

    adres: str
    methode: str
    waarden: dict[str, Any]
    bestanden: tuple[str, ...] = ()
    velden: tuple[str, ...] = field(default=())
    keuzes: dict[str, list[str]] = field(default_factory=dict)  # all that a radio or a select offers

    def met(self, **over: Any) -> dict[str, Any]:
        """The data to send, with `over` in the place of some; each time with new files."""
        bestanden = {naam: maak_bestand() for naam in self.bestanden}
        return {**self.waarden, **bestanden, **over}


def maak_bestand() -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("proef.png", maak_png(), "image/png")


def formulieren(html: str, adres: str) -> list[Paginaformulier]:
    """Every form on this page but those of logging out and of the head of the page."""
    document = lxml.html.fromstring(html)
    return [
        _lees(form, adres)
        for form in document.iter("form")
        if "/uitloggen/" not in (form.get("action") or "")
    ]


def _lees(form: Any, adres: str) -> Paginaformulier:
    waarden: dict[str, Any] = {}
    bestanden: list[str] = []
    for invoer in form.xpath(".//input[@name] | .//select[@name] | .//textarea[@name]"):
        naam = invoer.get("name")
        if invoer.get("type") == "file":
            bestanden.append(naam)
        elif invoer.get("type") not in ("submit", "button", "image"):
            waarden.setdefault(naam, "")
            waarden[naam] = _waarde(invoer, waarden[naam])
    for knop in form.xpath(".//button[@name]")[:1]:
        waarden[knop.get("name")] = knop.get("value") or ""
    keuzes: dict[str, list[str]] = {}
    for optie in form.xpath(".//input[@type='radio'] | .//select/option[@value != '']"):
        naam = optie.get("name") or optie.getparent().get("name")
        keuzes.setdefault(naam, []).append(optie.get("value"))
    velden = [*(naam for naam in waarden if naam not in VERBORGEN), *bestanden]
    return Paginaformulier(
        urljoin(adres, form.get("action") or adres), (form.get("method") or "get").lower(), waarden, tuple(bestanden),
        tuple(velden), keuzes,
    )  # fmt: skip


def _waarde(invoer: Any, al: Any) -> Any:
    """What stands there; else what this kind of field would take."""
    soort = invoer.get("type", invoer.tag)
    if soort in ("radio", "checkbox"):
        return al or invoer.get("value") or "on"
    if invoer.tag == "select":
        gekozen = [
            o.get("value") for o in invoer.iter("option") if o.get("selected") is not None and o.get("value")
        ]
        return (gekozen or [o.get("value") for o in invoer.iter("option") if o.get("value")] or [""])[0]
    staat = (invoer.text if invoer.tag == "textarea" else invoer.get("value")) or ""
    return staat.strip("\n") or _verzin(invoer.get("name"), soort, invoer.get("inputmode") or "")


def _verzin(naam: str, soort: str, toetsen: str) -> str:
    for einde, waarde in _DATUM.items():
        if naam.endswith(einde):
            return waarde
    if soort == "hidden":
        return ""
    if soort == "email" or "email" in naam:
        return "iemand@voorbeeld.example"
    if "bsn" in naam:
        return "999990019"
    if toetsen in ("numeric", "decimal") or soort == "number":
        return "4"
    return "Een gewone zin voor de proef."


def delen(aanvraag: Aanvraag) -> Iterator[Any]:
    """The dossier and every part of it on which somebody may act."""
    yield aanvraag
    traject = getattr(aanvraag, "traject", None)
    if traject is not None:
        yield traject
        yield from traject.verlengingen.all()
        yield from traject.stopberichten.all()
        if getattr(traject, "vaststelling", None) is not None:
            yield traject.vaststelling
    yield from aanvraag.bezwaren.all()
    yield from aanvraag.ingebrekestellingen.all()


def pagina_van(handeling: Handeling[Any, Any]) -> str:
    """The name of the address at which this act is done, if it has one."""
    return f"{handeling.doe.__module__.partition('.')[0]}:{handeling.naam}"
