"""The pages of the end of a traject."""

from django.urls import URLPattern, path

from aanvragen.web.afronden import lijsten, stopberichten, trajecten, vaststellingen

urlpatterns: list[URLPattern] = [
    path("einde/", lijsten.einde, name="einde"),
    path("trajecten/", lijsten.trajecten, name="trajecten"),
    path("traject/<uuid:nummer>/", trajecten.traject, name="traject"),
    path("traject/<uuid:nummer>/verslag/", trajecten.verslag_indienen, name="traject_verslag_indienen"),
    path("stopbericht/<uuid:nummer>/bevestigen/", stopberichten.bevestigen, name="stopbericht_bevestigen"),
    path("stopbericht/<uuid:nummer>/verwerken/", stopberichten.verwerken, name="stopbericht_verwerken"),
    path("stopbericht/<uuid:nummer>/terugdraaien/", stopberichten.herroepen, name="stopbericht_herroepen"),
    path(
        "vaststelling/<uuid:nummer>/termijn/",
        vaststellingen.termijn_stellen,
        name="vaststelling_termijn_stellen",
    ),
    path(
        "vaststelling/<uuid:nummer>/voorstellen/",
        vaststellingen.voorstellen,
        name="vaststelling_voorstellen",
    ),
    path(
        "vaststelling/<uuid:nummer>/lager-voorstellen/",
        vaststellingen.lager_voorstellen,
        name="vaststelling_lager_voorstellen",
    ),
    path(
        "vaststelling/<uuid:nummer>/reageren/",
        vaststellingen.zienswijze_geven,
        name="vaststelling_zienswijze_geven",
    ),
    path(
        "vaststelling/<uuid:nummer>/vaststellen/",
        vaststellingen.vaststellen,
        name="vaststelling_vaststellen",
    ),
    path("vaststelling/<uuid:nummer>/voorbeeld/", vaststellingen.voorbeeld, name="vaststelling_voorbeeld"),
]
