"""The overleg in the admin: to see what is planned. Only acts change it."""

from __future__ import annotations

from django.contrib import admin

from ips_subsidie.toegang.beheer import AlleenLezen
from overleg.models import Agendalink, Agendapunt, Bijeenkomst, Deelnemer, Reeks


@admin.register(Reeks)
class ReeksAdmin(AlleenLezen[Reeks]):
    list_display = ("soort", "organisatie", "status", "eerste_dag", "laatste_dag", "om_de_weken")
    list_filter = ("soort", "status")
    list_select_related = ("organisatie",)
    search_fields = ("organisatie__naam",)
    date_hierarchy = "eerste_dag"


@admin.register(Deelnemer)
class DeelnemerAdmin(AlleenLezen[Deelnemer]):
    list_display = ("organisatie", "reeks", "uitgenodigd_op", "vertrokken_op")
    list_select_related = ("organisatie", "reeks__organisatie")
    search_fields = ("organisatie__naam",)


@admin.register(Bijeenkomst)
class BijeenkomstAdmin(AlleenLezen[Bijeenkomst]):
    list_display = ("reeks", "begint_op", "status", "gewijzigd_op")
    list_filter = ("status", "reeks__soort")
    list_select_related = ("reeks__organisatie",)
    search_fields = ("reeks__organisatie__naam",)
    date_hierarchy = "begint_op"


@admin.register(Agendapunt)
class AgendapuntAdmin(AlleenLezen[Agendapunt]):
    list_display = ("aanvraag", "organisatie", "punt", "status", "toegevoegd_op")
    list_filter = ("status", "punt")
    list_select_related = ("aanvraag", "organisatie")
    search_fields = ("aanvraag__kenmerk",)
    date_hierarchy = "toegevoegd_op"


@admin.register(Agendalink)
class AgendalinkAdmin(AlleenLezen[Agendalink]):
    list_display = ("lidmaatschap", "status", "gemaakt_op", "ingetrokken_op")
    list_filter = ("status",)
    list_select_related = ("lidmaatschap__organisatie",)
    search_fields = ("lidmaatschap__organisatie__naam",)
    date_hierarchy = "gemaakt_op"
    fields = ("lidmaatschap", "status", "gemaakt_op", "ingetrokken_op")
