"""The WSGI entry point, for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from kpo.startup import start_database

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kpo.settings.production")
start_database()
application = get_wsgi_application()
