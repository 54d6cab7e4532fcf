"""Gebruikers, organisaties and lidmaatschappen in the admin. A person is switched off, never deleted."""

from __future__ import annotations

from typing import Any

from allauth.account.admin import EmailAddress, EmailConfirmation
from allauth.mfa.admin import Authenticator
from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.contrib.auth import admin as _auth_admin  # noqa: F401  registers Group, before it is taken out
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from ips_subsidie.kalender.klok import nu
from ips_subsidie.toegang import factorbeheer, sessies
from ips_subsidie.toegang.beheer import AlleenLezen, NooitVerwijderen, schrijf_beheer
from ips_subsidie.toegang.factormodellen import Beveiligingsmelding
from ips_subsidie.toegang.inlogmodellen import Einde, Sessie, Wachtwoordvraag
from ips_subsidie.toegang.models import Gebruiker, Lidmaatschap, Organisatie, Uitnodiging
from ips_subsidie.toegang.oidc.admin import IdentiteitAdmin, InlogdienstAdmin
from ips_subsidie.toegang.oidc.models import Identiteit, Inlogdienst
from ips_subsidie.toegang.rollen import Rol
from ips_subsidie.toegang.uitnodigen import controleer, nodig_uit

# Not used here: rights follow from lidmaatschappen, and an address is the one of the invitation.
for _model in (Group, EmailAddress, EmailConfirmation, Authenticator):
    if admin.site.is_registered(_model):
        admin.site.unregister(_model)


class LidmaatschapInline(admin.TabularInline):
    """What a gebruiker may do, to see; it is changed on the page of the lidmaatschap itself."""

    model = Lidmaatschap
    extra = 0
    can_delete = False
    show_change_link = True
    fields = readonly_fields = ("organisatie", "rol", "functie", "geldig_van", "geldig_tot")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Lidmaatschap]:
        return super().get_queryset(request).select_related("organisatie")


@admin.register(Gebruiker)
class GebruikerAdmin(NooitVerwijderen[Gebruiker]):
    list_display = ("naam", "email", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "lidmaatschappen__rol")
    search_fields = ("naam", "email")
    date_hierarchy = "aangemaakt_op"
    fields = ("naam", "email", "is_active", "is_staff", "last_login", "aangemaakt_op")
    readonly_fields = ("is_active", "is_staff", "last_login", "aangemaakt_op")
    inlines = (LidmaatschapInline,)
    actions = ("herstel_tweede_stap", "deactiveren", "activeren", "uitloggen")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # an account is made from an invitation

    @admin.action(description="Tweede stap verwijderen: deze personen stellen hem opnieuw in")
    def herstel_tweede_stap(self, request: HttpRequest, queryset: QuerySet[Gebruiker]) -> None:
        """For who lost everything and has no colleague who can do it; the person gets a mail."""
        for gebruiker in queryset:
            try:
                factorbeheer.herstel_door_beheer(gebruiker, request.actor, nu=nu())  # type: ignore[attr-defined]
            except ValidationError as fout:
                self.message_user(request, f"{gebruiker}: {' '.join(fout.messages)}", messages.ERROR)
            else:
                self.message_user(request, f"De tweede stap van {gebruiker} is verwijderd.", messages.SUCCESS)

    @admin.action(description="Deactiveren: deze personen kunnen niet meer inloggen")
    def deactiveren(self, request: HttpRequest, queryset: QuerySet[Gebruiker]) -> None:
        if any(gebruiker.pk == request.user.pk for gebruiker in queryset):
            self.message_user(request, "U kunt uzelf niet deactiveren. Vraag een collega.", messages.ERROR)
            return
        self._zet(request, queryset, "deactiveren", actief=False)

    @admin.action(description="Activeren: deze personen kunnen weer inloggen")
    def activeren(self, request: HttpRequest, queryset: QuerySet[Gebruiker]) -> None:
        self._zet(request, queryset, "activeren", actief=True)

    @admin.action(description="Overal uitloggen: deze personen moeten opnieuw inloggen")
    def uitloggen(self, request: HttpRequest, queryset: QuerySet[Gebruiker]) -> None:
        gebruikers = list(queryset)
        zelf = sessies.eigen(request)
        aantal = sum(sessies.beeindig(g.pk, Einde.BEHEER, behalve=zelf) for g in gebruikers)
        schrijf_beheer(request, "uitloggen", *gebruikers)
        self.message_user(request, f"Er zijn {aantal} sessies beëindigd.", messages.SUCCESS)

    def _zet(self, request: HttpRequest, queryset: QuerySet[Gebruiker], wat: str, *, actief: bool) -> None:
        gebruikers = list(queryset.filter(is_active=not actief))
        Gebruiker.objects.filter(pk__in=[g.pk for g in gebruikers]).update(is_active=actief)
        schrijf_beheer(request, wat, *gebruikers)
        self.message_user(request, f"{len(gebruikers)} gebruikers: {wat} gelukt.", messages.SUCCESS)


@admin.register(Organisatie)
class OrganisatieAdmin(NooitVerwijderen[Organisatie]):
    list_display = ("naam", "soort")
    list_filter = ("soort",)
    search_fields = ("naam",)

    def get_readonly_fields(self, request: HttpRequest, obj: Organisatie | None = None) -> tuple[str, ...]:
        # The roles that were given depend on the soort.
        return ("soort",) if obj else ()


