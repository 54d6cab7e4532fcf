"""Filling in: the task list and the page of each onderdeel."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from aanvragen.handelingen.dossier import beslisser_naam, waarden_van
from aanvragen.handelingen.invullen import onderdeel_opslaan
from aanvragen.handelingen.ondertekenen import ONDERTEKEND, geldige_handtekening
from aanvragen.models import Aanvraag, GgzInstelling
from aanvragen.regels.medisch import lijkt_medisch, waarschuwing
from aanvragen.regels.statussen import AanvraagStatus
from aanvragen.regels.toegang_regeling import (
    ander_traject,
    geen_erkenning,
    let_op,
    niet_deze_regeling,
    niet_in_doelgroep,
    start_te_vroeg,
)
from aanvragen.regels.volledigheid import ONDERDELEN, Onderdeel
from aanvragen.web.dossier.gevraagd import vraag_van
from aanvragen.web.hulp import actor_van, haal_dossier, voer_uit
from aanvragen.web.instelling.bijlagen import bijlagen
from aanvragen.web.instelling.formulieren import FORMULIEREN, Onderdeelformulier
from aanvragen.web.instelling.onderdelen import (
    adres_van,
    andere_van_deze_deelnemer,
    is_invulbaar,
    laatste_taken,
    met_adres,
    staten_van,
    takenlijst,
    volgende_na,
)
from ips_subsidie.handelingen.weigering import Reden
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import INSTELLINGSROLLEN
from ips_subsidie.vormgeving.onderdelen import Rij
from ips_subsidie.vormgeving.templatetags.opmaak import datum

# The pages from which a “Wijzig” may come, and go back to.
TERUG = {"versturen": "aanvragen:aanvraag_indienen", "aanvullen": "aanvragen:aanvraag_aanvullen"}
_MET_TAKENLIJST = (AanvraagStatus.CONCEPT, AanvraagStatus.WACHT_OP_TOESTEMMING, AanvraagStatus.ONVOLLEDIG)


def kan_invullen(request: HttpRequest, aanvraag: Aanvraag) -> bool:
    return not onderdeel_opslaan.bezwaren(aanvraag, actor_van(request))


@voor(*INSTELLINGSROLLEN)
def invullen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """The task list; what was sent has nothing to fill in any more, and shows its dossier."""
    aanvraag = haal_dossier(request, nummer, waarvoor="aanvraag.invullen")
    if aanvraag.status not in _MET_TAKENLIJST:
        return redirect("aanvragen:dossier", aanvraag.pk)
    op, bewerkbaar = vandaag(), kan_invullen(request, aanvraag)
    waarden = waarden_van(aanvraag, op)
    staten = staten_van(aanvraag, op)
    levend = aanvraag.levende_toestemming()
    past_niet = [
        *niet_in_doelgroep(aanvraag.inhoud, waarden),
        *niet_deze_regeling(aanvraag.inhoud, aanvraag.uitkering),
        *ander_traject(aanvraag.inhoud, waarden),
        *_andere_regels(aanvraag, op),
    ]
    context = {
        "aanvraag": aanvraag,
        "taken": takenlijst(aanvraag, staten, kan_invullen=bewerkbaar),
        "laatste_taken": laatste_taken(aanvraag, staten, levend.status if levend else None),
        "past_niet": met_adres(aanvraag, past_niet, kan_invullen=bewerkbaar),
        "let_op": met_adres(aanvraag, let_op(aanvraag.inhoud, waarden), kan_invullen=bewerkbaar),
        "vraag": vraag_van(aanvraag, met_links=True),
        "feiten": feiten(aanvraag),
        "dubbel": andere_van_deze_deelnemer(aanvraag),
    }
    return render(request, "aanvragen/instelling/invullen.html", context)


def _andere_regels(aanvraag: Aanvraag, op: date) -> list[Reden]:
    """What the act of submitting will look at; after it was received those no longer count."""
    if aanvraag.ontvangen_op is not None:
        return []
    redenen = start_te_vroeg(aanvraag.inhoud, aanvraag.gewenste_start, op)
    if aanvraag.inhoud.regels.erkenning:
        erkend = GgzInstelling.objects.biedt_ips_op(op).filter(pk=aanvraag.instelling_id).exists()
        redenen += geen_erkenning(aanvraag.inhoud, erkend)
    return redenen


def feiten(aanvraag: Aanvraag) -> list[Rij]:
    """What stands beside every page of filling in."""
    op = vandaag()
    tijdvakken = sorted(aanvraag.inhoud.tijdvakken, key=lambda t: t.van)
    einde = next((t.tot_en_met for t in tijdvakken if t.tot_en_met >= op), tijdvakken[-1].tot_en_met)
    rijen = [
        Rij("Kenmerk", aanvraag.kenmerk),
        Rij("Regeling", aanvraag.inhoud.korte_naam),
        Rij("Aanvragen kan tot en met", datum(einde)),
    ]
    if aanvraag.routeregels is not None:
        rijen.append(Rij("Route", aanvraag.routeregels.naam))
    return rijen


@voor(*INSTELLINGSROLLEN)
def onderdeel(request: HttpRequest, nummer: UUID, onderdeel: str) -> HttpResponse:
    """One onderdeel: show it, or save it whole."""
    if onderdeel not in set(Onderdeel):
        raise Http404
    deel = Onderdeel(onderdeel)
    aanvraag = haal_dossier(request, nummer, waarvoor="aanvraag.invullen")
    bezwaren = onderdeel_opslaan.bezwaren(aanvraag, actor_van(request))
    if (bezwaren or not is_invulbaar(aanvraag, deel)) and request.method != "POST":
        messages.warning(request, "U kunt deze aanvraag nu niet wijzigen.")
        return redirect("aanvragen:dossier", aanvraag.pk)
    terug = _terug(request)
    if deel is Onderdeel.BIJLAGEN:
        return bijlagen(
            request, aanvraag, _kader(aanvraag, deel, terug) | {"verder": _verder(aanvraag, deel, terug)}
        )
    actie = adres_van(aanvraag, deel, terug)
    if request.method != "POST":
        formulier = FORMULIEREN[deel](aanvraag, actie=actie)
        return _toon(request, aanvraag, deel, formulier, terug)
    later = "later" in request.POST
    formulier = FORMULIEREN[deel](aanvraag, request.POST, later=later, actie=actie)
    if not formulier.is_valid():
        return _toon(request, aanvraag, deel, formulier, terug)
    return _bewaar(request, aanvraag, deel, formulier, terug)


def _bewaar(
    request: HttpRequest, aanvraag: Aanvraag, deel: Onderdeel, formulier: Onderdeelformulier, terug: str
) -> HttpResponse:
    waarden = formulier.waarden()
    versie = formulier.cleaned_data["versie"]
    voer_uit(request, onderdeel_opslaan, aanvraag, formulier, onderdeel=deel, waarden=waarden, versie=versie)
    if not formulier.errors:
        _waarschuw_medisch(request, formulier)
        if formulier.later:
            messages.success(request, "Opgeslagen. U kunt later verder.")
            return redirect("aanvragen:invullen", aanvraag.pk)
        return redirect(_verder(aanvraag, deel, terug))
    if not formulier.has_error("__all__", "verouderd"):
        return _toon(request, aanvraag, deel, formulier, terug)
    nu = _vers(aanvraag)
    verschillen = formulier.verschillen(FORMULIEREN[deel](nu))
    formulier.met_versie(nu.versie)
    return _toon(request, aanvraag, deel, formulier, terug, verouderd=True, verschillen=verschillen)


def _vers(aanvraag: Aanvraag) -> Aanvraag:
    """The same aanvraag as it is now, with all that its forms show."""
    samen = ("regeling_versie", "gemeente", "deelnemer", "behandeling")
    return Aanvraag.objects.select_related(*samen).get(pk=aanvraag.pk)


def _toon(
    request: HttpRequest,
    aanvraag: Aanvraag,
    deel: Onderdeel,
    formulier: Onderdeelformulier,
    terug: str,
    *,
    verouderd: bool = False,
    verschillen: list[tuple[str, str, str]] | None = None,
) -> HttpResponse:
    context = _kader(aanvraag, deel, terug) | {
        "formulier": formulier,
        "doel": formulier.uitleg(),
        "ondertekend": deel in ONDERTEKEND and _is_ondertekend(aanvraag),
        "verouderd": verouderd,
        "verschillen": verschillen or [],
        "dubbel": andere_van_deze_deelnemer(aanvraag) if deel is Onderdeel.DEELNEMER else [],
    }
    status = 409 if verouderd else 200
    return render(request, "aanvragen/instelling/onderdeel.html", context, status=status)


def _is_ondertekend(aanvraag: Aanvraag) -> bool:
    return aanvraag.inhoud.regels.handtekening and geldige_handtekening(aanvraag) is not None


def _kader(aanvraag: Aanvraag, deel: Onderdeel, terug: str) -> dict[str, Any]:
    """What every page of an onderdeel shows around it."""
    volgorde = list(Onderdeel)
    return {
        "aanvraag": aanvraag,
        "titel": ONDERDELEN[deel].titel,
        "vraag": vraag_van(aanvraag, alleen=deel),
        "vraagt": beslisser_naam(aanvraag),
        "stap": volgorde.index(deel) + 1,
        "stappen": len(volgorde),
        "terug_url": reverse(TERUG.get(terug, "aanvragen:invullen"), args=[aanvraag.pk]),
        "feiten": feiten(aanvraag),
    }


def _terug(request: HttpRequest) -> str:
    terug = request.GET.get("terug", "")
    return terug if terug in TERUG else ""


def _verder(aanvraag: Aanvraag, deel: Onderdeel, terug: str) -> str:
    """Back to where it came from, else the next onderdeel, else the task list."""
    if terug:
        return reverse(TERUG[terug], args=[aanvraag.pk])
    volgende = volgende_na(deel)
    if volgende is not None and aanvraag.status == AanvraagStatus.CONCEPT:
        return adres_van(aanvraag, volgende)
    return reverse("aanvragen:invullen", args=[aanvraag.pk])


def _waarschuw_medisch(request: HttpRequest, formulier: Onderdeelformulier) -> None:
    """It is saved all the same: whether it is one, only a person can tell (T123)."""
    for naam in formulier.vrije_tekst:
        if lijkt_medisch(formulier.cleaned_data.get(naam) or ""):
            messages.warning(request, waarschuwing(str(formulier.fields[naam].label)))
