"""The Celery application. The broker only hurries work: what is still to be done stands in PostgreSQL.

No settings by default: whoever starts a process says which (DJANGO_SETTINGS_MODULE), manage.py excepted.
"""

from typing import Any

from celery import Celery
from celery.signals import beat_init, celeryd_init

app = Celery("ips_subsidie")
# The current app is one of the thread that made it; other threads (gunicorn's) would get a bare one without broker.
app.set_default()
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@celeryd_init.connect
@beat_init.connect
def _is_het_systeem(**kwargs: Any) -> None:
    """A worker and beat act as the system, also when nobody said so: else they would find no work, and say nothing.

    Before the children are forked, so that these inherit it.
    """
    from ips_subsidie.toegang.rijrechten import word_systeem

    word_systeem()
