from django.urls import URLPattern, path

from aanvragen.web.gesprek import paginas

urlpatterns: list[URLPattern] = [
    path("<uuid:nummer>/gesprek/", paginas.gesprek, name="gesprek"),
    path("<uuid:nummer>/gesprek/schrijven/", paginas.schrijven, name="gesprek_schrijven"),
    path("<uuid:nummer>/gesprek/gelezen/", paginas.gelezen, name="gesprek_gelezen"),
    path("gesprek/<uuid:nummer>/antwoorden/", paginas.antwoorden, name="gesprek_antwoorden"),
    path("gesprek/<uuid:nummer>/bestand/", paginas.bestand, name="gesprek_bestand"),
]
