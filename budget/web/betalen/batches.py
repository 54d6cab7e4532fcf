"""For UWV: the betaalbatches, making one out of what was approved, and what the bank did with it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from budget.handelingen import betalen
from budget.models import Betaalbatch, BetaalbatchStatus, Factuur
from budget.web.betalen import hulp
from budget.web.betalen.formulieren import BatchFormulier, DagFormulier, RedenFormulier
from ips_subsidie.handelingen import web
from ips_subsidie.kalender import feestdagen
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.kalender.rekenen import eerstvolgende_werkdag
from ips_subsidie.logboek.opvragen import haal
from ips_subsidie.logboek.schrijven import lees
from ips_subsidie.opslag.download import als_download
from ips_subsidie.toegang.poort import gevoelig, voor
from ips_subsidie.toegang.rollen import Rol
from ips_subsidie.vormgeving.onderdelen import Document, Rij
from ips_subsidie.vormgeving.templatetags.opmaak import datum, euro, tijdstip

MEESTE = 200
BADGES = {
    BetaalbatchStatus.GEMAAKT: "let_op",
    BetaalbatchStatus.UITGEVOERD: "goed",
    BetaalbatchStatus.VERVALLEN: "inactief",
}


@voor(Rol.UWV_FINANCIEN)
def betaalbatches(request: HttpRequest) -> HttpResponse:
    """The newest first, and how many facturen wait for one."""
    actor = web.actor_van(request)
    batches = Betaalbatch.objects.zichtbaar_voor(actor).select_related("gemaakt_door")
    context = hulp.lijst(request, batches, lambda b: (b, BADGES[BetaalbatchStatus(b.status)]))
    context["te_betalen"] = Factuur.objects.zichtbaar_voor(actor).te_betalen().order_by().count()
    return render(request, "budget/betalen/betaalbatches.html", context)


@voor(Rol.UWV_FINANCIEN)
def betaalbatch_maken(request: HttpRequest) -> HttpResponse:
    zichtbaar = Factuur.objects.zichtbaar_voor(web.actor_van(request)).te_betalen()
    wachtend = list(zichtbaar.select_related("verplichting__reservering", "crediteur")[:MEESTE])
    formulier = BatchFormulier(
        web.gestuurd(request),
        keuzes=[(str(f.pk), _regel(f)) for f in wachtend],
        dag=_eerste_werkdag(vandaag()),
    )
    return hulp.doe(
        request,
        betalen.maken,
        None,
        formulier,
        klaar="De betaalbatch is gemaakt. Haal het bestand op en geef het aan de bank.",
        daarna=_naar_batch,
        terug=reverse("budget:betaalbatches"),
        samenvatting=[],
        uitleg=[] if wachtend else ["Er zijn geen goedgekeurde facturen die betaald kunnen worden."],
        kan=bool(wachtend),
    )


def _regel(factuur: Factuur) -> str:
    kenmerk = factuur.verplichting.reservering.kenmerk
    return (
        f"{factuur.crediteur.naam}: {factuur.nummer} ({kenmerk}), {euro(factuur.te_betalen_cent)}, "
        f"uiterlijk {datum(factuur.betalen_uiterlijk)}"
    )


def _eerste_werkdag(dag: date) -> date:
    return eerstvolgende_werkdag(dag + timedelta(days=1), feestdagen.alle())


def _naar_batch(batch: Betaalbatch) -> str:
    return reverse("budget:betaalbatch", args=[batch.pk])


@voor(Rol.UWV_FINANCIEN)
def betaalbatch(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """One batch with its facturen and its file."""
    een = _haal(request, nummer)
    facturen = een.facturen.select_related("verplichting__reservering", "crediteur")
    context = {
        "batch": een,
        "badge": BADGES[BetaalbatchStatus(een.status)],
        "samenvatting": _stand(een),
        "documenten": [
            Document(een.bestand.naam, f"{request.path}bestand/", "xml", een.bestand.grootte, een.gemaakt_op)
        ],
        "acties": hulp.acties(web.actor_van(request), een),
        **hulp.lijst(request, facturen.order_by("betalen_uiterlijk", "id")),
    }
    return render(request, "budget/betalen/betaalbatch.html", context)


def _haal(request: HttpRequest, nummer: UUID) -> Betaalbatch:
    rijen = Betaalbatch.objects.zichtbaar_voor(web.actor_van(request)).select_related(
        "gemaakt_door", "afgerond_door", "bestand"
    )
    een: Betaalbatch = haal(request, rijen.defer("bestand__inhoud"), nummer, "betaalbatch.bekijken")
    return een


def _stand(een: Betaalbatch) -> list[Rij]:
    rijen = [
        Rij("Berichtnummer", een.berichtnummer),
        Rij("Betalingen", een.aantal),
        Rij("Totaal", euro(een.totaal_cent)),
        Rij("Uitvoeren op", datum(een.uitvoeren_op)),
        Rij("Gemaakt", f"{tijdstip(een.gemaakt_op)} door {een.gemaakt_door}"),
    ]
    if een.afgerond_op:
        rijen.append(Rij(een.get_status_display(), f"{tijdstip(een.afgerond_op)} door {een.afgerond_door}"))
    if een.reden:
        rijen.append(Rij("Reden", een.reden))
    return rijen


@voor(Rol.UWV_FINANCIEN)
@gevoelig
def betaalbatch_bestand(request: HttpRequest, nummer: UUID) -> HttpResponse:
    """The file for the bank; taking it out is in the logboek."""
    een = _haal(request, nummer)
    lees(request, "betaalbatch.bestand", een.onderwerp())
    return als_download(een.bestand)


@voor(Rol.UWV_FINANCIEN)
def betaalbatch_uitgevoerd(request: HttpRequest, nummer: UUID) -> HttpResponse:
    een = _haal(request, nummer)
    vraag = "Op welke dag heeft de bank betaald?"
    formulier = DagFormulier(web.gestuurd(request), knop="Uitgevoerd melden", naam="betaald_op", vraag=vraag)
    return hulp.doe(
        request,
        betalen.uitgevoerd,
        een,
        formulier,
        klaar="De facturen zijn betaald.",
        daarna=_naar_batch,
        terug=_naar_batch(een),
        samenvatting=_stand(een),
    )


@voor(Rol.UWV_FINANCIEN)
def betaalbatch_laten_vervallen(request: HttpRequest, nummer: UUID) -> HttpResponse:
    een = _haal(request, nummer)
    formulier = RedenFormulier(web.gestuurd(request), knop="Betaalbatch laten vervallen")
    formulier.fields["reden"].help_text = "Bijvoorbeeld: de bank heeft het bestand geweigerd."
    return hulp.doe(
        request,
        betalen.laten_vervallen,
        een,
        formulier,
        klaar="De betaalbatch is vervallen. De facturen kunnen in een nieuwe.",
        daarna=_naar_batch,
        terug=_naar_batch(een),
        samenvatting=_stand(een),
    )
