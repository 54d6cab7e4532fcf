"""The WSGI entry point for gunicorn. DJANGO_SETTINGS_MODULE says which settings; without it nothing starts."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

if not settings.configured:  # else this process read its settings before, and they are what it is
    # The web is nobody until a request says who asks, whatever the environment says (toegang.rijrechten).
    os.environ["IPS_PARTIJ"] = ""
    # A page answers, or says that it can't, within ten seconds.
    os.environ.setdefault("DATABASE_GEDULD", "6")

application = get_wsgi_application()
