"""Berichten and their mails in the admin: what was announced, what was sent, what failed and why."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from ips_subsidie.berichten import bezorgen
from ips_subsidie.berichten.models import Bericht, Hartslag, Verzending, Voorkeur
from ips_subsidie.kalender.klok import nu
from ips_subsidie.toegang.beheer import AlleenLezen, schrijf_beheer


@admin.register(Bericht)
class BerichtAdmin(AlleenLezen[Bericht]):
    list_display = (
        "gemaakt_op",
        "titel",
        "soort",
        "termijn",
        "organisatie",
        "rol",
        "gelezen_op",
        "uitgezet_op",
    )
    list_filter = ("groep", "soort", "rol", ("gelezen_op", admin.EmptyFieldListFilter))
    list_select_related = ("organisatie",)
    search_fields = ("titel", "organisatie__naam", "=onderwerp_id")
    date_hierarchy = "gemaakt_op"


@admin.register(Verzending)
class VerzendingAdmin(AlleenLezen[Verzending]):
    list_display = (
        "__str__", "gebruiker", "status", "pogingen", "volgende_poging_op", "verzonden_op", "fout",
    )  # fmt: skip
    list_filter = ("status", "fout")
    list_select_related = ("bericht", "gebruiker")
    search_fields = ("gebruiker__email", "gebruiker__naam", "bericht__titel")
    date_hierarchy = "volgende_poging_op"
    actions = ("opnieuw_versturen",)

    @admin.action(description="Mislukte mails opnieuw versturen")
    def opnieuw_versturen(self, request: HttpRequest, queryset: QuerySet[Verzending]) -> None:
        opnieuw = bezorgen.zet_opnieuw_klaar(queryset, nu())
        schrijf_beheer(request, "opnieuw_versturen", *opnieuw)
        self.message_user(request, f"{len(opnieuw)} mails gaan opnieuw weg.", messages.SUCCESS)


@admin.register(Voorkeur)
class VoorkeurAdmin(AlleenLezen[Voorkeur]):
    list_display = ("gebruiker", "groep", "wijze", "gewijzigd_op")
    list_filter = ("groep", "wijze")
    list_select_related = ("gebruiker",)
    search_fields = ("gebruiker__email", "gebruiker__naam")


@admin.register(Hartslag)
class HartslagAdmin(AlleenLezen[Hartslag]):
    list_display = ("naam", "op")
    search_fields = ("naam",)
