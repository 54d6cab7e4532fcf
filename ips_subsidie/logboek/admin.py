"""The logboek in the admin: to search and to read, nothing else."""

from django.contrib import admin

from ips_subsidie.logboek.beheer import AlleenLezen
from ips_subsidie.logboek.models import Regel


@admin.register(Regel)
class RegelAdmin(AlleenLezen[Regel]):
    list_display = ("op", "soort", "handeling", "gebruiker", "organisatie", "rol", "onderwerp", "kenmerk")
    list_filter = ("soort", "rol", "handeling")
    list_select_related = ("gebruiker", "organisatie")
    search_fields = ("=kenmerk", "=dossier_id", "=onderwerp_id", "gebruiker__email", "gebruiker__naam")
    search_help_text = "Zoek op kenmerk, nummer, of op de naam of het e-mailadres van wie het deed."
    date_hierarchy = "op"
