"""The program on one's own machine, as `make run` starts it: demo data, a reference date, mail to a folder."""

from datetime import timedelta

from ips_subsidie.settings.basis import *
from ips_subsidie.settings.basis import CELERY_TASK_TIME_LIMIT, PROJECT, env

DEBUG = False
SECRET_KEY = env("DJANGO_SECRET_KEY", default="alleen-lokaal-en-nooit-in-productie")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
LOKAAL = True
# A demo logs in with a password only; IPS_MFA=verplicht shows what production asks.
MFA_VERPLICHT = HERBEVESTIGEN = env("IPS_MFA", default="uit") == "verplicht"
OIDC_HTTP, OIDC_NETWERKEN = True, ["127.0.0.0/8", "::1/128"]

# The scheme of 2019 is past: the one clock is set back, and every page says so.
KLOK_VERSCHUIVING = timedelta(seconds=env.float("IPS_KLOK_VERSCHUIVING", default=0.0))
REFERENTIEDATUM_TONEN = bool(KLOK_VERSCHUIVING)

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = env("IPS_STAAT", default=str(PROJECT / ".lokaal")) + "/mail"
ANKERMAP = env("IPS_ANKERMAP", default=env("IPS_STAAT", default=str(PROJECT / ".lokaal")) + "/ankers")
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
CELERY_TASK_SOFT_TIME_LIMIT = CELERY_TASK_TIME_LIMIT - 30

# Nobody's rekening: the number that banks use in examples.
BETAALREKENING = {"naam": "UWV", "iban": "NL02ABNA0123456789", "bic": ""}
