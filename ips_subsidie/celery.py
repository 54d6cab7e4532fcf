"""The Celery application. The broker only hurries work: what is still to be done stands in PostgreSQL."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ips_subsidie.settings.lokaal")

app = Celery("ips_subsidie")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
