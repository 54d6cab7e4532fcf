"""The IPS-subsidieportaal: the project and the ground floor that every domain app stands on."""

from ips_subsidie.celery import app as celery_app

__all__ = ["celery_app"]
