"""The pages of the overleg and of the work in a regio. A page that offers an act bears its name."""

from django.urls import path

from overleg.web import agendalink, contactpersonen, kalender, reeksen, termijnfeed
from overleg.web.werkvoorraad import werkvoorraad

app_name = "overleg"
urlpatterns = [
    path("", kalender.overzicht, name="overzicht"),
    path("werkvoorraad/", werkvoorraad, name="werkvoorraad"),
    # series
    path("reeksen/nieuw/", reeksen.maken, name="reeks_maken"),
    path("reeksen/<uuid:nummer>/", reeksen.reeks, name="reeks"),
    path("reeksen/<uuid:nummer>/deelnemers/", reeksen.deelnemers, name="reeks_deelnemers_wijzigen"),
    path("reeksen/<uuid:nummer>/stoppen/", reeksen.stoppen, name="reeks_stoppen"),
    # meetings
    path("bijeenkomsten/<uuid:nummer>/", kalender.bijeenkomst, name="bijeenkomst"),
    path("bijeenkomsten/<uuid:nummer>/verplaatsen/", kalender.verplaatsen, name="bijeenkomst_verplaatsen"),
    path("bijeenkomsten/<uuid:nummer>/afgelasten/", kalender.afgelasten, name="bijeenkomst_afgelasten"),
    path("bijeenkomsten/<uuid:nummer>/agenda/", kalender.agendapunt_toevoegen, name="agendapunt_toevoegen"),
    path("agendapunten/<uuid:nummer>/weghalen/", kalender.agendapunt_weghalen, name="agendapunt_weghalen"),
    # one's own calendar
    path("agenda/", agendalink.agendalink, name="agendalink"),
    path("agenda/maken/", agendalink.maken, name="agendalink_maken"),
    path("agenda/<uuid:nummer>/intrekken/", agendalink.intrekken, name="agendalink_intrekken"),
    path("agenda/<str:sleutel>.ics", agendalink.feed, name="feed"),
    path("agenda/<str:sleutel>/termijnen.ics", termijnfeed.termijnfeed, name="termijnfeed"),
    # contact cards
    path("contactpersonen/", contactpersonen.contactpersonen, name="contactpersonen"),
    path("contactpersonen/nieuw/", contactpersonen.toevoegen, name="contactpersoon_toevoegen"),
    path("contactpersonen/<int:nummer>/", contactpersonen.wijzigen, name="contactpersoon_wijzigen"),
    path("contactpersonen/<int:nummer>/weghalen/", contactpersonen.weghalen, name="contactpersoon_weghalen"),
]
