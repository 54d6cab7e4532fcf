"""What holds in every environment. Values that differ come from environment variables, read here only."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import django_stubs_ext
import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

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
    "ips_subsidie.reservekopie",
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
    "allauth.mfa",
    "crispy_forms",
    "csp",
    "pgtrigger",
    "pghistory",
]
MIDDLEWARE = [
    # The headers first: what is answered early, or by an error, carries them too (kopregels.py).
    "ips_subsidie.toegang.kopregels.kopregels",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    # Asked many times a minute, by machines without a session: no further than this, and also without a database.
    "ips_subsidie.gezondheid.peilingen",
    "ips_subsidie.toegang.kopregels.grens",
    "ips_subsidie.toegang.kopregels.eigen_foutpagina",
    "ips_subsidie.logboek.herkomst.herkomst",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ips_subsidie.toegang.sessiebewaking.SessieMiddleware",
    "ips_subsidie.toegang.middleware.ActorMiddleware",
    "ips_subsidie.toegang.drempels.TweedeFactorMiddleware",
    "ips_subsidie.toegang.middleware.PoortMiddleware",
    "ips_subsidie.toegang.drempels.BevestigMiddleware",
    "ips_subsidie.handelingen.middleware.WeigeringMiddleware",
    "ips_subsidie.toegang.transactie.TransactieMiddleware",
]
ROOT_URLCONF = "ips_subsidie.urls"
WSGI_APPLICATION = "ips_subsidie.wsgi.application"
NAVIGATIE = "ips_subsidie.navigatie.items"
# What happens on a page and what comes next, by the name of its address.
HULP = "ips_subsidie.hulp.hulp_bij"
# What every form looks for in free text: words that look medical, and a BSN.
TEKSTCONTROLE = "aanvragen.regels.medisch.bevindingen"
# For which gemeenten an actor acts today: the database shows no other's dossiers (toegang.rijrechten).
RIJRECHTEN_GEMEENTEN = "gemeenten.models.gemeenten_voor"
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
DATABASE_EIGENAAR = databank(env, "DATABASE_EIGENAAR_URL", rol=None, eigenaar=True)
# "systeem" for a process that is the system itself (worker, beat, manage.py); the web is nobody until it is asked.
PARTIJ = env("IPS_PARTIJ", default="")
DATABASES = {"default": databank(env, "DATABASE_URL", rol=env("DATABASE_ROL", default=""), partij=PARTIJ)}
if env.bool("IPS_ALS_EIGENAAR", default=False):
    DATABASES = {"default": DATABASE_EIGENAAR or databank(env, "DATABASE_URL", rol=None, eigenaar=True)}
# Only the limits on tries are counted here: in PostgreSQL, so that they hold while the broker is away.
CACHES = {"default": {"BACKEND": "ips_subsidie.toegang.tellers.Tellers", "KEY_PREFIX": "ips"}}

CELERY_BROKER_URL = vertaal_broker(REDIS_URL)
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 300
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# For ever: a broker that is away for an hour must not end the worker.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # A broker that hangs must not hang who hurries it: the outbox is there without it.
    "socket_connect_timeout": 2,
    "socket_timeout": 4,
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
    "sessies-opruimen": {"task": "ips_subsidie.toegang.tasks.ruim_op", "schedule": timedelta(minutes=15)},
    "brieven-maken": {"task": "aanvragen.tasks.maak_brieven", "schedule": timedelta(minutes=1)},
    # Hourly, not nightly: a reminder stands under a unique key, so a run too many does nothing.
    "herinneren": {"task": "aanvragen.tasks.herinner", "schedule": timedelta(hours=1)},
    "signalen-zoeken": {"task": "aanvragen.tasks.zoek_signalen", "schedule": crontab(hour="5", minute="30")},
    "logboek-anker": {"task": "ips_subsidie.logboek.tasks.anker", "schedule": crontab(hour="0", minute="30")},
    "bestanden-scannen": {"task": "aanvragen.tasks.scan_bestanden", "schedule": timedelta(minutes=1)},
    "controleren": {"task": "aanvragen.tasks.controleer", "schedule": crontab(hour="3", minute="0")},
    # What /gereed looks for. One that comes late says nothing any more.
    "hartslag": {
        "task": "ips_subsidie.berichten.tasks.hartslag",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
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
# No other site has any business with our stylesheets.
WHITENOISE_ALLOW_ALL_ORIGINS = False

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
    # A file of the operator; without one only the best known passwords are refused.
    {
        "NAME": "ips_subsidie.toegang.wachtwoorden.NietGelekt",
        "OPTIONS": {"lijst": env("GELEKTE_WACHTWOORDEN", default="")},
    },
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
# Per network address, and per account ("key") that is asked for, whether it exists or not.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,100/h/ip,5/5m/key,100/d/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "reset_password": "20/m/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    # Our own: inviting, opening an invitation that isn't one, asking for a calendar that isn't one.
    "uitnodigen": "30/h/user",
    "uitnodiging": "20/m/ip",
    "agendalink": "20/m/ip",
    # A whole organisatie may come from one address in the morning; there and back are two.
    "inlogdienst": "120/m/ip",
}
# The second factor (toegang.factor): compulsory for every role, unless a demo on one's own machine says otherwise.
if env("IPS_MFA", default="verplicht") not in ("verplicht", "uit"):
    raise ImproperlyConfigured("IPS_MFA is verplicht of uit.")
MFA_VERPLICHT = env("IPS_MFA", default="verplicht") == "verplicht"
# Ask again who is there before what is sensitive; off only where there is no second factor either.
HERBEVESTIGEN = MFA_VERPLICHT
MFA_ADAPTER = "ips_subsidie.toegang.mfa.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "IPS-subsidieportaal"
# One period of half a minute either way: telephones run fast or slow, and people type. A code works once all the same.
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_COUNT = 10
MFA_RECOVERY_CODE_DIGITS = 10
MFA_FORMS = {
    "authenticate": "ips_subsidie.toegang.web.factorformulieren.CodeFormulier",
    "authenticate_webauthn": "ips_subsidie.toegang.web.factorformulieren.PasskeyFormulier",
    "activate_totp": "ips_subsidie.toegang.web.factorformulieren.AppFormulier",
    "add_webauthn": "ips_subsidie.toegang.web.factorformulieren.NieuwePasskeyFormulier",
}
# Our own threshold asks it (toegang.drempels), also where allauth wouldn't.
MFA_REAUTHENTICATION_REQUIRED = False
# An account is made from an invitation to its address: there are no addresses to verify.
MFA_ALLOW_UNVERIFIED_EMAIL = True
UITNODIGING_GELDIG_DAGEN = 7
# The link for a new password, in seconds; used once, and of no use after another password.
PASSWORD_RESET_TIMEOUT = 60 * 60 * 2
# Login services of organisaties: only over https, and within a network only where the operator says so (10.1.2.0/24).
OIDC_HTTP = False
OIDC_NETWERKEN = env.list("OIDC_NETWERKEN", default=[])

SESSION_ENGINE = "ips_subsidie.toegang.sessieopslag"
# Seconds: without use, and since logging in. The database (toegang.inlogmodellen) allows no more than these.
SESSIE_STIL = 60 * 15
SESSIE_HOOGSTENS = 60 * 60 * 12
# That a session was used is written at most this often, so it may end so many seconds before its time.
SESSIE_VERNIEUWEN_NA = 60
# The cookie goes with the browser; the server says when a session ends.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = SESSIE_STIL
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
# All that one request may bring, files included, in bytes; of more than that so much is still read and thrown away.
MAX_VERZOEK = 30 * 1024 * 1024
MAX_VERZOEK_WEGLEZEN = 2 * MAX_VERZOEK
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_PERMISSIONS = 0o600

# --- files that come in ----------------------------------------------------------------------------
# tcp://computer:3310 or unix:///path of clamd; empty: nothing is scanned. What it doesn't answer on is kept apart.
CLAMD_ADRES = env("CLAMD_ADRES", default="")
CLAMD_SECONDEN = 8

# --- personal data at rest -------------------------------------------------------------------------
# "id:base64" pairs, the first one writes; each 32 random bytes. The index key outlives their rotation.
VELD_SLEUTELS: dict[str, str] = {
    ident: sleutel
    for ident, _, sleutel in (paar.partition(":") for paar in env.list("VELD_SLEUTELS", default=[]))
}
VELD_INDEX_SLEUTEL = env("VELD_INDEX_SLEUTEL", default="")

# --- backups (docs/herstel.md) ---------------------------------------------------------------------
# "naam:base64" pairs as above, apart from them: who has a backup and this key can't read a BSN yet.
RESERVEKOPIE_SLEUTELS: dict[str, str] = {
    naam: sleutel
    for naam, _, sleutel in (paar.partition(":") for paar in env.list("RESERVEKOPIE_SLEUTEL", default=[]))
}
RESERVEKOPIE_MAP = Path(env("RESERVEKOPIE_MAP", default=str(PROJECT / ".lokaal" / "reservekopie")))
RESERVEKOPIE_BEWAAR = env.int("RESERVEKOPIE_BEWAAR", default=14)

# A folder outside the database, for the daily anchors of the logboek: best where its administrators can't write.
ANKERMAP = env("IPS_ANKERMAP", default="")

# --- mail ------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env("MAIL_AFZENDER", default="niet-antwoorden@ips-subsidieportaal.example")
# A mail server that stops answering holds one mail up for so many seconds, and doubles the wait of that mail.
EMAIL_TIMEOUT = 20
MAIL_EERSTE_WACHT = timedelta(minutes=2)
SITE_ADRES = env("SITE_ADRES", default="http://127.0.0.1:8000")

# Where people write to, shown on public pages: about a page that they can't use, their data, a weakness.
CONTACT = {
    "toegankelijkheid": env(
        "CONTACT_TOEGANKELIJKHEID", default="toegankelijkheid@ips-subsidieportaal.example"
    ),
    "privacy": env("CONTACT_PRIVACY", default="privacy@ips-subsidieportaal.example"),
    "beveiliging": env("CONTACT_BEVEILIGING", default="beveiliging@ips-subsidieportaal.example"),
}

# The rekening from which UWV pays. Without an IBAN no betaalbatch can be made; the bic is only for banks that ask it.
BETAALREKENING = {
    "naam": env("BETAALREKENING_NAAM", default="UWV"),
    "iban": env("BETAALREKENING_IBAN", default=""),
    "bic": env("BETAALREKENING_BIC", default=""),
}

LOGGING = logs(env("LOG_LEVEL", default="WARNING"))
