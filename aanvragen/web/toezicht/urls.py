from django.urls import URLPattern, path

from aanvragen.web.toezicht import paginas

app_name = "toezicht"
urlpatterns: list[URLPattern] = [
    path("", paginas.overzicht, name="overzicht"),
    path("signalen/<int:nummer>/", paginas.signaal, name="signaal"),
    path("logboek/", paginas.logboek, name="logboek"),
]
