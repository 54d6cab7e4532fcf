from django.urls import path

from aanvragen.web.termijnen.lijst import termijnen, termijnen_csv

urlpatterns = [
    path("termijnen/", termijnen, name="termijnen"),
    path("termijnen/lijst.csv", termijnen_csv, name="termijnen_csv"),
]
