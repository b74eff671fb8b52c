"""Production: everything that must be chosen is asked for by name; nothing is guessed."""

import re

from django.core.exceptions import ImproperlyConfigured

from .base import *
from .base import KPO_BOUNCE_ADDRESS, KPO_BOUNCE_FOLDER, env

ENVIRONMENT = "production"
DEBUG = False


def required(name: str, meaning: str) -> str:
    """Value of the environment variable `name`; raises ImproperlyConfigured where it is empty."""
    value = env.str(name, default="").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is leeg. Zet hierin {meaning}.")
    return value


SECRET_KEY = required("KPO_SECRET_KEY", "een geheime sleutel van minstens 50 willekeurige tekens")
ALLOWED_HOSTS = [
    host.strip()
    for host in required("KPO_HOSTS", "de hostnamen van de site, met komma's ertussen").split(",")
    if host.strip()
]
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("KPO_HOSTS noemt de hostnamen van de site: geen *, niet nul.")
DEFAULT_FROM_EMAIL = required("KPO_MAIL_SENDER", "het adres waarmee KPO mail verstuurt")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
WAGTAILADMIN_BASE_URL = f"https://{ALLOWED_HOSTS[0]}"

EMAIL_CONFIG = env.email_url("KPO_MAIL_URL", default="smtp://localhost:25")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10
if KPO_BOUNCE_ADDRESS and not re.fullmatch(r"[\w.-]{1,24}@[\w.-]+", KPO_BOUNCE_ADDRESS):
    raise ImproperlyConfigured(
        "KPO_BOUNCE_ADDRESS is geen adres waar een kenmerk bij past. Neem een kort adres, "
        "zoals bounce@kpo.example: hoogstens 24 tekens voor de @."
    )
if KPO_BOUNCE_FOLDER and not KPO_BOUNCE_ADDRESS:
    raise ImproperlyConfigured(
        "KPO_BOUNCE_FOLDER is gezet en KPO_BOUNCE_ADDRESS is leeg. Zet ook het adres waarvan de "
        "mail in die map komt, of haal de map weg."
    )

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("KPO_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
