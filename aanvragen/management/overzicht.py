"""docs/handelingen.md, drawn from the registry: every act in one table, every object in one diagram."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.db import models

from aanvragen.models import (
    Aanvraag,
    Bezwaar,
    Ingebrekestelling,
    Intrekkingsvoornemen,
    Stopbericht,
    Toestemming,
    Traject,
    Vaststelling,
    Verlenging,
    Voordracht,
)
from aanvragen.regels.bezwaar import BESLIST_BEZWAAR, BezwaarStatus
from aanvragen.regels.dwangsom import IngebrekestellingStatus
from aanvragen.regels.intrekking import VoornemenStatus
from aanvragen.regels.statussen import (
    FASEN,
    OPEN_VASTSTELLING,
    AanvraagStatus,
    StopberichtStatus,
    ToestemmingStatus,
    TrajectStatus,
    VaststellingStatus,
)
from budget.models import Bankrekening, Betaalbatch, Factuur, Terugvordering
from ips_subsidie.handelingen.kern import REGISTER, Handeling

OBJECTEN: tuple[type[models.Model], ...] = (
    Aanvraag,
    Traject,
    Stopbericht,
    Vaststelling,
    Verlenging,
    Voordracht,
    Toestemming,
    Bezwaar,
    Ingebrekestelling,
    Intrekkingsvoornemen,
    Factuur,
    Betaalbatch,
    Terugvordering,
    Bankrekening,
)

# Statuses that an act on another object gives: the object, from, to, and the act with what it does to it.
ELDERS: tuple[tuple[type[models.Model], str | None, str, str], ...] = (
    (Traject, None, TrajectStatus.GEPLAND, "aanvraag.toekennen"),
    (Traject, None, TrajectStatus.GEPLAND, "bezwaar.beslissen"),
    (Traject, TrajectStatus.NIET_GESTART, TrajectStatus.GEPLAND, "bezwaar.beslissen"),
    (Aanvraag, AanvraagStatus.AFGEWEZEN, AanvraagStatus.TOEGEKEND, "bezwaar.beslissen"),
    (Aanvraag, AanvraagStatus.AFGEWEZEN, AanvraagStatus.IN_BEHANDELING, "bezwaar.beslissen"),
    (Aanvraag, AanvraagStatus.BUITEN_BEHANDELING, AanvraagStatus.IN_BEHANDELING, "bezwaar.beslissen"),
    (Aanvraag, AanvraagStatus.BESLUIT_INGETROKKEN, AanvraagStatus.TOEGEKEND, "bezwaar.beslissen"),
    (Bezwaar, None, BezwaarStatus.ONTVANGEN, "bezwaar.indienen"),
    (Bezwaar, None, BezwaarStatus.ONTVANGEN, "bezwaar.registreren"),
    *((Bezwaar, BezwaarStatus.VOORGESTELD, naar, "bezwaar.beslissen") for naar in BESLIST_BEZWAAR),
    (Verlenging, "afgewezen", "toegekend", "bezwaar.beslissen"),
    *(
        (Ingebrekestelling, None, naar, f"ingebrekestelling.{wat}")
        for wat in ("indienen", "registreren")
        for naar in (IngebrekestellingStatus.PREMATUUR, IngebrekestellingStatus.LOOPT)
    ),
    (Ingebrekestelling, None, IngebrekestellingStatus.OP_TIJD, "ingebrekestelling.registreren"),
    (Ingebrekestelling, None, IngebrekestellingStatus.VERBEURD, "ingebrekestelling.registreren"),
    (Ingebrekestelling, "loopt", IngebrekestellingStatus.VERBEURD, "dwangsom.voorstellen"),
    (Intrekkingsvoornemen, None, VoornemenStatus.VOORGENOMEN, "aanvraag.voornemen_intrekken"),
    (
        Intrekkingsvoornemen,
        VoornemenStatus.VOORGENOMEN,
        VoornemenStatus.UITGEVOERD,
        "aanvraag.besluit_intrekken",
    ),
    (Traject, TrajectStatus.GEPLAND, TrajectStatus.NIET_GESTART, "aanvraag.besluit_intrekken"),
    (Traject, TrajectStatus.VOORTIJDIG_BEEINDIGD, TrajectStatus.GESTART, "stopbericht.herroepen"),
    (Stopbericht, None, StopberichtStatus.VERZONDEN, "traject.stoppen"),
    (Stopbericht, None, StopberichtStatus.BEVESTIGD, "traject.stoppen"),
    (Vaststelling, None, VaststellingStatus.VERSLAG_GEVRAAGD, "traject.stoppen"),
    (Vaststelling, None, VaststellingStatus.VERSLAG_GEVRAAGD, "stopbericht.bevestigen"),
    (Vaststelling, None, VaststellingStatus.VERSLAG_GEVRAAGD, "traject.verslag_vragen"),
    (Vaststelling, None, VaststellingStatus.VERSLAG_ONTVANGEN, "traject.verslag_indienen"),
    *(
        (Vaststelling, van, VaststellingStatus.VERSLAG_ONTVANGEN, "traject.verslag_indienen")
        for van in OPEN_VASTSTELLING
        if van != VaststellingStatus.VERSLAG_ONTVANGEN
    ),
    (
        Vaststelling,
        VaststellingStatus.VERSLAG_GEVRAAGD,
        VaststellingStatus.OPGESCHORT,
        "stopbericht.herroepen",
    ),
    (
        Vaststelling,
        VaststellingStatus.OPGESCHORT,
        VaststellingStatus.VERSLAG_GEVRAAGD,
        "stopbericht.bevestigen",
    ),
    (Verlenging, None, "aangevraagd", "verlenging.vragen"),
    (Toestemming, None, ToestemmingStatus.GEVRAAGD, "aanvraag.toestemming_vragen"),
    (Toestemming, None, ToestemmingStatus.GEVRAAGD, "aanvraag.toestemming_opnieuw_vragen"),
    (Toestemming, ToestemmingStatus.GEVRAAGD, ToestemmingStatus.VERLEEND, "toestemming.verlenen"),
    (Toestemming, ToestemmingStatus.GEVRAAGD, ToestemmingStatus.GEWEIGERD, "toestemming.weigeren"),
    (Toestemming, ToestemmingStatus.VERLEEND, ToestemmingStatus.GEBRUIKT, "aanvraag.indienen"),
    (Toestemming, ToestemmingStatus.VERLEEND, ToestemmingStatus.GEBRUIKT, "aanvraag.aanvullen"),
    (Toestemming, ToestemmingStatus.GEBRUIKT, ToestemmingStatus.INGELOST, "aanvraag.toekennen"),
    (Toestemming, ToestemmingStatus.VERLEEND, ToestemmingStatus.INGETROKKEN, "toestemming.intrekken"),
    (Toestemming, ToestemmingStatus.GEBRUIKT, ToestemmingStatus.INGETROKKEN, "toestemming.intrekken"),
    (Toestemming, ToestemmingStatus.VERLEEND, ToestemmingStatus.INGETROKKEN, "aanvraag.intrekken"),
    (Toestemming, ToestemmingStatus.GEBRUIKT, ToestemmingStatus.INGETROKKEN, "aanvraag.intrekken"),
    (Toestemming, ToestemmingStatus.GEVRAAGD, ToestemmingStatus.INGETROKKEN, "aanvraag.intrekken"),
    (Toestemming, ToestemmingStatus.GEBRUIKT, ToestemmingStatus.VERLOPEN, "aanvraag.afwijzen"),
    (Toestemming, ToestemmingStatus.GEBRUIKT, ToestemmingStatus.VERLOPEN, "aanvraag.buiten_behandeling"),
    (Toestemming, ToestemmingStatus.VERLOPEN, ToestemmingStatus.INGELOST, "bezwaar.beslissen"),
    (Toestemming, ToestemmingStatus.VERLOPEN, ToestemmingStatus.GEBRUIKT, "bezwaar.beslissen"),
    (Toestemming, ToestemmingStatus.GEVRAAGD, ToestemmingStatus.VERLOPEN, "aanvraag.laten_vervallen"),
    (Toestemming, ToestemmingStatus.VERLEEND, ToestemmingStatus.VERLOPEN, "aanvraag.laten_vervallen"),
    (Factuur, None, "in_controle", "factuur.indienen"),
    (Factuur, None, "in_controle", "factuur.crediteren"),
    (Factuur, "in_controle", "afgekeurd", "aanvraag.besluit_intrekken"),
    (Factuur, "gecontroleerd", "afgekeurd", "aanvraag.besluit_intrekken"),
    (Factuur, "goedgekeurd", "afgekeurd", "aanvraag.besluit_intrekken"),
    (Factuur, "goedgekeurd", "betaald", "betaalbatch.uitgevoerd"),
    (Factuur, "goedgekeurd", "gecorrigeerd", "factuur.goedkeuren"),
    (Factuur, "betaald", "gecorrigeerd", "factuur.goedkeuren"),
    (Terugvordering, None, "open", "factuur.goedkeuren"),
    (Terugvordering, None, "open", "betaalbatch.uitgevoerd"),
    (Terugvordering, None, "open", "aanvraag.besluit_intrekken"),
    (Terugvordering, "open", "ingetrokken", "bezwaar.beslissen"),
    (Bankrekening, "wacht", "vervallen", "rekening.doorgeven"),
    (Bankrekening, "bevestigd", "vervallen", "rekening.bevestigen"),
)

_INTRO = """\
# Acts (handelingen)

