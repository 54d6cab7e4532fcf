"""The pages of a besluit that is late, and of a besluit that may be withdrawn."""

from django.urls import URLPattern, path

from aanvragen.web.dwangsom import lijst, paginas, voornemens

urlpatterns: list[URLPattern] = [
    path("te-laat/", lijst.te_laat, name="te_laat"),
    path("<uuid:nummer>/in-gebreke-stellen/", paginas.indienen, name="ingebrekestelling_indienen"),
    path(
        "<uuid:nummer>/ingebrekestelling-registreren/",
        paginas.registreren,
        name="ingebrekestelling_registreren",
    ),
    path(
        "<uuid:nummer>/voornemen-intrekken/",
        voornemens.voornemen_intrekken,
        name="aanvraag_voornemen_intrekken",
    ),
    path(
        "voornemen/<uuid:nummer>/reageren/", voornemens.zienswijze_geven, name="intrekking_zienswijze_geven"
    ),
    path("voornemen/<uuid:nummer>/niet-intrekken/", voornemens.afzien, name="intrekking_afzien"),
    path("ingebrekestelling/<uuid:nummer>/bestand/", paginas.bestand, name="ingebrekestelling_bestand"),
    path("ingebrekestelling/<uuid:nummer>/voorbereiden/", paginas.voorstellen, name="dwangsom_voorstellen"),
    path("ingebrekestelling/<uuid:nummer>/vaststellen/", paginas.vaststellen, name="dwangsom_vaststellen"),
    path(
        "ingebrekestelling/<uuid:nummer>/geen-dwangsom/",
        paginas.niet_verschuldigd,
        name="dwangsom_niet_verschuldigd",
    ),
    path("ingebrekestelling/<uuid:nummer>/voorbeeld/", paginas.voorbeeld, name="dwangsom_voorbeeld"),
    path("ingebrekestelling/<uuid:nummer>/betaald/", paginas.betaald_melden, name="dwangsom_betaald_melden"),
]
