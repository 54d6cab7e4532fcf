"""Settings of the processes of these tests: the pool and the mail server as in production, all through the proxies."""

from datetime import datetime, timedelta

from ips_subsidie.settings import test

globals().update({naam: waarde for naam, waarde in vars(test).items() if naam.isupper()})
env = test.env

DATABASES = test.DATABASES
if env.bool("DATABASE_POOL", default=False):
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": 2,
        "max_size": 8,
        "timeout": 5,
        "reconnect_timeout": 2,
    }
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", env.int("IPS_MAILPOORT", default=0)
EMAIL_TIMEOUT = env.int("IPS_MAILTIJD", default=5)
MAIL_EERSTE_WACHT = timedelta(milliseconds=200)
_BEGIN = env("IPS_BEGIN", default="")
if _BEGIN:
    KLOK_VERSCHUIVING = datetime.fromisoformat(_BEGIN) - datetime.now(datetime.fromisoformat(_BEGIN).tzinfo)
CELERY_BEAT_SCHEDULE = {
    "bezorgen": {"task": "ips_subsidie.berichten.tasks.bezorg", "schedule": timedelta(seconds=1)},
    "hartslag": {"task": "ips_subsidie.berichten.tasks.hartslag", "schedule": timedelta(seconds=1)},
}
