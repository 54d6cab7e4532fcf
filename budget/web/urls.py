"""The pages of the budget: for who guards it, and for everybody."""

from django.urls import path

from budget.web import openbaar, overzicht

app_name = "budget"
urlpatterns = [
    path("", overzicht.overzicht, name="overzicht"),
    path("over-de-regeling/", openbaar.over_de_regeling, name="openbaar"),
]
