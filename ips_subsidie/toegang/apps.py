from django.apps import AppConfig


class ToegangConfig(AppConfig):
    name = "ips_subsidie.toegang"
    label = "toegang"
    verbose_name = "Toegang"

    def ready(self) -> None:
        from allauth.account.signals import user_logged_in as ingelogd
        from allauth.mfa.signals import authentication_failed, authenticator_used
        from django.contrib.auth.signals import user_logged_in

        from ips_subsidie.toegang import factorlijnen, inloglijnen
        from ips_subsidie.toegang.sessies import begin

        user_logged_in.connect(begin, dispatch_uid="toegang.begin_sessie")
        ingelogd.connect(inloglijnen.gelukt, dispatch_uid="toegang.inloggen_gelukt")
        authenticator_used.connect(factorlijnen.gebruikt, dispatch_uid="toegang.factor_gebruikt")
        authentication_failed.connect(factorlijnen.mislukt, dispatch_uid="toegang.factor_mislukt")
