"""What holds a dossier, set and lifted by hand; the proofs of destruction and the virus scans, to read."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from aanvragen.models import Bewaarplicht
from ips_subsidie.kalender.klok import nu
from ips_subsidie.opslag.models import Vernietiging, Virusscan
from ips_subsidie.toegang.beheer import AlleenLezen, NooitVerwijderen, schrijf_beheer


@admin.register(Bewaarplicht)
class BewaarplichtAdmin(NooitVerwijderen[Bewaarplicht]):
    list_display = ("aanvraag", "grond", "gezet_op", "gezet_door", "opgeheven_op")
    list_filter = ("grond", ("opgeheven_op", admin.EmptyFieldListFilter))
    list_select_related = ("aanvraag", "gezet_door")
    search_fields = ("=aanvraag__kenmerk",)
    fields = ("aanvraag", "grond", "reden", "gezet_op", "gezet_door", "opgeheven_op", "opgeheven_door")
    raw_id_fields = ("aanvraag",)
    actions = ("hef_op",)

    def get_readonly_fields(self, request: HttpRequest, obj: Bewaarplicht | None = None) -> tuple[str, ...]:
        vast = ("gezet_op", "gezet_door", "opgeheven_op", "opgeheven_door")
        return ("aanvraag", "grond", "reden", *vast) if obj else vast

    def save_model(
        self, request: HttpRequest, obj: Bewaarplicht, form: ModelForm[Bewaarplicht], change: bool
    ) -> None:
        if change:
            return  # nothing of it can be changed here but by the action
        obj.gezet_op = nu()
        obj.gezet_door = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)

    @admin.action(description="Hef deze bewaarplichten op")
    def hef_op(self, request: HttpRequest, rijen: QuerySet[Bewaarplicht]) -> None:
        open_ = list(rijen.filter(opgeheven_op__isnull=True))
        for plicht in open_:
            plicht.opgeheven_op, plicht.opgeheven_door = nu(), request.user  # type: ignore[assignment]
            plicht.save(update_fields=["opgeheven_op", "opgeheven_door"])
        schrijf_beheer(request, "wijzigen", *open_)
        self.message_user(request, f"{len(open_)} bewaarplichten zijn opgeheven.", messages.SUCCESS)


@admin.register(Vernietiging)
class VernietigingAdmin(AlleenLezen[Vernietiging]):
    list_display: Any = ("op", "regeling", "kenmerk_hash", "einde_dossier", "bewaren_tot", "door")
    list_filter = ("regeling",)
    list_select_related = ("door",)
    search_fields = ("=kenmerk_hash",)
    date_hierarchy = "op"


@admin.register(Virusscan)
class VirusscanAdmin(AlleenLezen[Virusscan]):
    list_display: Any = ("bestand_id", "uitslag", "op")
    list_filter = ("uitslag",)
    date_hierarchy = "op"
    exclude = ("bestand",)
