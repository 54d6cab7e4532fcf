"""The facturen: a list for each party of what is theirs, one factuur with what can be done on it, and its file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from budget.models import Factuur, FactuurStatus
from budget.models.facturen import FactuurQuerySet
from budget.web.betalen import hulp
from budget.web.betalen.formulieren import FacturenFilter
from ips_subsidie.handelingen.web import actor_van
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.logboek.opvragen import haal
from ips_subsidie.logboek.schrijven import lees
from ips_subsidie.opslag.download import als_download
from ips_subsidie.opslag.models import naam_met_scan
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, INSTELLINGSROLLEN, Rol
from ips_subsidie.vormgeving.onderdelen import Document, Gebeurtenis, Rij
from ips_subsidie.vormgeving.templatetags.opmaak import datum, euro

PARTIJEN = (*INSTELLINGSROLLEN, *GEMEENTEROLLEN, Rol.UWV_FINANCIEN)
BADGES = {
    FactuurStatus.IN_CONTROLE: "info",
    FactuurStatus.GECONTROLEERD: "info",
    FactuurStatus.GOEDGEKEURD: "goed",
    FactuurStatus.AFGEKEURD: "fout",
    FactuurStatus.BETAALD: "goed",
    FactuurStatus.GECORRIGEERD: "inactief",
}
_NODIG = ("verplichting__reservering", "verplichting__gemeente", "crediteur")


@dataclass(frozen=True)
class Regel:
    """A row of the list."""

    factuur: Factuur
    kenmerk: str
    betaler: str
    badge: str
    te_laat: bool


@voor(*PARTIJEN)
def facturen(request: HttpRequest) -> HttpResponse:
    """What waits is on top for who decides, the newest for who sent it."""
    actor, dag = actor_van(request), vandaag()
    filterformulier = FacturenFilter(request.GET)
    filterformulier.is_valid()
    zoek = filterformulier.cleaned_data.get("zoek") or ""
    status = filterformulier.cleaned_data.get("status") or ""
    alle = Factuur.objects.zichtbaar_voor(actor)
    gezocht = _gezocht(alle, zoek, status)
    beslist = not actor.is_instelling
    if beslist and not (zoek or status):
        gezocht = alle.te_doen()
    context = {
        "titel": "Te controleren facturen" if beslist and not (zoek or status) else "Facturen",
        "filterformulier": filterformulier,
        "gefilterd": bool(zoek or status),
        "beslist": beslist,
        "partij": "uwv" if actor.is_uwv else "gemeente" if actor.is_gemeente else "instelling",
        **hulp.lijst(request, gezocht.select_related(*_NODIG), lambda f: _regel(f, dag)),
    }
    return render(request, "budget/betalen/facturen.html", context)


def _gezocht(alle: FactuurQuerySet, zoek: str, status: str) -> FactuurQuerySet:
    """By the begin of the number or of the kenmerk, with or without IPS- in front."""
    lijst = alle.order_by("-ontvangen_op", "id")
    if status:
        lijst = lijst.filter(status=status)
    if zoek:
        kenmerk = f"IPS-{zoek.strip().upper().removeprefix('IPS').lstrip('- ')}"
        past = Q(nummer__istartswith=zoek.strip()) | Q(verplichting__reservering__kenmerk__startswith=kenmerk)
        lijst = lijst.filter(past)
    return lijst


def _regel(factuur: Factuur, dag: date) -> Regel:
    verplichting = factuur.verplichting
    badge = BADGES[FactuurStatus(factuur.status)]
    return Regel(
        factuur, verplichting.reservering.kenmerk, verplichting.betaler(dag), badge, factuur.te_laat(dag)
    )


@voor(*PARTIJEN)
def factuur(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """One factuur: what it says, what became of it, what this actor can do now."""
    een = haal_factuur(request, nummer, "factuur.bekijken")
    verwant = [een.crediteert] if een.crediteert else list(een.creditfacturen.order_by("ontvangen_op", "id"))
    context = {
        "factuur": een,
        "kenmerk": een.verplichting.reservering.kenmerk,
        "badge": BADGES[FactuurStatus(een.status)],
        "te_laat": een.te_laat(vandaag()),
        "rijen": _gegevens(een),
        "verwant": verwant,
        "gebeurtenissen": _verloop(een),
        "documenten": [
            Document(
                naam_met_scan(een.bestand),
                f"{request.path}bestand/",
                een.bestand.get_soort_display().lower(),
                een.bestand.grootte,
                een.ontvangen_op,
            )
        ],
        "acties": hulp.acties(actor_van(request), een),
        "tabs": hulp.tabs(request),
    }
    return render(request, "budget/betalen/factuur.html", context)


def haal_factuur(request: HttpRequest, nummer: UUID, waarvoor: str) -> Factuur:
    rijen = Factuur.objects.zichtbaar_voor(actor_van(request)).select_related(
        *_NODIG, "betaalmoment", "bestand__virusscan", "crediteert", "betaalbatch", "gecontroleerd_door",
        "goedgekeurd_door", "ingediend_door",
    ).defer("bestand__inhoud")  # fmt: skip
    een: Factuur = haal(request, rijen, nummer, waarvoor)
    # The query found out whose it is; the buttons needn't ask that again.
    een.verplichting.__dict__["_gemeente_van"] = {actor_van(request).organisatie_id: True}
    return een


def _gegevens(een: Factuur) -> list[Rij]:
    betaler = een.verplichting.betaler(vandaag())
    rijen = [
        Rij("Dossier", een.verplichting.reservering.kenmerk),
        Rij("Van", een.crediteur.naam),
        Rij("Wie betaalt", betaler),
        Rij("Waarvoor", een.betaalmoment.naam),
        Rij("Factuurnummer", een.nummer),
        Rij("Factuurdatum", datum(een.factuurdatum)),
        Rij("Bedrag inclusief btw", euro(een.bedrag_cent)),
        Rij("Waarvan btw", euro(een.btw_cent)),
        Rij("IBAN", " ".join(een.iban[i : i + 4] for i in range(0, len(een.iban), 4))),
    ]
    if een.gecrediteerd_cent:
        rijen.append(Rij("Gecrediteerd", euro(een.gecrediteerd_cent)))
    if not een.is_credit:
        rijen.append(Rij("Uiterlijk betalen", datum(een.betalen_uiterlijk)))
    if een.betaalbatch:
        rijen.append(Rij("Betaalbatch", een.betaalbatch.berichtnummer))
    if een.reden:
        rijen.append(Rij("Reden", een.reden))
    return rijen


def _verloop(een: Factuur) -> list[Gebeurtenis]:
    uit = [Gebeurtenis("Ontvangen", een.ontvangen_op, str(een.ingediend_door))]
    if een.gecontroleerd_op:
        uit.append(Gebeurtenis("Gecontroleerd", een.gecontroleerd_op, str(een.gecontroleerd_door)))
    if een.goedgekeurd_op:
        uit.append(Gebeurtenis("Goedgekeurd", een.goedgekeurd_op, str(een.goedgekeurd_door)))
    if een.betaald_op:
        uit.append(Gebeurtenis("Betaald", een.betaald_op))
    if een.status in (FactuurStatus.AFGEKEURD, FactuurStatus.GECORRIGEERD):
        uit.append(Gebeurtenis(een.get_status_display(), tekst=een.reden))
    return uit


@voor(*PARTIJEN)
def factuur_bestand(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """The file as it was sent."""
    rijen = Factuur.objects.zichtbaar_voor(actor_van(request)).select_related(
        "bestand", "verplichting__reservering"
    )
    een: Factuur = haal(request, rijen, nummer, "factuur.bestand")
    lees(request, "factuur.bestand", een.onderwerp())
    return als_download(een.bestand)
