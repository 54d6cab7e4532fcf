"""The pages of the acts: sending, registering, preparing, deciding with the letter before it is sent, paid."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from aanvragen.handelingen import dwangsom as h
from aanvragen.handelingen import ingebrekestelling as inge
from aanvragen.handelingen.besluit import ontwerp
from aanvragen.handelingen.brieven import besluitbrief
from aanvragen.handelingen.wachten import Wacht, wachtenden
from aanvragen.models import Aanvraag, BesluitSoort, Ingebrekestelling
from aanvragen.regels.dwangsom import IngebrekestellingStatus
from aanvragen.web import hulp
from aanvragen.web.behandeling.formulieren import BesluitFormulier
from aanvragen.web.briefvoorbeeld import als_voorbeeld
from aanvragen.web.dwangsom.blok import rijen_van, status_op
from aanvragen.web.dwangsom.formulieren import (
    WEL_VERSCHULDIGD,
    BetaaldFormulier,
    IndienFormulier,
    RegistreerFormulier,
    VoorstelFormulier,
)
from aanvragen.web.hulp import actor_van, gelukt, gestuurd
from ips_subsidie.brieven.gegevens import Brief
from ips_subsidie.handelingen.kern import Handeling
from ips_subsidie.kalender.feestdagen import alle as feestdagen
from ips_subsidie.kalender.klok import nu, vandaag
from ips_subsidie.kalender.termijnen import betaaltermijn
from ips_subsidie.opslag.download import als_download
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rijrechten import waarde_van
from ips_subsidie.toegang.rollen import (
    BESLISSERS,
    GEMEENTEROLLEN,
    INSTELLINGSROLLEN,
    UWV_ROLLEN,
    VOORBEREIDERS,
    Rol,
)
from ips_subsidie.vormgeving.formulieren import Formulier
from ips_subsidie.vormgeving.templatetags.opmaak import datum, euro

# One that came by post may be registered when the besluit was taken since, this long ago at most.
TERUG = timedelta(days=91)


def haal(request: HttpRequest, nummer: UUID, waarvoor: str) -> Ingebrekestelling:
    """An ingebrekestelling that the actor may see, with its dossier. Raises Http404 for every other."""
    dossier = waarde_van(Ingebrekestelling.objects.filter(pk=nummer), "aanvraag_id")
    if dossier is None:
        raise Http404
    aanvraag = hulp.haal_dossier(request, dossier, waarvoor=waarvoor)
    eigen = Ingebrekestelling.objects.zichtbaar_voor(actor_van(request)).met_besluitdag()
    deel = eigen.select_related("besluit", "opsteller").filter(pk=nummer).first()
    if deel is None:
        raise Http404
    deel.aanvraag = aanvraag
    return deel


def _toon(
    request: HttpRequest, handeling: Handeling[Any, Any], deel: Any, formulier: Formulier, **context: Any
) -> HttpResponse:
    leeg: dict[str, Any] = {"uitleg": (), "rijen": [], "termijn": None, "waarschuwingen": ()}
    return hulp.toon_handeling(
        request,
        "aanvragen/dwangsom/handeling.html",
        handeling,
        deel,
        formulier,
        aanvraag=deel.dossier,
        **(leeg | context),
    )


# --- it comes in -----------------------------------------------------------------------------------------


@voor(*INSTELLINGSROLLEN)
def indienen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    aanvraag = hulp.haal_dossier(request, nummer, waarvoor=inge.indienen.code)
    nu_wachtend = wachtenden(aanvraag, vandaag())
    formulier = IndienFormulier(gestuurd(request), wachtenden=nu_wachtend, versie=aanvraag.versie)
    gedaan = gelukt(request, inge.indienen, aanvraag, formulier)
    if gedaan:
        messages.success(request, _gevolg(gedaan))
        return redirect("aanvragen:dossier", nummer)
    uitleg = (
        "Is er niet op tijd beslist? Dan kunt u dat hier melden. Er moet dan binnen twee weken een besluit komen. Komt "
        "dat er niet, dan krijgt u een dwangsom: een bedrag voor elke dag dat het te laat is.",
        "U krijgt meteen een brief met de dagen.",
    )
    return _toon(
        request, inge.indienen, aanvraag, formulier, uitleg=uitleg, waarschuwingen=_te_vroeg(nu_wachtend)
    )


def _te_vroeg(nu_wachtend: list[Wacht]) -> tuple[str, ...]:
    """Said before it is sent, and no more than that: sending it is allowed."""
    if not nu_wachtend or any(wacht.te_laat(vandaag()) for wacht in nu_wachtend):
        return ()
    return ("Er is nog tijd om te beslissen. Een ingebrekestelling is nu te vroeg en heeft dan geen gevolg.",)


def _gevolg(deel: Ingebrekestelling) -> str:
    if deel.status == IngebrekestellingStatus.PREMATUUR:
        return "De ingebrekestelling is ontvangen, maar is te vroeg. In de brief staat waarom."
    tot = inge.dwangsom_van(deel).uiterlijk_beslissen
    return f"De ingebrekestelling is ontvangen. Er moet uiterlijk {datum(tot)} een besluit zijn."


@voor(*VOORBEREIDERS)
def registreren(request: HttpRequest, nummer: UUID) -> HttpResponse:
    aanvraag = hulp.haal_dossier(request, nummer, waarvoor=inge.registreren.code)
    formulier = RegistreerFormulier(
        gestuurd(request), request.FILES or None, wachtenden=_ook_van_eerder(aanvraag), versie=aanvraag.versie
    )
    gedaan = gelukt(request, inge.registreren, aanvraag, formulier)
    if gedaan:
        messages.success(request, f"Geregistreerd. {_gevolg(gedaan)}")
        return redirect("aanvragen:dossier", nummer)
    uitleg = (
        "Kwam er per post, per e-mail of aan het loket een ingebrekestelling binnen? Leg haar hier vast, met de dag "
        "van ontvangst. De instelling krijgt een brief met de gevolgen.",
    )
    return _toon(request, inge.registreren, aanvraag, formulier, uitleg=uitleg)


def _ook_van_eerder(aanvraag: Aanvraag) -> list[Wacht]:
    """What waits now, and what was decided lately: a letter may be registered after the besluit."""
    eerder = {wacht.code: wacht for wacht in wachtenden(aanvraag, vandaag() - TERUG)}
    return list((eerder | {wacht.code: wacht for wacht in wachtenden(aanvraag, vandaag())}).values())


@voor(*INSTELLINGSROLLEN, *GEMEENTEROLLEN, *UWV_ROLLEN)
def bestand(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """The letter or mail itself."""
    deel = haal(request, nummer, "ingebrekestelling.downloaden")
    if deel.bestand is None:
        raise Http404
    return als_download(deel.bestand)


# --- the dwangsom ----------------------------------------------------------------------------------------


@voor(*VOORBEREIDERS)
def voorstellen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    deel = haal(request, nummer, h.voorstellen.code)
    formulier = VoorstelFormulier(gestuurd(request), versie=deel.versie, initial=_begin(deel))
    if gelukt(request, h.voorstellen, deel, formulier):
        messages.success(request, "Uw voorstel is opgeslagen. Een collega neemt het besluit.")
        return redirect("aanvragen:dossier", deel.aanvraag_id)
    uitleg = (
        "U bereidt het besluit over de dwangsom voor. Een collega neemt het (artikel 4:18 van de Awb).",
        "Het bedrag volgt uit de dagen. U hoeft niet te rekenen.",
    )
    return _toon(request, h.voorstellen, deel, formulier, uitleg=uitleg, **_feiten(request, deel))


def _begin(deel: Ingebrekestelling) -> dict[str, str]:
    """What was proposed before, else words to start from."""
    if deel.motivering:
        return {"uitkomst": deel.uitzondering or WEL_VERSCHULDIGD, "motivering": deel.motivering}
    stand = inge.stand_van(deel, vandaag())
    if not stand.klaar:
        return {}
    dagen = "1 dag" if stand.dagen == 1 else f"{stand.dagen} dagen"
    return {
        "uitkomst": WEL_VERSCHULDIGD,
        "motivering": f"Wij beslisten {dagen} te laat. Daarom krijgt u een dwangsom van {euro(stand.bedrag_cent)}.",
    }


@voor(*BESLISSERS)
def vaststellen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    uitleg = "U stelt de dwangsom vast. De brief gaat meteen naar de instelling en kan daarna niet meer veranderen."
    return _besluit(
        request, nummer, h.vaststellen, uitleg, "De dwangsom is vastgesteld. De instelling heeft de brief."
    )


@voor(*BESLISSERS)
def niet_verschuldigd(request: HttpRequest, nummer: UUID) -> HttpResponse:
    uitleg = (
        "U stelt vast dat er geen dwangsom is. De brief gaat meteen naar de instelling en kan daarna niet meer "
        "veranderen."
    )
    return _besluit(
        request, nummer, h.niet_verschuldigd, uitleg, "Het besluit is genomen. De instelling heeft de brief."
    )


def _besluit(
    request: HttpRequest, nummer: UUID, handeling: Handeling[Any, Any], uitleg: str, klaar: str
) -> HttpResponse:
    deel = haal(request, nummer, handeling.code)
    formulier = _besluitformulier(request, deel, handeling)
    if gelukt(request, handeling, deel, formulier):
        messages.success(request, klaar)
        return redirect("aanvragen:dossier", deel.aanvraag_id)
    eerst = "Bekijk eerst de brief. Er is dan nog niets besloten."
    return _toon(request, handeling, deel, formulier, uitleg=(uitleg, eerst), **_feiten(request, deel))


@voor(*BESLISSERS)
def voorbeeld(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """The letter as it would be, as a download. Nothing is kept."""
    deel = haal(request, nummer, "dwangsom.voorbeeld")
    handeling = h.niet_verschuldigd if deel.uitzondering else h.vaststellen
    if request.method != "POST":
        return redirect(f"aanvragen:{handeling.naam}", nummer)
    formulier = _besluitformulier(request, deel, handeling)
    redenen = hulp.in_de_weg(request, handeling, deel)
    kenmerk = deel.aanvraag.kenmerk
    brief = als_voorbeeld(formulier, redenen, lambda: _brief(request, deel, formulier), kenmerk)
    return brief or _toon(request, handeling, deel, formulier, **_feiten(request, deel))


def _besluitformulier(
    request: HttpRequest, deel: Ingebrekestelling, handeling: Handeling[Any, Any]
) -> BesluitFormulier:
    return BesluitFormulier(
        gestuurd(request),
        versie=deel.versie,
        actie=reverse(f"aanvragen:{handeling.naam}", args=[deel.pk]),
        initial={"motivering": deel.motivering},
        knop=handeling.titel,
        voorbeeld_url=reverse("aanvragen:dwangsom_voorbeeld", args=[deel.pk]),
    )


def _brief(request: HttpRequest, deel: Ingebrekestelling, formulier: BesluitFormulier) -> Brief:
    """The letter of a besluit that isn't there: made of an unsaved one."""
    aanvraag = deel.aanvraag
    besluit = ontwerp(
        aanvraag,
        actor_van(request),
        BesluitSoort.DWANGSOM,
        motivering=formulier.cleaned_data["motivering"],
        nu=nu(),
        **h.besluitvelden(deel),
    )
    if deel.betaal_uiterlijk is None and not deel.uitzondering:
        deel.betaal_uiterlijk = betaaltermijn(vandaag(), feestdagen()).laatste_dag
    return besluitbrief(aanvraag, besluit, ingebrekestelling=deel)


@voor(Rol.UWV_FINANCIEN, *GEMEENTEROLLEN)
def betaald_melden(request: HttpRequest, nummer: UUID) -> HttpResponse:
    deel = haal(request, nummer, h.betaald_melden.code)
    formulier = BetaaldFormulier(
        gestuurd(request), versie=deel.versie, deel=deel, initial={"betaald_op": vandaag()}
    )
    if gelukt(request, h.betaald_melden, deel, formulier):
        messages.success(request, "De betaling is gemeld.")
        return redirect("aanvragen:dossier", deel.aanvraag_id)
    uitleg = ("Meld hier dat de dwangsom aan de instelling is betaald.",)
    return _toon(request, h.betaald_melden, deel, formulier, uitleg=uitleg, **_feiten(request, deel))


def _feiten(request: HttpRequest, deel: Ingebrekestelling) -> dict[str, Any]:
    vroeg = status_op(deel, vandaag()) is IngebrekestellingStatus.PREMATUUR
    return {
        "rijen": rijen_van(deel, actor_van(request), vandaag()),
        "termijn": None if vroeg else inge.dwangsom_van(deel),
    }
