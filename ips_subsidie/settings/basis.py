"""What holds in every environment. Values that differ come from environment variables, read here only."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import django_stubs_ext
import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF

from ips_subsidie.settings.diensten import databank, vertaal_broker
from ips_subsidie.settings.logs import logs

# Django's own classes can't be subscripted at run time (`ModelAdmin[Aanvraag]`) without this.
django_stubs_ext.monkeypatch()

env = environ.Env()
PROJECT = Path(__file__).resolve().parents[2]

# --- what the project is made of -------------------------------------------------------------------
INSTALLED_APPS = [
    "ips_subsidie.opslag",
    "ips_subsidie.kalender",
    "ips_subsidie.vormgeving",
    "ips_subsidie.brieven",
    "ips_subsidie.logboek",
    "ips_subsidie.berichten",
    "ips_subsidie.toegang",
    "ips_subsidie.handelingen",
    "gemeenten",
    "budget",
    "aanvragen",
    "overleg",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "csp",
    "django_filters",
    "django_htmx",
    "pgtrigger",
    "pghistory",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "ips_subsidie.toegang.middleware.kopregels",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ips_subsidie.toegang.middleware.ActorMiddleware",
    "ips_subsidie.toegang.middleware.PoortMiddleware",
    "ips_subsidie.handelingen.middleware.WeigeringMiddleware",
    "ips_subsidie.logboek.middleware.LeestransactieMiddleware",
]
ROOT_URLCONF = "ips_subsidie.urls"
WSGI_APPLICATION = "ips_subsidie.wsgi.application"
NAVIGATIE = "ips_subsidie.navigatie.items"
# What happens on a page and what comes next, by the name of its address.
HULP = "ips_subsidie.hulp.hulp_bij"
# What every form looks for in free text: words that look medical, and a BSN.
TEKSTCONTROLE = "aanvragen.regels.medisch.bevindingen"
VOETLINKS = [
    {"titel": "Toegankelijkheid", "url": "/toegankelijkheid/"},
    {"titel": "Privacy", "url": "/privacy/"},
    {"titel": "Kwetsbaarheid melden", "url": "/kwetsbaarheid-melden/"},
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ips_subsidie.vormgeving.context.pagina",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "nlds"
CRISPY_TEMPLATE_PACK = "nlds"

# --- services --------------------------------------------------------------------------------------
REDIS_URL = env("REDIS_URL", default="redis://localhost:6379/0")
# The owner migrates; web, worker, beat and tests connect as the plain role `app`.
DATABASE_EIGENAAR = databank(env, "DATABASE_EIGENAAR_URL", rol=None)
DATABASES = {"default": databank(env, "DATABASE_URL", rol=env("DATABASE_ROL", default=""))}
if env.bool("IPS_ALS_EIGENAAR", default=False):
    DATABASES = {"default": DATABASE_EIGENAAR or databank(env, "DATABASE_URL", rol=None)}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "ips",
    }
}

CELERY_BROKER_URL = vertaal_broker(REDIS_URL)
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 300
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
}
CELERY_TIMEZONE = "Europe/Amsterdam"
CELERY_BEAT_SCHEDULE = {
    # The sweeper: whatever the broker lost is taken up here within a minute.
    "berichten-bezorgen": {"task": "ips_subsidie.berichten.tasks.bezorg", "schedule": timedelta(minutes=1)},
    "berichten-doorgeven": {
        "task": "ips_subsidie.berichten.tasks.geef_door",
        "schedule": timedelta(hours=1),
    },
    "brieven-maken": {"task": "aanvragen.tasks.maak_brieven", "schedule": timedelta(minutes=1)},
    # Hourly, not nightly: a reminder stands under a unique key, so a run too many does nothing.
    "herinneren": {"task": "aanvragen.tasks.herinner", "schedule": timedelta(hours=1)},
    "controleren": {"task": "aanvragen.tasks.controleer", "schedule": crontab(hour="3", minute="0")},
}

# --- language and time -----------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
# The one clock (kalender.klok) runs this far from the machine's; zero in production.
KLOK_VERSCHUIVING = timedelta(0)
REFERENTIEDATUM_TONEN = False

# --- static files ----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [PROJECT / "static"]
STATIC_ROOT = PROJECT / "staticfiles"

# --- who may come in -------------------------------------------------------------------------------
SECRET_KEY = env("DJANGO_SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
AUTH_USER_MODEL = "toegang.Gebruiker"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "ips_subsidie.toegang.wachtwoorden.NietOverUzelf"},
    {"NAME": "ips_subsidie.toegang.wachtwoorden.LangGenoeg", "OPTIONS": {"min_length": 12}},
    {"NAME": "ips_subsidie.toegang.wachtwoorden.NietGewoon"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "ips_subsidie.toegang.allauth.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account is made from an invitation to that very address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "ips_subsidie.toegang.web.formulieren.InlogFormulier",
    "change_password": "ips_subsidie.toegang.web.formulieren.WachtwoordWijzigenFormulier",
    "reset_password": "ips_subsidie.toegang.web.formulieren.WachtwoordVergetenFormulier",
    "reset_password_from_key": "ips_subsidie.toegang.web.formulieren.NieuwWachtwoordFormulier",
}
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
}
UITNODIGING_GELDIG_DAGEN = 7

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 8
# The session lasts eight hours from the last page; it is written again at most this often (ActorMiddleware).
SESSIE_VERNIEUWEN_NA = 60 * 5
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "ips_subsidie.toegang.web.fouten.csrf_mislukt"

# --- what the browser may do -----------------------------------------------------------------------
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_PERMISSIONS = 0o600

# --- personal data at rest -------------------------------------------------------------------------
# "id:base64" pairs, the first one writes; each 32 random bytes. The index key outlives their rotation.
VELD_SLEUTELS: dict[str, str] = {
    ident: sleutel
    for ident, _, sleutel in (paar.partition(":") for paar in env.list("VELD_SLEUTELS", default=[]))
}
VELD_INDEX_SLEUTEL = env("VELD_INDEX_SLEUTEL", default="")

# --- mail ------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env("MAIL_AFZENDER", default="niet-antwoorden@ips-subsidieportaal.example")
# A mail server that stops answering holds one mail up for so many seconds, and doubles the wait of that mail.
EMAIL_TIMEOUT = 20
MAIL_EERSTE_WACHT = timedelta(minutes=2)
SITE_ADRES = env("SITE_ADRES", default="http://127.0.0.1:8000")

# The rekening from which UWV pays. Without an IBAN no betaalbatch can be made; the bic is only for banks that ask it.
BETAALREKENING = {
    "naam": env("BETAALREKENING_NAAM", default="UWV"),
    "iban": env("BETAALREKENING_IBAN", default=""),
    "bic": env("BETAALREKENING_BIC", default=""),
}

LOGGING = logs(env("LOG_LEVEL", default="WARNING"))
