"""Where a person begins: the worklist of the role that is on, or the choice of one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ips_subsidie.toegang.middleware import SESSIESLEUTEL
from ips_subsidie.toegang.poort import ingelogd
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, INSTELLINGSROLLEN, Rol
from ips_subsidie.toegang.web.formulieren import RolFormulier

WERKLIJST: dict[Rol, str] = {
    **dict.fromkeys(INSTELLINGSROLLEN, "aanvragen:lijst"),
    **dict.fromkeys(GEMEENTEROLLEN, "aanvragen:toestemmingen"),
    Rol.UWV_BEOORDELAAR: "aanvragen:werkvoorraad",
    Rol.UWV_BESLISSER: "aanvragen:werkvoorraad",
    Rol.UWV_FINANCIEN: "budget:overzicht",
    Rol.MINISTERIE: "budget:overzicht",
    Rol.BEHEERDER: "admin:index",
    Rol.TOEZICHTHOUDER: "toezicht:overzicht",
}
WERK_VAN_FUNCTIE = "overleg:werkvoorraad"


@ingelogd
def start(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    if actor is None:
        return redirect("rol_kiezen")
    # A functie has its own work, which lies ready on one page.
    return redirect(WERK_VAN_FUNCTIE if actor.functie else WERKLIJST[actor.rol])


@ingelogd
def rol_kiezen(request: HttpRequest) -> HttpResponse:
    """Only the own lidmaatschappen that are valid today can be chosen; another's is not in the list."""
    lidmaatschappen = request.lidmaatschappen  # type: ignore[attr-defined]
    if not lidmaatschappen:
        return render(request, "toegang/geen_rol.html")
    actor = request.actor  # type: ignore[attr-defined]
    form = RolFormulier(
        request.POST if request.method == "POST" else None,
        lidmaatschappen=lidmaatschappen,
        initial={"lidmaatschap": str(actor.lidmaatschap_id)} if actor else {},
    )
    if request.method == "POST" and form.is_valid():
        gekozen = int(form.cleaned_data["lidmaatschap"])
        request.session[SESSIESLEUTEL] = gekozen
        lid = next(lid for lid in lidmaatschappen if lid.pk == gekozen)
        messages.success(request, f"U werkt nu als {lid.get_rol_display().lower()} voor {lid.organisatie}.")
        return redirect("start")
    return render(request, "toegang/rol_kiezen.html", {"form": form})
