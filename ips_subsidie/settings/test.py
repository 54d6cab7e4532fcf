"""Settings of the tests: real PostgreSQL and a real broker, started by the plugin `tests.plugin`."""

import base64

from ips_subsidie.settings.basis import *
from ips_subsidie.settings.basis import TEMPLATES, env
from ips_subsidie.settings.diensten import databank

SECRET_KEY = "alleen-voor-tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
LOKAAL = True
# A test outside a request acts as the system; the requests it makes act as who is logged in.
PARTIJ = env("IPS_PARTIJ", default="systeem")
if not env.bool("IPS_ALS_EIGENAAR", default=False):
    DATABASES = {"default": databank(env, "DATABASE_URL", rol=env("DATABASE_ROL", default=""), partij=PARTIJ)}
# Tests of the second factor and of proving anew switch it on.
MFA_VERPLICHT = HERBEVESTIGEN = False
OIDC_HTTP, OIDC_NETWERKEN = True, ["127.0.0.0/8", "::1/128"]
VELD_SLEUTELS = {"a": base64.b64encode(b"a" * 32).decode()}
VELD_INDEX_SLEUTEL = base64.b64encode(b"i" * 32).decode()
# Hashing a password on purpose slowly is measured elsewhere; here it is only in the way.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
TEMPLATES[0]["OPTIONS"]["debug"] = True
BETAALREKENING = {"naam": "UWV", "iban": "NL02ABNA0123456789", "bic": ""}
ANKERMAP = ""
