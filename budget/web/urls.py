"""The pages of the budget: for who guards it, and for everybody."""

from django.urls import include, path

from budget.web import grootboek, loting, openbaar, overzicht, plafond

app_name = "budget"
urlpatterns = [
    path("", overzicht.overzicht, name="overzicht"),
    path("over-de-regeling/", openbaar.over_de_regeling, name="openbaar"),
    path("grootboek/", grootboek.grootboek, name="grootboek"),
    path("grens-wijzigen/", plafond.plafond_wijzigen, name="plafond_wijzigen"),
    path("grenzen/", plafond.wijzigingen, name="wijzigingen"),
    path("betalen/", include("budget.web.betalen.urls")),
    path("loting/", loting.loting_voorbereiden, name="loting_voorbereiden"),
    path("loting/<uuid:nummer>/", loting.loting, name="loting"),
    path("loting/<uuid:nummer>/trekken/", loting.loting_trekken, name="loting_trekken"),
]
