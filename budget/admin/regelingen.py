"""Regelingen in the admin: a change is a new version with a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.html import format_html

from budget.handelingen.laden import laad_regeling
from budget.models import Regeling, RegelingVersie
from budget.regels.inlezen import RegelingFout
from budget.regels.kanttekeningen import kanttekeningen
from ips_subsidie.handelingen.lopend import als_lopend
from ips_subsidie.handelingen.weigering import HandelingGeweigerd
from ips_subsidie.kalender.klok import nu, vandaag
from ips_subsidie.toegang.beheer import AlleenLezen, NooitVerwijderen, schrijf_beheer


class VersieInline(admin.TabularInline):
    """The versions of a regeling, newest first, to read."""

    model = RegelingVersie
    extra = 0
    can_delete = False
    show_change_link = True
    fields = readonly_fields = (
        "nummer",
        "geldig_vanaf",
        "gepubliceerd_op",
        "bron",
        "reden",
        "vastgelegd_op",
        "vastgelegd_door",
    )

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[RegelingVersie]:
        return super().get_queryset(request).select_related("vastgelegd_door").defer("tekst")


@admin.register(Regeling)
class RegelingAdmin(AlleenLezen[Regeling]):
    list_display = ("code", "naam")
    search_fields = ("code", "naam")
    fields = ("code", "naam")
    inlines = (VersieInline,)


class NieuweVersieForm(forms.ModelForm):
    """The whole text of the regeling; checked as `manage.py regeling laden` does, with the line in the message."""

    class Meta:
        model = RegelingVersie
        fields = ("tekst", "geldig_vanaf", "gepubliceerd_op", "bron", "reden")
        widgets = {
            "tekst": forms.Textarea(attrs={"rows": 40, "cols": 120, "spellcheck": "false"}),
            "reden": forms.Textarea(attrs={"rows": 3, "cols": 120}),
        }
        help_texts = {
            "tekst": "De hele regeling. Wat u weghaalt, geldt niet meer. Grenzen (plafond en cap) gelden meteen.",
            "geldig_vanaf": "Aanvragen die vanaf deze dag binnenkomen, vallen onder deze versie. Eerdere niet.",
            "gepubliceerd_op": "Een lagere grens geldt alleen voor wat na deze dag binnenkomt (Awb 4:27).",
            "bron": "Bijvoorbeeld: Stcrt. 2019, 24003.",
            "reden": "Wat er verandert en waarom. Dit blijft bij de versie staan.",
        }

    def clean(self) -> dict[str, Any]:
        velden: dict[str, Any] = super().clean() or {}
        if {"tekst", "geldig_vanaf", "gepubliceerd_op", "bron", "reden"} <= velden.keys():
            # A browser sends other line ends than a file has; without this each save would be a change.
            velden["tekst"] = velden["tekst"].replace("\r\n", "\n").rstrip("\n") + "\n"
            self._probeer(velden)
        return velden

    def _probeer(self, velden: dict[str, Any]) -> None:
        """Load it and undo that: so all that can be wrong with it shows in the form."""
        try:
            with transaction.atomic():
                versie, nieuw = laad_regeling(
                    velden["tekst"],
                    reden=velden["reden"],
                    nu=nu(),
                    geldig_vanaf=velden["geldig_vanaf"],
                    gepubliceerd_op=velden["gepubliceerd_op"],
                    bron=velden["bron"],
                )
                eerste = versie.nummer == 1
                transaction.set_rollback(True)
        except RegelingFout as fout:
            self.add_error("tekst", self._met_regel(fout, velden["tekst"]))
            return
        except HandelingGeweigerd as weigering:
            for reden in weigering.redenen:
                self.add_error(reden.veld if reden.veld in self.fields else "tekst", reden.tekst)
            return
        if not nieuw:
            self.add_error("tekst", "Er is niets veranderd ten opzichte van de laatste versie.")
        elif not eerste and velden["geldig_vanaf"] < vandaag():
            self.add_error(
                "geldig_vanaf", "Kies vandaag of later: wat al is ontvangen, houdt zijn eigen versie."
            )

    @staticmethod
    def _met_regel(fout: RegelingFout, tekst: str) -> str:
        regels = tekst.splitlines()
        melding = str(fout)
        melding = f"{melding[:1].upper()}{melding[1:]}."
        if 1 <= fout.regel <= len(regels):
            return f"{melding} Daar staat: {regels[fout.regel - 1].strip()[:120]}"
        return melding


@admin.register(RegelingVersie)
class RegelingVersieAdmin(NooitVerwijderen[RegelingVersie]):
    form = NieuweVersieForm
    list_display = (
        "regeling",
        "nummer",
        "geldig_vanaf",
        "gepubliceerd_op",
        "bron",
        "reden",
        "vastgelegd_op",
        "vastgelegd_door",
    )
    list_filter = ("regeling",)
    list_select_related = ("regeling", "vastgelegd_door")
    search_fields = ("regeling__code", "regeling__naam", "reden", "bron")
    date_hierarchy = "geldig_vanaf"

    def get_queryset(self, request: HttpRequest) -> QuerySet[RegelingVersie]:
        return super().get_queryset(request).select_related("regeling")

    def has_change_permission(self, request: HttpRequest, obj: RegelingVersie | None = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: RegelingVersie | None = None) -> Any:
        if obj is None:
            return ["tekst", "geldig_vanaf", "gepubliceerd_op", "bron", "reden"]
        return [*self.list_display, "kanttekeningen", "inhoud"]

    def get_readonly_fields(self, request: HttpRequest, obj: RegelingVersie | None = None) -> Any:
        return self.get_fields(request, obj) if obj else []

    @admin.display(description="wat niet zeker is")
    def kanttekeningen(self, versie: RegelingVersie) -> str:
        return "\n".join(kanttekeningen(versie.inhoud)) or "Niets"

    @admin.display(description="tekst")
    def inhoud(self, versie: RegelingVersie) -> str:
        return format_html("<pre>{}</pre>", versie.tekst)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The text as it is now, of the regeling in the address or else of the one that changed last."""
        versies = RegelingVersie.objects.order_by("-vastgelegd_op", "-nummer")
        gevraagd = request.GET.get("regeling", "")
        if gevraagd.isascii() and gevraagd.isdigit():
            versies = versies.filter(regeling=int(gevraagd[:18])).order_by("-nummer")
        huidig = versies.first()
        return {
            "tekst": huidig.tekst if huidig else "",
            "geldig_vanaf": vandaag(),
            "gepubliceerd_op": vandaag(),
        }

    def save_model(
        self, request: HttpRequest, obj: RegelingVersie, form: ModelForm[RegelingVersie], change: bool
    ) -> None:
        with als_lopend("beheer.toevoegen", request.user.pk):
            gemaakt, _ = laad_regeling(
                form.cleaned_data["tekst"],
                reden=obj.reden,
                nu=nu(),
                geldig_vanaf=obj.geldig_vanaf,
                door_id=request.user.pk,
                gepubliceerd_op=obj.gepubliceerd_op,
                bron=obj.bron,
            )
        obj.__dict__.update(gemaakt.__dict__)
        schrijf_beheer(request, "toevoegen", obj, regeling=gemaakt.inhoud.code, nummer=gemaakt.nummer)
