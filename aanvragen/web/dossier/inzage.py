"""Inzage for the deelnemer (AVG art. 15): what we hold, to look at with him and to give along as a file."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from aanvragen.avg.inzage import Groep, Mag, Rijen, als_json, bewaard_tot, gezien_door, verzamel
from aanvragen.avg.register import Tabel
from aanvragen.avg.soorten import Zicht
from aanvragen.handelingen.dossier import behandelt
from aanvragen.models import Aanvraag, Brief, Gespreksbericht
from aanvragen.web.dossier.delen import ziet_behandeling
from aanvragen.web.dossier.documenten import mag_bijlagen, mag_brief
from aanvragen.web.hulp import actor_van, haal_dossier
from ips_subsidie.kalender.klok import nu, vandaag
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.poort import gevoelig, voor
from ips_subsidie.toegang.rollen import Rol
from ips_subsidie.vormgeving.onderdelen import Rij
from ips_subsidie.vormgeving.templatetags.opmaak import bsn_gemaskeerd

# Who answers at an organisatie for what it holds.
INZAGEROLLEN = (Rol.INSTELLINGSBEHEERDER, Rol.UWV_BESLISSER, Rol.GEMEENTEBESLISSER)
OP_DE_PAGINA = 50


@gevoelig
@voor(*INZAGEROLLEN)
def inzage(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """The page: the BSN masked, and the last of who looked; the file has all of both."""
    aanvraag = haal_dossier(request, nummer, waarvoor="inzage.bekijken")
    groepen = verzamel(aanvraag, wat_mag(aanvraag, actor_van(request)))
    deelnemer = getattr(aanvraag, "deelnemer", None)
    regels = gezien_door(deelnemer.pk if deelnemer else None, aanvraag.pk)
    context = {
        "aanvraag": aanvraag,
        "dossier_url": reverse("aanvragen:dossier", args=[aanvraag.pk]),
        "download_url": reverse("aanvragen:inzage_bestand", args=[aanvraag.pk]),
        "groepen": [_groep(groep) for groep in groepen],
        "ontvangers": sorted({groep.tabel.verwerking.ontvangers for groep in groepen}),
        "bewaard_tot": bewaard_tot(aanvraag, vandaag()),
        "regels": regels[:OP_DE_PAGINA],
        "aantal_regels": len(regels),
    }
    return render(request, "aanvragen/dossier/inzage.html", context)


@gevoelig
@voor(*INZAGEROLLEN)
def inzage_bestand(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """All of it as JSON, to give to the deelnemer."""
    aanvraag = haal_dossier(request, nummer, waarvoor="inzage.downloaden")
    groepen = verzamel(aanvraag, wat_mag(aanvraag, actor_van(request)))
    tekst = json.dumps(als_json(aanvraag, groepen, nu()), ensure_ascii=False, indent=2)
    antwoord = HttpResponse(tekst, content_type="application/json")
    antwoord.headers["Content-Disposition"] = f'attachment; filename="inzage-{aanvraag.kenmerk}.json"'
    antwoord.headers["Cache-Control"] = "no-store"
    return antwoord


def wat_mag(aanvraag: Aanvraag, actor: Actor) -> Mag:
    """Of each table the rows that this actor may see; a party that doesn't decide sees the person and her own part."""
    volledig = actor.is_instelling or behandelt(aanvraag, actor)

    def mag(tabel: Tabel, rijen: Rijen) -> Rijen | None:
        zicht = tabel.zicht
        if tabel.klasse is Gespreksbericht:
            return rijen.filter(pk__in=Gespreksbericht.objects.leesbaar_voor(actor).filter(aanvraag=aanvraag))
        if tabel.klasse is Brief:
            sjablonen = aanvraag.brieven.values_list("sjabloon", flat=True).distinct()
            return rijen.filter(sjabloon__in=[s for s in sjablonen if mag_brief(aanvraag, s, actor)])
        toegestaan = {
            Zicht.ALLEN: volledig or tabel.model in _VAN_IEDER,
            Zicht.INSTELLING: actor.is_instelling,
            Zicht.BEHANDELING: ziet_behandeling(aanvraag, actor),
            Zicht.BEOORDELING: volledig and not actor.is_instelling,
            Zicht.GEMEENTE: actor.is_gemeente,
            Zicht.BIJLAGE: mag_bijlagen(aanvraag, actor),
        }
        return rijen if toegestaan.get(zicht, False) else None

    return mag


# What a gemeente has that only gave her toestemming, or UWV that only gave the budget.
_VAN_IEDER = ("aanvragen.Deelnemer", "aanvragen.Toestemming", "aanvragen.Besluit")


def _groep(groep: Groep) -> dict[str, Any]:
    return {
        "titel": groep.titel,
        "doel": groep.tabel.verwerking.doel,
        "rijen": [
            [
                Rij(een.vraag.capitalize(), bsn_gemaskeerd(een.waarde) if een.bsn else een.waarde)
                for een in rij
            ]
            for rij in groep.rijen
        ],
    }
