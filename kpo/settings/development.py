"""One machine, one developer: easy to start, and never to be reached from elsewhere."""

from .base import *

ENVIRONMENT = "development"
DEBUG = env.bool("KPO_DEBUG", default=False)
SECRET_KEY = "development-only-and-public"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
KPO_PORT = env.int("KPO_PORT", default=8000)
WAGTAILADMIN_BASE_URL = f"http://localhost:{KPO_PORT}"
# Styles and scripts are served from where they lie; production collects them first.
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = None
# Without a malware scanner uploads wait for an administrator; a developer has none to wait for.
KPO_RELEASE_UNSCANNED = True
