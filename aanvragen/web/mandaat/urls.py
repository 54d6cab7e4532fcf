from django.urls import URLPattern, path

from aanvragen.web.mandaat import paginas as p

app_name = "mandaat"
urlpatterns: list[URLPattern] = [
    path("", p.overzicht, name="overzicht"),
    path("<str:code>/<slug:regeling>/", p.model, name="model"),
    path("<str:code>/<slug:regeling>/tekst/", p.tekst, name="tekst"),
]
