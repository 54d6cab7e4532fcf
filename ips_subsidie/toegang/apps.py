from django.apps import AppConfig


class ToegangConfig(AppConfig):
    name = "ips_subsidie.toegang"
    label = "toegang"
    verbose_name = "Toegang"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from ips_subsidie.toegang.middleware import begin_sessie

        user_logged_in.connect(begin_sessie, dispatch_uid="toegang.begin_sessie")
