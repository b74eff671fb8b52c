"""What every environment shares. An environment adds or narrows, never repeats."""

from pathlib import Path

import environ
import structlog
from csp.constants import NONCE

from kpo import embedded_postgres

from .people import *
from .people import OIDC_ORIGINS

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.str("KPO_DATA", default="") or BASE_DIR / "var").resolve()

# The upper floors are named as strings only; what they add to the ground floor they register.
INSTALLED_APPS = [
    "knowledgebank",
    "search",
    "kpo.inbox",
    "kpo.pages",
    "kpo.files",
    "kpo.operations",
    "kpo.casedata",
    "kpo.people",
    "kpo.audit",
    "kpo.design",
    "kpo",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    # Wagtail's own search serves the CMS only; the site's search is the `search` app.
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
    "django_tasks",
    "django_htmx",
    "csp",
    "django_structlog",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kpo.web.PrivateByDefaultMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "kpo.web.ContentSecurityPolicyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kpo.web.RequestLogMiddleware",
    "kpo.audit.middleware.OriginMiddleware",
    "kpo.people.middleware.ReaderMiddleware",
    "kpo.people.middleware.ClosedPrefixMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "kpo.people.middleware.SecondFactorMiddleware",
    "kpo.pages.cms_gate.CmsGateMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kpo.pages.middleware.ReadableRedirectMiddleware",
]

ROOT_URLCONF = "kpo.urls"
WSGI_APPLICATION = "kpo.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["kpo.design.templatetags.design"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "kpo.pages.context_processors.site_furniture",
                "kpo.inbox.context_processors.bell",
            ],
        },
    },
]
FORM_RENDERER = "kpo.design.forms.KpoFormRenderer"

# --- Data ---------------------------------------------------------------------------------------
DATABASE_URL = env.str("DATABASE_URL", default="")
EMBEDDED_POSTGRES = not DATABASE_URL
DATABASES = {"default": env.db_url_config(DATABASE_URL or embedded_postgres.database_url(DATA_DIR))}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kpo_cache",
        # The default of 300 entries would evict rate limits.
        "OPTIONS": {"MAX_ENTRIES": 1_000_000, "CULL_FREQUENCY": 10},
    },
    # Wagtail would keep renditions there with the titles of closed images.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}

STATIC_URL = "/static/"
STATIC_ROOT: Path | None = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Nothing in this folder is reachable by URL: files are served by kpo.files after a check.
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media-is-never-served/"

# --- Jobs and files -----------------------------------------------------------------------------
TASKS = {
    "default": {
        "BACKEND": "kpo.jobs.ProcrastinateBackend",
        "QUEUES": [],
        # Of these at most one job runs at any moment: the search index has one writer.
        "OPTIONS": {"SERIAL_QUEUES": ["search"]},
    }
}
KPO_WORKER_CONCURRENCY = env.int("KPO_WORKER_CONCURRENCY", default=2)
# Where clamd listens: unix:/run/clamav/clamd.ctl or tcp:host:3310. Empty: nothing is scanned.
KPO_CLAMD = env.str("KPO_CLAMD", default="")
KPO_CLAMD_SECONDS = env.int("KPO_CLAMD_SECONDS", default=60)
KPO_RELEASE_UNSCANNED = False
KPO_UPLOAD_MAX_MB = env.int("KPO_UPLOAD_MAX_MB", default=100)
KPO_VIDEO_MAX_MB = env.int("KPO_VIDEO_MAX_MB", default=1000)
# What reading one file may take, in a process of its own.
KPO_READING_SECONDS = env.int("KPO_READING_SECONDS", default=60)
KPO_READING_MB = env.int("KPO_READING_MB", default=1500)
# The internal location of nginx under which the media folder is known; empty: we send the bytes.
KPO_X_ACCEL_LOCATION = env.str("KPO_X_ACCEL_LOCATION", default="")
WAGTAILDOCS_DOCUMENT_FORM_BASE = "kpo.files.forms.DocumentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "kpo.files.forms.ImageForm"

# --- Search -------------------------------------------------------------------------------------
# OpenSearch, where its address is set; without one the embedded engine.
KPO_SEARCH_URL = env.str("KPO_SEARCH_URL", default="")
KPO_SEARCH_USER = env.str("KPO_SEARCH_USER", default="")
KPO_SEARCH_PASSWORD = env.str("KPO_SEARCH_PASSWORD", default="")
KPO_SEARCH_CERTIFICATE = env.str("KPO_SEARCH_CERTIFICATE", default="")
KPO_SEARCH_PREFIX = env.str("KPO_SEARCH_PREFIX", default="kpo")
# Who waits for an answer waits no longer than this; PostgreSQL answers then.
KPO_SEARCH_SECONDS = env.float("KPO_SEARCH_SECONDS", default=0.4)
# Weights of the ranking that differ from those of search/weights.py.
KPO_SEARCH_WEIGHTS: dict[str, float] = env.dict(
    "KPO_SEARCH_WEIGHTS", cast={"value": float}, default={}
)

# --- Language -----------------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

# --- Wagtail ------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "KPO"
WAGTAILADMIN_BASE_URL = env.str("KPO_BASE_URL", default="http://localhost:8000")
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# A text that is edited during its review must be judged again, and what is published is the text
# that was judged.
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
# A round goes on when something else of its page is published, such as a text less one block.
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "knowledgebank.review.finishing.publish_reviewed"
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILDOCS_DOCUMENT_MODEL = "files.Document"
WAGTAILIMAGES_IMAGE_MODEL = "files.Image"
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "dutch"}
}
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # No third-party call on load: videos link out.

# --- Mail ---------------------------------------------------------------------------------------
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
DEFAULT_FROM_EMAIL = env.str("KPO_MAIL_SENDER", default="kpo@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Where reports about mails that do not arrive come in, and the folder in which they wait.
KPO_BOUNCE_ADDRESS = env.str("KPO_BOUNCE_ADDRESS", default="")
KPO_BOUNCE_FOLDER = env.str("KPO_BOUNCE_FOLDER", default="")
# The hour, in our time zone, at which the mails of a day, a week or a month go out.
KPO_DIGEST_HOUR = env.int("KPO_DIGEST_HOUR", default=7)
# How long counts of reading wait in a process before they are written; None for until it ends.
KPO_READS_AFTER_SECONDS: int | None = 10
# Where outsiders report a leak; stands in security.txt.
KPO_SECURITY_CONTACT = env.str("KPO_SECURITY_CONTACT", default=DEFAULT_FROM_EMAIL)

# --- Security -----------------------------------------------------------------------------------
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_PERMISSIONS = 0o640

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": [NONCE, "'strict-dynamic'"],
        "style-src": ["'self'", NONCE],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "media-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'", *OIDC_ORIGINS],
        "frame-ancestors": ["'self'"],
        "base-uri": ["'none'"],
    }
}
# Wagtail's admin still has inline scripts and styles: looser, and under its own path only.
CMS_CONTENT_SECURITY_POLICY = {
    "default-src": ["'self'"],
    "script-src": ["'self'", "'unsafe-inline'", "'unsafe-eval'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'", "data:"],
    "frame-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'self'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
}

# --- Logging ------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(),
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # Its "Not Found: /path" would write down the slug of every closed page that is asked for.
        "django.request": {"level": "ERROR"},
        # What it says of a request that failed we say ourselves, once and with what follows.
        "opensearch": {"level": "ERROR"},
    },
}
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.filter_by_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
