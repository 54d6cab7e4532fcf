from django.urls import URLPattern, path

from aanvragen.web.dossier import documenten, handtekening, inzage, logboek, ontvangst, pagina

urlpatterns: list[URLPattern] = [
    path("<uuid:nummer>/", pagina.dossier, name="dossier"),
    path("<uuid:nummer>/handtekening/", handtekening.handtekening, name="handtekening"),
    path("<uuid:nummer>/inzage/", inzage.inzage, name="inzage"),
    path("<uuid:nummer>/inzage/bestand/", inzage.inzage_bestand, name="inzage_bestand"),
    path("<uuid:nummer>/logboek/", logboek.logboek, name="logboek"),
    path("<uuid:nummer>/ontvangst/", ontvangst.ontvangst, name="ontvangst"),
    path("brieven/<uuid:nummer>/", documenten.brief, name="brief"),
    path("bijlagen/<uuid:nummer>/", documenten.bijlage, name="bijlage"),
]
