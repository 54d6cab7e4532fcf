"""For who pays: control, approval by a second person, rejection; and the gemeente that reports her payment."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from budget.handelingen import facturen, goedkeuren
from budget.models import Factuur
from budget.web.betalen import hulp
from budget.web.betalen.facturen import haal_factuur
from budget.web.betalen.formulieren import DagFormulier, RedenFormulier
from ips_subsidie.handelingen.kern import Handeling
from ips_subsidie.handelingen.web import gestuurd
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN
from ips_subsidie.vormgeving.formulieren import EnkelKnop, Formulier
from ips_subsidie.vormgeving.onderdelen import Rij
from ips_subsidie.vormgeving.templatetags.opmaak import datum, euro


@voor(*facturen.CONTROLEURS)
def factuur_controleren(request: HttpRequest, nummer: UUID) -> HttpResponse:
    formulier = EnkelKnop(gestuurd(request), knop="De factuur klopt")
    uitleg = [
        "Controleer of het bedrag, het dossier en de IBAN in het bestand dezelfde zijn als hieronder.",
        "Daarna keurt een collega de factuur goed.",
    ]
    return _pagina(
        request, nummer, facturen.controleren, formulier, "De factuur is gecontroleerd.", uitleg=uitleg
    )


@voor(*facturen.GOEDKEURDERS)
def factuur_goedkeuren(request: HttpRequest, nummer: UUID) -> HttpResponse:
    formulier = EnkelKnop(gestuurd(request), knop="Factuur goedkeuren")
    return _pagina(request, nummer, goedkeuren.goedkeuren, formulier, "De factuur is goedgekeurd.")


@voor(*facturen.CONTROLEURS)
def factuur_afkeuren(request: HttpRequest, nummer: UUID) -> HttpResponse:
    formulier = RedenFormulier(gestuurd(request), knop="Factuur afkeuren")
    uitleg = ["De instelling kan daarna een nieuwe factuur sturen, met een ander nummer."]
    return _pagina(request, nummer, facturen.afkeuren, formulier, "De factuur is afgekeurd.", uitleg=uitleg)


@voor(*GEMEENTEROLLEN)
def factuur_betaald_melden(request: HttpRequest, nummer: UUID) -> HttpResponse:
    vraag = "Op welke dag is de factuur betaald?"
    formulier = DagFormulier(gestuurd(request), knop="Betaald melden", naam="betaald_op", vraag=vraag)
    return _pagina(request, nummer, goedkeuren.betaald_melden, formulier, "De betaling is gemeld.")


def _pagina(
    request: HttpRequest,
    nummer: UUID,
    handeling: Handeling[Any, Any],
    formulier: Formulier,
    klaar: str,
    *,
    uitleg: list[str] | None = None,
) -> HttpResponse:
    een = haal_factuur(request, nummer, "factuur.bekijken")
    adres = reverse("budget:factuur", args=[een.pk])
    return hulp.doe(
        request,
        handeling,
        een,
        formulier,
        klaar=klaar,
        daarna=lambda _: adres,
        terug=adres,
        samenvatting=_kort(een),
        uitleg=uitleg or [],
    )


def _kort(een: Factuur) -> list[Rij]:
    return [
        Rij("Dossier", een.verplichting.reservering.kenmerk),
        Rij("Van", een.crediteur.naam),
        Rij("Factuur", f"{een.nummer} van {datum(een.factuurdatum)}"),
        Rij("Waarvoor", een.betaalmoment.naam),
        Rij("Bedrag inclusief btw", euro(een.bedrag_cent)),
        Rij("Nog te betalen", euro(een.te_betalen_cent)),
        Rij("IBAN", een.iban),
    ]
