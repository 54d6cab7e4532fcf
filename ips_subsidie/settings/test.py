"""Settings of the tests: real PostgreSQL and a real broker, started by the plugin `tests.plugin`."""

import base64

from ips_subsidie.settings.basis import *
from ips_subsidie.settings.basis import TEMPLATES

SECRET_KEY = "alleen-voor-tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
LOKAAL = True
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
