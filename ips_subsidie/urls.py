"""Every address. Each view says itself for whom it is (toegang.poort); a view that doesn't stays shut."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path

from ips_subsidie.berichten import web as berichten
from ips_subsidie.gezondheid import gezondheid
from ips_subsidie.toegang.poort import openbaar
from ips_subsidie.toegang.web import inloggen, start, teksten, uitnodigingen

urlpatterns: list[URLPattern | URLResolver] = [
    path("", start.start, name="start"),
    path("health", gezondheid, name="health"),
    path("rol-kiezen/", start.rol_kiezen, name="rol_kiezen"),
    path("sessie/", start.sessie, name="sessie"),
    # logging in
    path("inloggen/", inloggen.inloggen, name="account_login"),
    path("uitloggen/", inloggen.uitloggen, name="account_logout"),
    path("wachtwoord/wijzigen/", inloggen.wachtwoord_wijzigen, name="account_change_password"),
    path("wachtwoord/vergeten/", inloggen.wachtwoord_vergeten, name="account_reset_password"),
    path("wachtwoord/verstuurd/", inloggen.wachtwoord_verstuurd, name="account_reset_password_done"),
    re_path(
        r"^wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-0-9A-Za-z]+)/$",
        inloggen.wachtwoord_nieuw,
        name="account_reset_password_from_key",
    ),
    path("wachtwoord/klaar/", inloggen.wachtwoord_klaar, name="account_reset_password_from_key_done"),
    # colleagues
    path("uitnodiging/<str:sleutel>/", uitnodigingen.uitnodiging, name="uitnodiging"),
    path("collegas/", uitnodigingen.collegas, name="collegas"),
    path("collegas/<int:nummer>/functie/", uitnodigingen.functie, name="collega_functie"),
    path("collegas/<int:nummer>/beeindigen/", uitnodigingen.beeindigen, name="collega_beeindigen"),
    # berichten
    path("berichten/", berichten.inbox, name="berichten"),
    path("berichten/voorkeuren/", berichten.voorkeuren, name="berichtvoorkeuren"),
    path("berichten/<int:nummer>/", berichten.openen, name="bericht"),
    # texts
    path("toegankelijkheid/", teksten.toegankelijkheid, name="toegankelijkheid"),
    path("privacy/", teksten.privacy, name="privacy"),
    path("kwetsbaarheid-melden/", teksten.kwetsbaarheid, name="kwetsbaarheid"),
    # the domain
    path("aanvragen/", include("aanvragen.web.urls")),
    path("gemeenten/mandaat/", include("aanvragen.web.mandaat.urls")),
    path("overleg/", include("overleg.web.urls")),
    path("budget/", include("budget.web.urls")),
    path("beheer/", admin.site.urls),
]

if settings.LOKAAL:
    from ips_subsidie.vormgeving.web import stijlgids

    urlpatterns.append(path("stijlgids/", openbaar(stijlgids), name="stijlgids"))