<!-- Made by `manage.py handelingen_doc --schrijf`; change the code, not this page. A test keeps it current. -->

Everything that changes a dossier is an act: a function behind the decorator `@handeling`. It opens one transaction,
locks the row, looks again at role, relation, status and conditions, does its work, and writes the new status, the
logboek and the outbox. A refused act has changed nothing but a line in the logboek, and gives every reason at once.
Pages draw their buttons from the same registry (`mogelijke_handelingen`).

In the table a status without an arrow stays what it is. What "Het systeem" does follows from a date, not a person.
In italics stands how the role must be concerned with this very dossier: *behandelt* is the party that decides it.
"""


def overzicht() -> str:
    """The whole page, as text."""
    delen = [_INTRO, "## All acts\n", _tabel(), "## Statuses and what leads to them\n"]
    for model in OBJECTEN:
        delen += [f"### {_naam(model)}\n", _diagram(model)]
        if model is Aanvraag:
            delen.append(_fasen())
    return "\n".join(delen).rstrip() + "\n"


def stappen(model: type[models.Model]) -> list[tuple[str | None, str, str]]:
    """Every step between statuses of this object: from (None: it is made), to, and the code of the act."""
    gevonden: list[tuple[str | None, str, str]] = []
    for h in REGISTER.values():
        if h.op is None and h.maakt == model._meta.label_lower:
            gevonden.append((None, str(_status(model).default), h.code))
        elif h.op is model:
            doelen = ((van, h.doel_van(van)) for van in h.van or statussen(model))
            gevonden += [(van, doel, h.code) for van, doel in doelen if doel is not None]
    gevonden += [(van, naar, code) for m, van, naar, code in ELDERS if m is model]
    if model is Aanvraag:
        gevonden.append((None, str(_status(model).default), "voordracht.aannemen"))
    return gevonden


def statussen(model: type[models.Model]) -> list[str]:
    return [str(code) for code, _ in _status(model).choices or ()]


def _status(model: type[models.Model]) -> Any:
    return model._meta.get_field("status")


def _naam(model: type[models.Model]) -> str:
    return str(model._meta.verbose_name).capitalize()


def _woorden(model: type[models.Model]) -> dict[str, str]:
    return {str(code): str(tekst) for code, tekst in _status(model).choices or ()}


def _tabel() -> str:
    kop = "| code | title | on | from → to | by | conditions | what it does |\n|---|---|---|---|---|---|---|"
    return "\n".join([kop, *(_rij(h) for h in REGISTER.values()), ""])


def _rij(h: Handeling[Any, Any]) -> str:
    model = h.op or (apps.get_model(h.maakt) if h.maakt else None)
    cellen = (
        f"`{h.code}`",
        h.titel,
        _naam(model) if model else "",
        _overgang(h),
        ", ".join(str(rol.label) for rol in h.door) + (f" (*{_in_woorden(h.relatie)}*)" if h.relatie else ""),
        "<br>".join(_voorwaarde(v) for v in h.voorwaarden),
        h.uitleg,
    )
    return "| " + " | ".join(cel.replace("|", "\\|") for cel in cellen) + " |"


def _overgang(h: Handeling[Any, Any]) -> str:
    if h.op is None:
        return "(new)"
    # A noodtoegang has no status: it is there, and then it has ended.
    met_status = any(veld.name == "status" for veld in h.op._meta.concrete_fields)
    woorden = _woorden(h.op) if met_status else {}
    van = ", ".join(woorden[str(v)] for v in h.van) or "any"
    doelen: dict[str, list[str]] = {}
    for status in h.van or woorden:
        doel = h.doel_van(status)
        if doel is not None:
            doelen.setdefault(woorden[str(doel)], []).append(woorden[str(status)])
    if not doelen:
        return van
    if len(doelen) == 1 and len(next(iter(doelen.values()))) == len(h.van):
        return f"{van} → {next(iter(doelen))}"
    return "<br>".join([van, *(f"{', '.join(vanaf)} → {naar}" for naar, vanaf in doelen.items())])


def _voorwaarde(voorwaarde: Callable[..., Any]) -> str:
    """Its name in words, with the first line of its docstring where it has one."""
    naam = _in_woorden(voorwaarde)
    doc = (voorwaarde.__doc__ or "").strip().split("\n")[0]
    return f"{naam}: {doc}" if doc else naam


def _in_woorden(functie: Callable[..., Any]) -> str:
    return functie.__name__.strip("_").replace("_", " ")


def _diagram(model: type[models.Model]) -> str:
    pijlen: dict[tuple[str, str], list[str]] = {}
    alle = stappen(model)
    for van, naar, code in alle:
        pijlen.setdefault((str(van) if van else "[*]", str(naar)), []).append(code)
    vertrek = {van for van, _, _ in alle}
    regels = ["```mermaid", "stateDiagram-v2"]
    regels += [f'    state "{tekst}" as {code}' for code, tekst in _woorden(model).items()]
    regels += [f"    {van} --> {naar} : {_kort(codes)}" for (van, naar), codes in pijlen.items()]
    regels += [f"    {code} --> [*]" for code in statussen(model) if code not in vertrek]
    return "\n".join([*regels, "```", ""])


def _kort(codes: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(code.replace("_", " ").replace(".", " ") for code in codes))


def _fasen() -> str:
    kop = "| status | what a user reads | aan zet | what that party does |\n|---|---|---|---|"
    rijen = (f"| `{s}` | {fase.tekst} | {fase.aan_zet} | {fase.taak} |" for s, fase in FASEN.items())
    return "\n".join([kop, *rijen, ""])
