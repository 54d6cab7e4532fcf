"""Which requests were carried out, in the admin: to look into a double click, nothing else."""

from django.contrib import admin

from ips_subsidie.handelingen.models import Uitvoering
from ips_subsidie.toegang.beheer import AlleenLezen


@admin.register(Uitvoering)
class UitvoeringAdmin(AlleenLezen[Uitvoering]):
    list_display = ("op", "handeling", "gebruiker", "resultaat_soort", "resultaat_id")
    list_filter = ("handeling", "resultaat_soort")
    list_select_related = ("gebruiker",)
    search_fields = ("=sleutel", "=resultaat_id", "gebruiker__email", "gebruiker__naam")
    date_hierarchy = "op"
