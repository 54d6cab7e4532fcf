"""The inbox. Opening a bericht is a POST: a GET can't write that it was read."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from ips_subsidie.berichten.groepen import Groep, Wijze
from ips_subsidie.berichten.lezen import bak_van, markeer_gelezen
from ips_subsidie.berichten.voorkeuren import KIESBAAR, stel_in, voorkeuren_van
from ips_subsidie.kalender.klok import nu
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import Rol
from ips_subsidie.toegang.web.fouten import niet_zo
from ips_subsidie.vormgeving.formulieren import Formulier
from ips_subsidie.vormgeving.velden import KeuzeVeld

PER_PAGINA = 25
_IEDEREEN = tuple(rol for rol in Rol if rol != Rol.SYSTEEM)


@voor(*_IEDEREEN)
def inbox(request: HttpRequest) -> HttpResponse:
    """The berichten of the own organisatie and role, newest first; POST marks them all as read."""
    bak = bak_van(request.actor)  # type: ignore[attr-defined]
    if request.method == "POST":
        aantal = markeer_gelezen(bak, request.actor, nu=nu())  # type: ignore[attr-defined]
        messages.success(request, f"{aantal} berichten zijn gemarkeerd als gelezen.")
        return redirect("berichten")
    pagina = Paginator(bak, PER_PAGINA).get_page(request.GET.get("pagina"))
    ongelezen = any(bericht.gelezen_op is None for bericht in pagina)
    return render(request, "berichten/inbox.html", {"pagina": pagina, "ongelezen": ongelezen})


@voor(*_IEDEREEN)
def openen(request: HttpRequest, nummer: int) -> HttpResponse:
    """Mark one bericht as read and go to the page it is about."""
    if request.method != "POST":
        return niet_zo(request, ["POST"])
    bak = bak_van(request.actor)  # type: ignore[attr-defined]
    bericht = get_object_or_404(bak, pk=nummer)
    markeer_gelezen(bak.filter(pk=bericht.pk), request.actor, nu=nu())  # type: ignore[attr-defined]
    if url_has_allowed_host_and_scheme(bericht.pad, allowed_hosts=None):
        return redirect(bericht.pad)
    return redirect("berichten")


def _vraag(groep: Groep) -> KeuzeVeld:
    return KeuzeVeld(
        label=groep.label,
        choices=Wijze.choices,
        error_messages={"required": f"Kies hoe u mails krijgt over: {groep.label.lower()}."},
    )


class VoorkeurenFormulier(Formulier):
    """One question for each group there is a choice of."""

    knop = "Opslaan"
    taak = _vraag(Groep.TAAK)
    herinnering = _vraag(Groep.HERINNERING)
    voortgang = _vraag(Groep.VOORTGANG)
    geld = _vraag(Groep.GELD)
    overleg = _vraag(Groep.OVERLEG)


@voor(*_IEDEREEN)
def voorkeuren(request: HttpRequest) -> HttpResponse:
    """How this person wants their mails, per group; what the law demands stands there without a choice."""
    actor = request.actor  # type: ignore[attr-defined]
    gestuurd = request.POST if request.method == "POST" else None
    form = VoorkeurenFormulier(gestuurd, initial={g.value: w for g, w in voorkeuren_van(actor).items()})
    if request.method == "POST" and form.is_valid() and _ingesteld(form, actor):
        messages.success(request, "Uw keuze is bewaard.")
        return redirect("berichten")
    return render(request, "berichten/voorkeuren.html", {"form": form, "wettelijk": Groep.WETTELIJK.label})


def _ingesteld(form: VoorkeurenFormulier, actor: Actor) -> bool:
    try:
        stel_in(actor, {groep.value: form.cleaned_data[groep.value] for groep in KIESBAAR}, nu=nu())
    except ValidationError as fout:
        form.add_error(None, fout)
        return False
    return True
