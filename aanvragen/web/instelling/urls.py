from django.urls import URLPattern, path

from aanvragen.web.instelling import invullen, lijst, ondertekenen, traject, versturen

urlpatterns: list[URLPattern] = [
    path("", lijst.lijst, name="lijst"),
    path("nieuw/", lijst.nieuw, name="nieuw"),
    path("<uuid:nummer>/invullen/", invullen.invullen, name="invullen"),
    path("<uuid:nummer>/invullen/<str:onderdeel>/", invullen.onderdeel, name="onderdeel"),
    path("<uuid:nummer>/ondertekenen/", ondertekenen.aanvraag_ondertekenen, name="aanvraag_ondertekenen"),
    path("<uuid:nummer>/ondertekenen/scherm/", ondertekenen.ondertekenen_scherm, name="ondertekenen_scherm"),
    path("<uuid:nummer>/versturen/", versturen.aanvraag_indienen, name="aanvraag_indienen"),
    path("<uuid:nummer>/verstuurd/", versturen.verstuurd, name="verstuurd"),
    path("<uuid:nummer>/aanvullen/", versturen.aanvraag_aanvullen, name="aanvraag_aanvullen"),
    path("<uuid:nummer>/intrekken/", versturen.aanvraag_intrekken, name="aanvraag_intrekken"),
    path(
        "<uuid:nummer>/akkoord-intrekken/",
        versturen.aanvraag_akkoord_intrekken,
        name="aanvraag_akkoord_intrekken",
    ),
    path(
        "<uuid:nummer>/toestemming-vragen/",
        versturen.aanvraag_toestemming_vragen,
        name="aanvraag_toestemming_vragen",
    ),
    path(
        "<uuid:nummer>/toestemming-opnieuw-vragen/",
        versturen.aanvraag_toestemming_opnieuw_vragen,
        name="aanvraag_toestemming_opnieuw_vragen",
    ),
    path("traject/<uuid:nummer>/starten/", traject.traject_starten, name="traject_starten"),
    path("traject/<uuid:nummer>/gaat-niet-door/", traject.traject_niet_starten, name="traject_niet_starten"),
    path("traject/<uuid:nummer>/stoppen/", traject.traject_stoppen, name="traject_stoppen"),
    path(
        "traject/<uuid:nummer>/gebeurtenis/",
        traject.traject_gebeurtenis_melden,
        name="traject_gebeurtenis_melden",
    ),
    path("traject/<uuid:nummer>/verlengen/", traject.verlenging_vragen, name="verlenging_vragen"),
    path("verlenging/<uuid:nummer>/intrekken/", traject.verlenging_intrekken, name="verlenging_intrekken"),
]
