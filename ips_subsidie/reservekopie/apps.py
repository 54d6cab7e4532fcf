from django.apps import AppConfig


class ReservekopieConfig(AppConfig):
    name = "ips_subsidie.reservekopie"
    label = "reservekopie"
    verbose_name = "Reservekopie"