@admin.register(Lidmaatschap)
class LidmaatschapAdmin(NooitVerwijderen[Lidmaatschap]):
    list_display = ("gebruiker", "organisatie", "rol", "functie", "geldig_van", "geldig_tot")
    list_filter = ("rol", "functie", "organisatie__soort", ("geldig_tot", admin.EmptyFieldListFilter))
    list_select_related = ("gebruiker", "organisatie")
    search_fields = ("gebruiker__naam", "gebruiker__email", "organisatie__naam")
    autocomplete_fields = ("gebruiker", "organisatie")
    date_hierarchy = "geldig_van"

    def get_readonly_fields(self, request: HttpRequest, obj: Lidmaatschap | None = None) -> tuple[str, ...]:
        # Another role or organisatie is another lidmaatschap: end this one and make that one.
        return ("gebruiker", "organisatie", "rol") if obj else ()

    def save_model(
        self, request: HttpRequest, obj: Lidmaatschap, form: ModelForm[Lidmaatschap], change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        if obj.rol == Rol.BEHEERDER and not obj.gebruiker.is_staff:
            obj.gebruiker.is_staff = True
            obj.gebruiker.save(update_fields=["is_staff"])


class UitnodigingForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        velden: dict[str, Any] = super().clean() or {}
        if {"email", "organisatie", "rol"} <= velden.keys():
            functie = velden.get("functie", "")
            controleer(velden["email"], velden["organisatie"], velden["rol"], nu(), functie)
        return velden


@admin.register(Uitnodiging)
class UitnodigingAdmin(NooitVerwijderen[Uitnodiging]):
    form = UitnodigingForm
    list_display = (
        "email", "organisatie", "rol", "functie", "gemaakt_op", "verloopt_op", "gemaild_op", "gebruikt_op",
    )  # fmt: skip
    list_filter = ("rol", ("gebruikt_op", admin.EmptyFieldListFilter))
    list_select_related = ("organisatie",)
    search_fields = ("email", "organisatie__naam")
    autocomplete_fields = ("organisatie",)
    date_hierarchy = "gemaakt_op"

    def has_change_permission(self, request: HttpRequest, obj: Uitnodiging | None = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Uitnodiging | None = None) -> Any:
        if obj is None:
            return ["email", "organisatie", "rol", "functie"]
        return [*self.list_display, "uitgenodigd_door"]

    def save_model(
        self, request: HttpRequest, obj: Uitnodiging, form: ModelForm[Uitnodiging], change: bool
    ) -> None:
        gemaakt = nodig_uit(
            obj.email,
            obj.organisatie,
            Rol(obj.rol),
            request.actor,  # type: ignore[attr-defined]
            nu=nu(),
            functie=obj.functie,
        )
        obj.__dict__.update(gemaakt.__dict__)


@admin.register(Sessie)
class SessieAdmin(AlleenLezen[Sessie]):
    """Who is or was logged in; to end sessions, choose the action at the gebruiker."""

    list_display = fields = (
        "gebruiker", "toestel", "adres", "begonnen_op", "gezien_op", "verloopt_op", "beeindigd_op", "einde",
    )  # fmt: skip
    list_filter = ("einde", ("beeindigd_op", admin.EmptyFieldListFilter))
    list_select_related = ("gebruiker",)
    search_fields = ("gebruiker__naam", "gebruiker__email")
    date_hierarchy = "gezien_op"


@admin.register(Wachtwoordvraag)
class WachtwoordvraagAdmin(AlleenLezen[Wachtwoordvraag]):
    list_display = ("gebruiker", "gevraagd_op", "gemaild_op")
    list_filter = (("gemaild_op", admin.EmptyFieldListFilter),)
    list_select_related = ("gebruiker",)
    search_fields = ("gebruiker__naam", "gebruiker__email")
    date_hierarchy = "gevraagd_op"


@admin.register(apps.get_model("toegang", "LidmaatschapGeschiedenis"))
class LidmaatschapGeschiedenisAdmin(AlleenLezen[Any]):
    list_display = (
        "pgh_created_at", "pgh_label", "gebruiker", "organisatie", "rol", "functie", "geldig_van", "geldig_tot",
    )  # fmt: skip
    list_filter = ("pgh_label", "rol")
    list_select_related = ("gebruiker", "organisatie")
    search_fields = ("gebruiker__naam", "gebruiker__email", "organisatie__naam")
    date_hierarchy = "pgh_created_at"
    ordering = ("-pgh_id",)


@admin.register(Authenticator)
class AuthenticatorAdmin(AlleenLezen[Authenticator]):
    """Who has which second factor; never the secret itself."""

    list_display = fields = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    list_select_related = ("user",)
    search_fields = ("user__naam", "user__email")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-pk")


@admin.register(Beveiligingsmelding)
class BeveiligingsmeldingAdmin(AlleenLezen[Beveiligingsmelding]):
    list_display = ("gemaakt_op", "wat", "gebruiker", "gemaild_op")
    list_filter = ("wat", ("gemaild_op", admin.EmptyFieldListFilter))
    list_select_related = ("gebruiker",)
    search_fields = ("gebruiker__naam", "gebruiker__email")
    date_hierarchy = "gemaakt_op"


admin.site.register(Inlogdienst, InlogdienstAdmin)
admin.site.register(Identiteit, IdentiteitAdmin)
