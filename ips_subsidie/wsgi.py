"""The WSGI entry point for gunicorn. DJANGO_SETTINGS_MODULE says which settings; without it nothing starts."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
