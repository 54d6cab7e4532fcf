"""The pages of the gemeente, and the voordracht, which gemeente and instelling share."""

from django.urls import URLPattern, path

from aanvragen.web.gemeente import gemeentetoets
from aanvragen.web.gemeente import toestemmingen as t
from aanvragen.web.gemeente import voordrachten as v

urlpatterns: list[URLPattern] = [
    path("toestemmingen/", t.toestemmingen, name="toestemmingen"),
    path("<uuid:nummer>/toestemming/verlenen/", t.verlenen, name="toestemming_verlenen"),
    path("<uuid:nummer>/toestemming/weigeren/", t.weigeren, name="toestemming_weigeren"),
    path("<uuid:nummer>/toestemming/intrekken/", t.intrekken, name="toestemming_intrekken"),
    path("<uuid:nummer>/gemeentetoets/", gemeentetoets.vastleggen, name="gemeentetoets_vastleggen"),
    path("voordrachten/", v.voordrachten, name="voordrachten"),
    path("voordrachten/nieuw/", v.doen, name="voordracht_doen"),
    path("voordrachten/<uuid:nummer>/", v.voordracht, name="voordracht"),
    path("voordrachten/<uuid:nummer>/aannemen/", v.aannemen, name="voordracht_aannemen"),
    path("voordrachten/<uuid:nummer>/afwijzen/", v.afwijzen, name="voordracht_afwijzen"),
    path("voordrachten/<uuid:nummer>/intrekken/", v.intrekken, name="voordracht_intrekken"),
]
