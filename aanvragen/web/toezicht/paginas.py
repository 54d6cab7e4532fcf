"""What stands out in the use of the portal: looked at, judged with a note, and overdue where nobody did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from aanvragen.web.dossier.logboek import wat_van
from aanvragen.web.hulp import actor_van, blader_urls, bladzijde, gestuurd, met_filter, vanaf
from aanvragen.web.toezicht.formulieren import OordeelFormulier, ZoekFormulier
from ips_subsidie.handelingen.weigering import Reden
from ips_subsidie.kalender.klok import nu, vandaag
from ips_subsidie.logboek.models import AFGESLOTEN, Oordeel, Regel, Signaal, Soort
from ips_subsidie.logboek.schrijven import Onderwerp, lees, regel, schrijf
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import Rol
from ips_subsidie.vormgeving.onderdelen import Teller

PER_PAGINA = 50
HOOGSTE_NUMMER = 2**63 - 1


@dataclass(frozen=True)
class Rij:
    """One signaal of the list, and how its term stands."""

    signaal: Signaal
    stand: str
    badge: str


@voor(Rol.TOEZICHTHOUDER)
def overzicht(request: HttpRequest) -> HttpResponse:
    """The signalen that are open, nearest term first; or those that were closed, newest first."""
    afgesloten = request.GET.get("welke") == "afgesloten"
    klaar = Oordeel.objects.filter(signaal=OuterRef("pk"), uitkomst__in=AFGESLOTEN)
    alle = Signaal.objects.annotate(is_klaar=Exists(klaar)).select_related("gebruiker", "organisatie")
    gekozen = alle.filter(is_klaar=afgesloten).order_by(
        *(("-uiterlijk", "-pk") if afgesloten else ("uiterlijk", "pk"))
    )
    na = vanaf(request)
    rijen, meer = bladzijde(gekozen, PER_PAGINA, na)
    open_ = alle.filter(is_klaar=False)
    context = {
        "rijen": [_rij(rij, vandaag(), afgesloten) for rij in rijen],
        "te_laat": open_.filter(uiterlijk__lt=vandaag()).count(),
        "tellers": [
            Teller("Te beoordelen", open_.count(), met_filter(request, welke=""), not afgesloten),
            Teller(
                "Afgesloten",
                alle.filter(is_klaar=True).count(),
                met_filter(request, welke="afgesloten"),
                afgesloten,
            ),
        ],
        **blader_urls(request, na, PER_PAGINA, meer),
    }
    return render(request, "aanvragen/toezicht/overzicht.html", context)


def _rij(een: Signaal, dag: date, afgesloten: bool) -> Rij:
    if afgesloten:
        return Rij(een, "Afgesloten", "inactief")
    return Rij(een, "Te laat", "fout") if een.uiterlijk < dag else Rij(een, "Te beoordelen", "let_op")


@voor(Rol.TOEZICHTHOUDER)
def signaal(request: HttpRequest, nummer: int) -> HttpResponse:
    """The lines that a signaal is about, what was found of it before, and the form to judge it."""
    actor = actor_van(request)
    alle = Signaal.objects.select_related("gebruiker", "organisatie")
    een = get_object_or_404(alle, pk=min(nummer, HOOGSTE_NUMMER))
    lees(request, "logboek.signaal", _onderwerp(een))
    oordelen = list(een.oordelen.select_related("door"))
    klaar = any(oordeel.uitkomst in AFGESLOTEN for oordeel in oordelen)
    formulier = OordeelFormulier(gestuurd(request))
    if request.method == "POST" and formulier.is_valid() and _beoordeel(een, actor, formulier):
        messages.success(request, "Uw oordeel is opgeslagen.")
        return redirect("toezicht:overzicht")
    context = {
        "signaal": een,
        "regels": _in_woorden(Regel.objects.filter(pk__in=een.regels)),
        "oordelen": oordelen,
        "klaar": klaar,
        "van_uzelf": een.gebruiker_id == actor.gebruiker_id,
        "form": formulier,
    }
    return render(request, "aanvragen/toezicht/signaal.html", context)


def _beoordeel(een: Signaal, actor: Actor, formulier: OordeelFormulier) -> bool:
    """Write the oordeel and its line; False, with the reason in the form, where the database refuses it."""
    velden = formulier.cleaned_data
    moment = nu()
    try:
        with transaction.atomic():
            Oordeel.objects.create(
                signaal=een,
                uitkomst=velden["uitkomst"],
                toelichting=velden["toelichting"],
                op=moment,
                door=actor.persoon,
            )
            schrijf([
                regel(
                    actor, Soort.HANDELING, "signaal.beoordelen", _onderwerp(een), op=moment,
                    gegevens={"uitkomst": velden["uitkomst"], "soort": een.soort},
                )
            ])  # fmt: skip
    except IntegrityError as fout:
        formulier.fout_van([_reden(fout)])
        return False
    return True


def _reden(fout: IntegrityError) -> Reden:
    naam = getattr(getattr(fout.__cause__, "diag", None), "constraint_name", "")
    if naam == "oordeel_door_een_ander":
        return Reden(
            naam, "Dit signaal gaat over uw eigen gebruik. Laat een andere toezichthouder het beoordelen."
        )
    if naam == "oordeel_voor_afsluiten":
        return Reden(naam, "Een collega sloot dit signaal net af. Bekijk het signaal opnieuw.")
    raise fout


def _onderwerp(een: Signaal) -> Onderwerp:
    return Onderwerp("logboek.signaal", str(een.pk))


@voor(Rol.TOEZICHTHOUDER)
def logboek(request: HttpRequest) -> HttpResponse:
    """The newest lines; after a search, sent by POST, those of one dossier or of one person."""
    formulier = ZoekFormulier(gestuurd(request))
    gezocht, na = "", vanaf(request)
    regels = Regel.objects.all()
    if request.method == "POST" and formulier.is_valid():
        gezocht, na = formulier.cleaned_data["zoek"], 0
        regels = regels.filter(Q(kenmerk__iexact=gezocht) | Q(gebruiker__email__iexact=gezocht))
    lees(request, "logboek.zoeken" if gezocht else "logboek.bekijken", Onderwerp("logboek.regel"))
    rijen, meer = bladzijde(_met_wie(regels), PER_PAGINA, na)
    bladeren = blader_urls(request, na, PER_PAGINA, meer) if not gezocht else {"volgende": "", "vorige": ""}
    context = {
        "form": formulier, "gezocht": gezocht, "regels": _in_woorden(rijen), "meer": meer and bool(gezocht), **bladeren,
    }  # fmt: skip
    return render(request, "aanvragen/toezicht/logboek.html", context)


def _met_wie(regels: QuerySet[Regel]) -> QuerySet[Regel]:
    return regels.select_related("gebruiker", "organisatie").order_by("-op", "-pk")


def _in_woorden(regels: QuerySet[Regel] | list[Regel]) -> list[tuple[Regel, str, str]]:
    """Each line with what it says, and the role, in words."""
    if isinstance(regels, QuerySet):
        regels = list(_met_wie(regels))
    return [(een, wat_van(een), Rol(een.rol).label if een.rol in Rol.values else "") for een in regels]
