"""Production. Everything secret or different comes from the environment; what is missing stops the start."""

import os

from ips_subsidie.settings.basis import *
from ips_subsidie.settings.basis import DATABASES, env
from ips_subsidie.settings.controle import controleer

controleer(os.environ)

SECRET_KEY = env("DJANGO_SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
DEBUG = False
LOKAAL = False

# A pool is worth three times the throughput; the worker opens its own connections (DATABASE_POOL=0). It gives up soon
# when the server is away, and tries anew when somebody asks: else it waits longer after each try, also when it is back.
if env.bool("DATABASE_POOL", default=True):
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": 2,
        "max_size": 8,
        "timeout": 5,
        "reconnect_timeout": 2,
    }
    # After a restart of the server the connections that waited here are dead: better found out than shown.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

vars().update(env.email_url("EMAIL_URL"))
SITE_ADRES = env("SITE_ADRES")
CSRF_TRUSTED_ORIGINS = [SITE_ADRES]

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# Only behind our own proxy, which strips this header from what comes in.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^(gezond|gereed|health)$"]
# Our own proxy is the one whose word about the address of a visitor is taken (rate limits of the login).
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXY_AANTAL", default=1)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessie"
CSRF_COOKIE_NAME = "__Host-csrf"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
