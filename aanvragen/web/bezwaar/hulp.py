"""What the pages of a bezwaar share: fetching what may be seen, and the facts that stand beside a form."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from aanvragen.handelingen.brieven_bezwaar import gevolg_in_woorden
from aanvragen.handelingen.dossier import behandelt
from aanvragen.models import Aanvraag, Bezwaar
from aanvragen.regels.bezwaar import BezwaarStatus, Indiener
from aanvragen.web import hulp
from ips_subsidie.handelingen.kern import Handeling
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rijrechten import waarde_van
from ips_subsidie.toegang.rollen import BESLISSERS, VOORBEREIDERS
from ips_subsidie.vormgeving.formulieren import Formulier
from ips_subsidie.vormgeving.onderdelen import Rij
from ips_subsidie.vormgeving.onderdelen import Soort as Kleur
from ips_subsidie.vormgeving.templatetags.opmaak import datum, euro, tijdstip

KLEUR: dict[BezwaarStatus, Kleur] = {
    BezwaarStatus.ONTVANGEN: "info",
    BezwaarStatus.ONTVANKELIJKHEID: "let_op",
    BezwaarStatus.HOORZITTING: "info",
    BezwaarStatus.VOORGESTELD: "info",
    BezwaarStatus.GEGROND: "goed",
    BezwaarStatus.ONGEGROND: "fout",
    BezwaarStatus.NIET_ONTVANKELIJK: "fout",
    BezwaarStatus.INGETROKKEN: "inactief",
    BezwaarStatus.DOORGEZONDEN: "inactief",
}
ERBIJ = (
    "besluit__opsteller", "besluit__ondertekenaar", "opgepakt_door", "opsteller", "ingevoerd_door", "bestand",
    "besluit_op_bezwaar__ondertekenaar",
)  # fmt: skip


def mag_bezwaar(aanvraag: Aanvraag, actor: Actor) -> bool:
    """A bezwaar is between who has the dossier and who decided; a gemeente that only agreed reads her own alone."""
    return actor.is_instelling or behandelt(aanvraag, actor)


def haal(request: HttpRequest, nummer: UUID, waarvoor: str) -> Bezwaar:
    """A bezwaar that the actor may see, with its dossier. Raises Http404 for every other."""
    dossier = waarde_van(Bezwaar.objects.filter(pk=nummer), "aanvraag_id")
    if dossier is None:
        raise Http404
    aanvraag = hulp.haal_dossier(request, dossier, waarvoor=waarvoor)
    actor = hulp.actor_van(request)
    bezwaar = Bezwaar.objects.select_related(*ERBIJ).defer("bestand__inhoud").get(pk=nummer)
    if not mag_bezwaar(aanvraag, actor) and not (actor.is_gemeente and bezwaar.indiener == Indiener.GEMEENTE):
        raise Http404
    bezwaar.aanvraag = aanvraag
    bezwaar.besluit.aanvraag = aanvraag
    return bezwaar


def toon(
    request: HttpRequest, handeling: Handeling[Any, Any], deel: Any, formulier: Formulier, **context: Any
) -> HttpResponse:
    """The page of an act on a bezwaar: what it does, its form, and the facts to decide on."""
    bezwaar = deel if isinstance(deel, Bezwaar) else None
    leeg: dict[str, Any] = {"uitleg": (), "waarschuwingen": (), "termijn": None}
    return hulp.toon_handeling(
        request,
        "aanvragen/bezwaar/handeling.html",
        handeling,
        deel,
        formulier,
        aanvraag=deel.dossier,
        bezwaar=bezwaar,
        rijen=feiten(bezwaar) if bezwaar is not None else [],
        **(leeg | context),
    )


def wie_van(bezwaar: Bezwaar) -> str:
    """Who made it, in words that name no person but an outsider."""
    if bezwaar.indiener == Indiener.INSTELLING:
        return bezwaar.aanvraag.instelling.naam
    if bezwaar.indiener == Indiener.ANDER:
        return bezwaar.indiener_naam
    return str(bezwaar.get_indiener_display())


def feiten(bezwaar: Bezwaar) -> list[Rij]:
    """What came in, against what, and by when there is a beslissing."""
    besluit = bezwaar.besluit
    rijen = [
        Rij("Kenmerk", bezwaar.kenmerk),
        Rij("Tegen", f"{besluit.get_soort_display()} van {datum(besluit.dagtekening)}"),
        Rij("Van", wie_van(bezwaar)),
        Rij("Hoe", bezwaar.get_wijze_display()),
        Rij("Op de post gedaan op", datum(bezwaar.verzonden_op)),
        Rij("Ontvangen op", tijdstip(bezwaar.ontvangen_op)),
        Rij("Laatste dag voor bezwaar", datum(besluit.bezwaar_tot)),
        Rij("Op tijd", _op_tijd(bezwaar)),
        Rij("Waarom", bezwaar.gronden or "Nog niet gezegd"),
        Rij("Wil gehoord worden", {True: "Ja", False: "Nee"}.get(bezwaar.wil_gehoord, "")),  # type: ignore[arg-type]
        Rij("Gronden gevraagd, uiterlijk", datum(bezwaar.herstel_tot)),
        Rij("Beslissen uiterlijk", datum(bezwaar.beslis_uiterlijk) if bezwaar.is_open else ""),
        Rij("Uitgesteld op", datum(bezwaar.verdaagd_op)),
        Rij("Ingetrokken op", tijdstip(bezwaar.ingetrokken_op)),
        Rij("Doorgezonden naar", bezwaar.doorgezonden_naar),
    ]
    return [rij for rij in rijen if not rij.leeg]


def _op_tijd(bezwaar: Bezwaar) -> str:
    if not bezwaar.te_laat:
        return "Ja"
    if bezwaar.verschoonbaar is None:
        return "Nee, nog niet beoordeeld of dat te verontschuldigen is"
    if not bezwaar.verschoonbaar:
        return f"Nee, en niet te verontschuldigen: {bezwaar.verschoning_toelichting}"
    return f"Nee, maar te verontschuldigen. {bezwaar.get_verschoning_display()}: {bezwaar.verschoning_toelichting}"


def hoorrijen(bezwaar: Bezwaar) -> list[Rij]:
    """The hearing, and the advice."""
    rijen = [
        Rij("Hoorzitting", tijdstip(bezwaar.hoorzitting_op)),
        Rij("Waar", bezwaar.hoorzitting_plaats if bezwaar.hoorzitting_op else ""),
        Rij("Gehoord op", datum(bezwaar.gehoord_op)),
        Rij("Niet gehoord", bezwaar.get_afgezien_display() if bezwaar.afgezien else ""),
        Rij("Verslag", bezwaar.verslag),
        Rij("Adviescommissie", "Ja" if bezwaar.commissie else ""),
        Rij("Advies", bezwaar.advies),
    ]
    return [rij for rij in rijen if not rij.leeg]


def voorstelrijen(bezwaar: Bezwaar) -> list[Rij]:
    """What is proposed or was decided, by whom and why."""
    if not bezwaar.uitkomst:
        return []
    beslissing = bezwaar.besluit_op_bezwaar
    rijen = [
        Rij("Uitkomst", bezwaar.get_uitkomst_display()),
        Rij("Wat er gebeurt", gevolg_in_woorden(bezwaar)),
        Rij("Nieuw bedrag", euro(bezwaar.bedrag_cent) if bezwaar.bedrag_cent is not None else ""),
        Rij("Motivering", bezwaar.motivering),
        Rij("Voorgesteld door", "" if beslissing else str(bezwaar.opsteller or "")),
        Rij("Voorgesteld op", "" if beslissing else tijdstip(bezwaar.voorgesteld_op)),
        Rij("Beslist op", datum(beslissing.dagtekening) if beslissing else ""),
        Rij("Beroep bij de rechtbank tot en met", datum(beslissing.bezwaar_tot) if beslissing else ""),
    ]
    return [rij for rij in rijen if not rij.leeg]


def aan_zet(bezwaar: Bezwaar, actor: Actor) -> dict[str, Any]:
    """Who must do what now, for the block on top."""
    beslisser = f"gemeente {bezwaar.aanvraag.gemeente}" if bezwaar.aanvraag.gemeente_beslist else "UWV"
    status = BezwaarStatus(bezwaar.status)
    if actor.is_instelling and status is BezwaarStatus.VOORGESTELD:
        status = BezwaarStatus.HOORZITTING  # what is only prepared is not the indiener's to see
    rollen = BESLISSERS if status is BezwaarStatus.VOORGESTELD else VOORBEREIDERS
    mijn = behandelt(bezwaar, actor) and actor.rol in rollen
    if status is BezwaarStatus.ONTVANKELIJKHEID:
        eigen = actor.is_instelling and bezwaar.indiener == Indiener.INSTELLING
        taak = (
            "Schrijf waarom u het niet eens bent met het besluit."
            if eigen
            else f"{wie_van(bezwaar)} vult het bezwaar aan."
        )
        return {"wie": wie_van(bezwaar), "wat": taak, "uiterlijk": bezwaar.herstel_tot, "ik": eigen}
    if not bezwaar.is_open:
        return {"wie": "Niemand", "wat": _AFGELOPEN[status], "uiterlijk": None, "ik": False}
    wie = beslisser[:1].upper() + beslisser[1:]
    return {"wie": wie, "wat": f"{wie} {_TAAK[status]}", "uiterlijk": bezwaar.beslis_uiterlijk, "ik": mijn}


_TAAK = {
    BezwaarStatus.ONTVANGEN: "kijkt of het bezwaar op tijd en compleet is.",
    BezwaarStatus.HOORZITTING: "hoort de indiener en bereidt de beslissing voor.",
    BezwaarStatus.VOORGESTELD: "neemt de beslissing op het bezwaar.",
}
_AFGELOPEN = {
    BezwaarStatus.GEGROND: "Het bezwaar is gegrond. In de brief staat wat er nu gebeurt.",
    BezwaarStatus.ONGEGROND: "Het bezwaar is ongegrond. In beroep gaan kan bij de rechtbank.",
    BezwaarStatus.NIET_ONTVANKELIJK: "Het bezwaar is niet behandeld. In beroep gaan kan bij de rechtbank.",
    BezwaarStatus.INGETROKKEN: "Het bezwaar is ingetrokken. Het besluit blijft gelden.",
    BezwaarStatus.DOORGEZONDEN: "Het bezwaar is doorgezonden naar wie erover beslist.",
}
