"""The inbox. Opening a bericht is a POST: a GET can't write that it was read."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from ips_subsidie.berichten.lezen import bak_van, markeer_gelezen
from ips_subsidie.kalender.klok import nu
from ips_subsidie.toegang.poort import voor
from ips_subsidie.toegang.rollen import Rol
from ips_subsidie.toegang.web.fouten import niet_zo

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
