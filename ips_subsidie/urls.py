"""Every address. Each view says itself for whom it is (toegang.poort); a view that doesn't stays shut."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path

from ips_subsidie.berichten import web as berichten
from ips_subsidie.gezondheid import gereed, gezond, gezondheid
from ips_subsidie.toegang.poort import openbaar
from ips_subsidie.toegang.web import (
    beveiliging,
    bevestigen,
    inloggen,
    oidc,
    sessies,
    start,
    teksten,
    uitnodigingen,
    wegwijzers,
)

handler400 = "ips_subsidie.toegang.web.fouten.onleesbaar"
handler403 = "ips_subsidie.toegang.web.fouten.mag_niet"
handler404 = "ips_subsidie.toegang.web.fouten.is_er_niet"
handler500 = "ips_subsidie.toegang.web.fouten.ging_mis"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", start.start, name="start"),
    path("gezond", gezond, name="gezond"),
    path("gereed", gereed, name="gereed"),
    path("health", gezondheid, name="health"),
    path("rol-kiezen/", start.rol_kiezen, name="rol_kiezen"),
    path("sessie/", sessies.sessie, name="sessie"),
    path("sessie/verder/", sessies.verder, name="sessie_verder"),
    path("sessie/terug/", sessies.terug, name="sessie_terug"),
    path("beveiliging/sessies/", sessies.overzicht, name="sessies"),
    # logging in
    path("inloggen/", inloggen.inloggen, name="account_login"),
    path("inloggen/organisatie/", oidc.kiezen, name="oidc_kiezen"),
    path("inloggen/organisatie/bevestigen/", oidc.bevestigen, name="oidc_bevestigen"),
    path("inloggen/organisatie/<uuid:nummer>/terug/", oidc.terug, name="oidc_terug"),
    path("inloggen/tweede-stap/", beveiliging.inlogstap, name="mfa_authenticate"),
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
    # the second factor
    path("beveiliging/", beveiliging.beveiliging, name="beveiliging"),
    path("beveiliging/tweede-stap/", beveiliging.tweede_factor, name="tweede_factor"),
    path("beveiliging/app/", beveiliging.app_instellen, name="app_instellen"),
    path("beveiliging/passkey/", beveiliging.passkey_toevoegen, name="passkey_toevoegen"),
    path("beveiliging/<int:nummer>/verwijderen/", beveiliging.factor_verwijderen, name="factor_verwijderen"),
    path("beveiliging/herstelcodes/", beveiliging.herstelcodes, name="herstelcodes"),
    path("beveiliging/herstelcodes/bestand/", beveiliging.herstelcodes_bestand, name="herstelcodes_bestand"),
    path("beveiliging/herstelcodes/bewaard/", beveiliging.herstelcodes_bewaard, name="herstelcodes_bewaard"),
    path("beveiliging/bevestigen/", bevestigen.bevestigen, name="bevestigen"),
    # colleagues
    path("uitnodiging/<str:sleutel>/", uitnodigingen.uitnodiging, name="uitnodiging"),
    path("collegas/", uitnodigingen.collegas, name="collegas"),
    path("collegas/<int:nummer>/functie/", uitnodigingen.functie, name="collega_functie"),
    path("collegas/<int:nummer>/tweede-stap/", uitnodigingen.herstellen, name="collega_herstellen"),
    path("collegas/<int:nummer>/beeindigen/", uitnodigingen.beeindigen, name="collega_beeindigen"),
    # berichten
    path("berichten/", berichten.inbox, name="berichten"),
    path("berichten/voorkeuren/", berichten.voorkeuren, name="berichtvoorkeuren"),
    path("berichten/<int:nummer>/", berichten.openen, name="bericht"),
    # texts
    path("toegankelijkheid/", teksten.toegankelijkheid, name="toegankelijkheid"),
    path("privacy/", teksten.privacy, name="privacy"),
    path("kwetsbaarheid-melden/", teksten.kwetsbaarheid, name="kwetsbaarheid"),
    # for machines
    path(".well-known/security.txt", wegwijzers.security_txt, name="security_txt"),
    path("robots.txt", wegwijzers.robots_txt, name="robots_txt"),
    path("favicon.ico", wegwijzers.favicon, name="favicon"),
    # the domain
    path("aanvragen/", include("aanvragen.web.urls")),
    path("gemeenten/mandaat/", include("aanvragen.web.mandaat.urls")),
    path("toezicht/", include("aanvragen.web.toezicht.urls")),
    path("overleg/", include("overleg.web.urls")),
    path("budget/", include("budget.web.urls")),
    path("beheer/", admin.site.urls),
]

if settings.LOKAAL:
    from ips_subsidie.vormgeving.web import stijlgids

    urlpatterns.append(path("stijlgids/", openbaar(stijlgids), name="stijlgids"))
