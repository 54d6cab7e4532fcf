"""Settings of the processes of test_bezorgen: as in production, with a clock that is set, and everything sooner."""

from datetime import timedelta

from ips_subsidie.settings import test

globals().update({naam: waarde for naam, waarde in vars(test).items() if naam.isupper()})
env = test.env

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", env.int("IPS_MAILPOORT", default=0)
EMAIL_TIMEOUT = 5
MAIL_EERSTE_WACHT = timedelta(milliseconds=100)
KLOK_VERSCHUIVING = timedelta(seconds=env.float("IPS_KLOK_VERSCHUIVING", default=0.0))
CELERY_BEAT_SCHEDULE = {
    "bezorgen": {"task": "ips_subsidie.berichten.tasks.bezorg", "schedule": timedelta(seconds=0.7)},
    "doorgeven": {"task": "ips_subsidie.berichten.tasks.geef_door", "schedule": timedelta(seconds=5)},
    "herinneren": {"task": "aanvragen.tasks.herinner", "schedule": timedelta(seconds=2)},
}
