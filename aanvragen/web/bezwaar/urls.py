"""The pages of a bezwaar."""

from django.urls import URLPattern, path

from aanvragen.web.bezwaar import beslissen as d
from aanvragen.web.bezwaar import lijst
from aanvragen.web.bezwaar import paginas as p

urlpatterns: list[URLPattern] = [
    path("bezwaren/", lijst.bezwaren, name="bezwaren"),
    path("<uuid:nummer>/bezwaar-maken/", p.indienen, name="bezwaar_indienen"),
    path("<uuid:nummer>/bezwaar-registreren/", p.registreren, name="bezwaar_registreren"),
    path("bezwaar/<uuid:nummer>/", p.bezwaar, name="bezwaar"),
    path("bezwaar/<uuid:nummer>/bestand/", p.bestand, name="bezwaar_bestand"),
    path("bezwaar/<uuid:nummer>/aanvullen/", p.aanvullen, name="bezwaar_aanvullen"),
    path("bezwaar/<uuid:nummer>/intrekken/", p.intrekken, name="bezwaar_intrekken"),
    path("bezwaar/<uuid:nummer>/oppakken/", p.oppakken, name="bezwaar_oppakken"),
    path("bezwaar/<uuid:nummer>/ontvankelijkheid/", p.ontvankelijkheid, name="bezwaar_ontvankelijkheid"),
    path("bezwaar/<uuid:nummer>/gronden-vragen/", p.herstel_vragen, name="bezwaar_herstel_vragen"),
    path("bezwaar/<uuid:nummer>/hoorzitting/", p.hoorzitting_plannen, name="bezwaar_hoorzitting_plannen"),
    path("bezwaar/<uuid:nummer>/gehoord/", p.gehoord, name="bezwaar_gehoord"),
    path("bezwaar/<uuid:nummer>/niet-horen/", p.afzien, name="bezwaar_afzien"),
    path("bezwaar/<uuid:nummer>/advies/", p.advies_vastleggen, name="bezwaar_advies_vastleggen"),
    path("bezwaar/<uuid:nummer>/uitstellen/", p.verdagen, name="bezwaar_verdagen"),
    path("bezwaar/<uuid:nummer>/doorzenden/", p.doorzenden, name="bezwaar_doorzenden"),
    path("bezwaar/<uuid:nummer>/voorstellen/", p.voorstellen, name="bezwaar_voorstellen"),
    path("bezwaar/<uuid:nummer>/terugleggen/", p.terugleggen, name="bezwaar_terugleggen"),
    path("bezwaar/<uuid:nummer>/beslissen/", d.beslissen, name="bezwaar_beslissen"),
    path("bezwaar/<uuid:nummer>/voorbeeld/", d.voorbeeld, name="bezwaar_voorbeeld"),
]
