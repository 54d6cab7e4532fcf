"""The Celery application. The broker only hurries work: what is still to be done stands in PostgreSQL.

No settings by default: whoever starts a process says which (DJANGO_SETTINGS_MODULE), manage.py excepted.
"""

from celery import Celery

app = Celery("ips_subsidie")
# The current app is one of the thread that made it; other threads (gunicorn's) would get a bare one without broker.
app.set_default()
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
