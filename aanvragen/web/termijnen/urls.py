from django.urls import path

from aanvragen.web.termijnen.lijst import termijnen

urlpatterns = [path("termijnen/", termijnen, name="termijnen")]
