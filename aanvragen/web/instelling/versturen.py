"""From a filled-in aanvraag to who decides: toestemming, check and send, supply, withdraw."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from aanvragen.handelingen import toestemming
from aanvragen.handelingen.akkoord import akkoord_intrekken
from aanvragen.handelingen.dossier import waarden_van
from aanvragen.handelingen.indienen import aanvullen, indienen
from aanvragen.handelingen.intrekken import intrekken
from aanvragen.handelingen.ondertekenen import geldige_handtekening
from aanvragen.models import Aanvraag
from aanvragen.models.samenvatting import HANDTEKENING, secties_van
from aanvragen.regels.medisch import lijkt_medisch, waarschuwing
from aanvragen.regels.statussen import AanvraagStatus
from aanvragen.regels.toegang_regeling import let_op
from aanvragen.regels.volledigheid import ONDERDELEN, Onderdeel
from aanvragen.web.dossier.gevraagd import vraag_van
from aanvragen.web.hulp import actor_van, gestuurd, haal_dossier, voer_uit
from aanvragen.web.instelling.formulieren.handelingen import (
    AanvulFormulier,
    AkkoordFormulier,
    IntrekFormulier,
    ToestemmingFormulier,
    VerstuurFormulier,
)
from aanvragen.web.instelling.handelpagina import Handelpagina, toon_of_doe, weg_als_het_niet_kan
from aanvragen.web.instelling.invullen import feiten, kan_invullen
from aanvragen.web.instelling.onderdelen import (
    adres_van,
    andere_van_deze_deelnemer,
    is_invulbaar,
    met_adres,
    niet_klaar,
    staten_van,
)
from aanvragen.web.instelling.partijen import met_hoofdletter, ontvanger_van
from gemeenten.models import handelende_organisatie
from ips_subsidie.handelingen.kern import Handeling
from ips_subsidie.handelingen.weigering import Reden
from ips_subsidie.kalender.klok import nu, vandaag
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import INSTELLINGSROLLEN
from ips_subsidie.vormgeving.formulieren import Formulier
from ips_subsidie.vormgeving.onderdelen import Rij
from ips_subsidie.vormgeving.templatetags.opmaak import bsn_gemaskeerd, datum, euro


@voor(*INSTELLINGSROLLEN)
def aanvraag_indienen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """Check the answers and send, once."""
    aanvraag = haal_dossier(request, nummer, waarvoor="aanvraag.controleren")
    zonder = aanvraag.inhoud.regels.handtekening and geldige_handtekening(aanvraag) is None
    formulier = VerstuurFormulier(
        gestuurd(request),
        zonder_handtekening=zonder,
        knop=f"Verstuur de aanvraag naar {ontvanger_van(aanvraag)}",
    )
    weg = weg_als_het_niet_kan(request, indienen, aanvraag, aanvraag)
    if weg is not None:
        return weg
    if request.method == "POST" and formulier.is_valid():
        volgt = {"handtekening_volgt": True} if zonder else {}
        voer_uit(request, indienen, aanvraag, formulier, **volgt)
        if not formulier.errors:
            return redirect("aanvragen:verstuurd", aanvraag.pk)
    context = _controle(request, aanvraag, indienen, formulier, "versturen")
    context["zonder_handtekening"] = zonder
    return render(request, "aanvragen/instelling/versturen.html", context)


@voor(*INSTELLINGSROLLEN)
def aanvraag_aanvullen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """What was asked for, what was filled in, and the answer."""
    aanvraag = haal_dossier(request, nummer, waarvoor="aanvraag.controleren")
    wie = ontvanger_van(aanvraag)
    formulier = AanvulFormulier(gestuurd(request), knop=f"Verstuur de aanvulling naar {wie}")
    weg = weg_als_het_niet_kan(request, aanvullen, aanvraag, aanvraag)
    if weg is not None:
        return weg
    if request.method == "POST" and formulier.is_valid():
        antwoord = formulier.cleaned_data["antwoord"]
        voer_uit(request, aanvullen, aanvraag, formulier, antwoord=antwoord)
        if not formulier.errors:
            gelukt = f"{met_hoofdletter(wie)} kijkt of de aanvraag nu compleet is."
            messages.success(request, f"De aanvulling is verstuurd. {gelukt}")
            return redirect("aanvragen:dossier", aanvraag.pk)
    context = _controle(request, aanvraag, aanvullen, formulier, "aanvullen")
    return render(request, "aanvragen/instelling/aanvullen.html", context)


def _controle(
    request: HttpRequest, aanvraag: Aanvraag, handeling: Handeling[Any, Any], formulier: Formulier, hier: str
) -> dict[str, Any]:
    """The answers with links to change them, and what stands in the way; after a refusal the form says that."""
    bewerkbaar = kan_invullen(request, aanvraag)
    redenen = [] if formulier.errors else handeling.redenen(aanvraag, actor_van(request), nu())
    return {
        "aanvraag": aanvraag,
        "ontvanger": ontvanger_van(aanvraag),
        "vraag": vraag_van(aanvraag, met_links=True),
        "let_op": met_adres(
            aanvraag,
            let_op(aanvraag.inhoud, waarden_van(aanvraag, vandaag())),
            kan_invullen=bewerkbaar,
            terug=hier,
        ),
        "secties": _secties(aanvraag, terug=hier if bewerkbaar else ""),
        "formulier": formulier,
        "belet": met_adres(aanvraag, redenen, kan_invullen=bewerkbaar, terug=hier),
        "dubbel": andere_van_deze_deelnemer(aanvraag),
        "feiten": feiten(aanvraag),
        "medisch": _medisch(aanvraag),
        "terug_url": reverse("aanvragen:invullen", args=[aanvraag.pk]),
    }


_NIET_HIER = ("Instelling", "Route", HANDTEKENING)


def _secties(aanvraag: Aanvraag, terug: str) -> list[tuple[str, list[Rij]]]:
    bsn = str(bsn_gemaskeerd(aanvraag.deelnemer.bsn)) if hasattr(aanvraag, "deelnemer") else ""
    secties = []
    for onderdeel, titel, rijen in secties_van(aanvraag, bsn):
        adres = adres_van(aanvraag, onderdeel, terug) if terug and is_invulbaar(aanvraag, onderdeel) else ""
        # The name of the instelling is nobody's to change here, the route follows from another answer, and the
        # handtekening has its own page.
        secties.append((titel, [Rij(v, a, "" if v in _NIET_HIER else adres) for v, a in rijen]))
    namen = {d.code: d.naam for d in aanvraag.inhoud.documenten}
    lijst = (
        aanvraag.bijlagen.filter(weggehaald_op__isnull=True)
        .select_related("bestand")
        .defer("bestand__inhoud")
    )
    bijlagen = "\n".join(f"{b.bestand.naam} ({namen.get(b.soort, b.soort).lower()})" for b in lijst)
    adres = adres_van(aanvraag, Onderdeel.BIJLAGEN, terug) if terug else ""
    titel = ONDERDELEN[Onderdeel.BIJLAGEN].titel
    return [*secties, (titel, [Rij(titel, bijlagen or "Geen bijlagen", adres)])]


def _medisch(aanvraag: Aanvraag) -> list[str]:
    behandeling = getattr(aanvraag, "behandeling", None)
    teksten = {
        "Toelichting": aanvraag.toelichting,
        "Waarom is dit een kleine baan?": aanvraag.werk_toelichting,
        "Waarom duurt de behandeling langer?": behandeling.langer_toelichting if behandeling else "",
    }
    return [waarschuwing(veld) for veld, tekst in teksten.items() if lijkt_medisch(tekst)]


@voor(*INSTELLINGSROLLEN)
def verstuurd(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """The confirmation; it stays, so that it can be kept as a bookmark."""
    aanvraag = haal_dossier(request, nummer, waarvoor="aanvraag.bevestiging")
    if aanvraag.ontvangen_op is None:
        return redirect("aanvragen:invullen", aanvraag.pk)
    ontvangst = aanvraag.ontvangsten.order_by("ontvangen_op", "pk").first()
    context = {
        "aanvraag": aanvraag,
        "ontvangst": ontvangst,
        "kopie_url": reverse("aanvragen:brief", args=[ontvangst.kopie_id]) if ontvangst else "",
        "bewijs_url": reverse("aanvragen:ontvangst", args=[aanvraag.pk]),
        "dossier_url": reverse("aanvragen:dossier", args=[aanvraag.pk]),
        "weken": aanvraag.inhoud.termijnen.beslistermijn_weken,
        "ontvanger": ontvanger_van(aanvraag),
        "in_behandeling": aanvraag.status in (AanvraagStatus.INGEDIEND, AanvraagStatus.IN_BEHANDELING),
        "handtekening_volgt": (
            aanvraag.inhoud.regels.handtekening and geldige_handtekening(aanvraag) is None
        ),
    }
    return render(request, "aanvragen/instelling/verstuurd.html", context)


_WAT_DE_GEMEENTE_ZIET = (
    "De gemeente ziet de naam, het BSN, de geboortedatum, het adres, de uitkering en of er een ander traject loopt. "
    "Zij ziet niets over de behandeling."
)


@voor(*INSTELLINGSROLLEN)
def aanvraag_toestemming_vragen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """Ask the gemeente; first everything is filled in, because filling in stops while the gemeente decides."""
    aanvraag = haal_dossier(request, nummer, waarvoor="aanvraag.controleren")
    formulier = ToestemmingFormulier(gestuurd(request))
    if aanvraag.status == AanvraagStatus.CONCEPT:
        open_delen = niet_klaar(staten_van(aanvraag, vandaag()))
        mist = [
            Reden("onvolledig", f"Vul eerst het onderdeel “{ONDERDELEN[o].titel}” in.") for o in open_delen
        ]
        if mist and request.method == "POST" and formulier.is_valid():
            formulier.fout_van(mist)
        elif mist:
            messages.warning(request, "Vul eerst alle onderdelen in. Daarna kunt u toestemming vragen.")
            return redirect("aanvragen:invullen", aanvraag.pk)
    pagina = Handelpagina(
        toestemming.vragen,
        kop="Toestemming vragen aan de gemeente",
        gelukt="De vraag is verstuurd. U krijgt bericht als de gemeente beslist.",
        uitleg=(
            "Voor deze route moet de gemeente waar de deelnemer woont eerst toestemming geven. Een gemeente mag "
            "toestemming weigeren.",
            _WAT_DE_GEMEENTE_ZIET,
            "Zolang de gemeente beslist, kunt u de aanvraag niet wijzigen. Na de toestemming verstuurt u de "
            "aanvraag naar UWV.",
        ),
        rijen=_bij_gemeente(aanvraag),
    )
    return toon_of_doe(request, pagina, aanvraag, aanvraag, formulier)


@voor(*INSTELLINGSROLLEN)
def aanvraag_toestemming_opnieuw_vragen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """Ask again after the gemeente withdrew."""
    aanvraag = haal_dossier(request, nummer, waarvoor="aanvraag.controleren")
    pagina = Handelpagina(
        toestemming.opnieuw_vragen,
        kop="Opnieuw toestemming vragen",
        gelukt="De vraag is verstuurd. U krijgt bericht als de gemeente beslist.",
        uitleg=("De gemeente trok haar toestemming in. U kunt het opnieuw vragen.", _WAT_DE_GEMEENTE_ZIET),
        rijen=_bij_gemeente(aanvraag),
    )
    formulier = ToestemmingFormulier(gestuurd(request))
    return toon_of_doe(request, pagina, aanvraag, aanvraag, formulier)


def _bij_gemeente(aanvraag: Aanvraag) -> list[Rij]:
    gemeente, route = aanvraag.gemeente, aanvraag.routeregels
    if gemeente is None or route is None:
        return []
    rijen = [Rij("Kenmerk", aanvraag.kenmerk), Rij("Gemeente", gemeente.naam)]
    behandelt = handelende_organisatie(gemeente, vandaag())
    if behandelt.pk != gemeente.organisatie_id:
        rijen.append(Rij("Wie dit voor de gemeente doet", behandelt.naam))
    bedrag = route.bedrag_voor(aanvraag.doelgroep).gemeente_cent
    return [*rijen, Rij("Wat de gemeente betaalt", str(euro(bedrag)))]


def _wie_bericht(aanvraag: Aanvraag) -> str:
    return f"{ontvanger_van(aanvraag)} krijgt" if aanvraag.gemeente_beslist else "UWV en de gemeente krijgen"


@voor(*INSTELLINGSROLLEN)
def aanvraag_akkoord_intrekken(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """The deelnemer no longer agrees: what that means, and what the law makes us keep."""
    aanvraag = haal_dossier(request, nummer)
    pagina = Handelpagina(
        akkoord_intrekken,
        kop="De deelnemer trekt het akkoord in",
        gelukt="De aanvraag is gestopt. Er wordt niets meer gedeeld.",
        uitleg=(
            "De deelnemer mag zich altijd bedenken en hoeft niet te zeggen waarom. De aanvraag stopt dan meteen.",
            "Beslist de gemeente niet zelf over de aanvraag? Dan ziet zij het dossier niet meer.",
            "Wat al is ontvangen, moeten wij een tijd bewaren: dat zegt de Archiefwet. Daarna vernietigen wij het. De "
            "deelnemer kan bij u vragen welke gegevens er zijn.",
            "Dit kunt u niet terugdraaien.",
        ),
        rijen=[Rij("Kenmerk", aanvraag.kenmerk), Rij("Begonnen op", datum(aanvraag.aangemaakt_op))],
    )
    return toon_of_doe(request, pagina, aanvraag, aanvraag, AkkoordFormulier(gestuurd(request)))


@voor(*INSTELLINGSROLLEN)
def aanvraag_intrekken(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """Are you sure; there is no way back but a new aanvraag."""
    aanvraag = haal_dossier(request, nummer)
    gevolg = f"{met_hoofdletter(_wie_bericht(aanvraag))} bericht. " if aanvraag.ontvangen_op else ""
    pagina = Handelpagina(
        intrekken,
        kop="Aanvraag intrekken",
        gelukt="De aanvraag is ingetrokken.",
        uitleg=(
            f"U trekt de hele aanvraag in. {gevolg}Dit kunt u niet terugdraaien: wilt u later toch subsidie, dan "
            "doet u een nieuwe aanvraag en krijgt u een nieuwe plek in de volgorde.",
        ),
        rijen=[Rij("Kenmerk", aanvraag.kenmerk), Rij("Begonnen op", datum(aanvraag.aangemaakt_op))],
    )
    formulier = IntrekFormulier(gestuurd(request))
    return toon_of_doe(request, pagina, aanvraag, aanvraag, formulier)
