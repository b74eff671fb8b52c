"""Tests: the same parts as development, with cheap passwords and everything else as real."""

from .development import *

ENVIRONMENT = "test"
DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["localhost", "testserver"]
# Static files are looked up when asked for, not listed anew for every test client.
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Tests that commit empty all tables afterwards; the log lets itself be emptied here only.
DATABASES["default"].setdefault("OPTIONS", {})["options"] = (
    "-c kpo.audit_truncate=on -c synchronous_commit=off"
)
# A thread would see nothing of what a test has not committed; tests write the counts themselves.
KPO_READS_AFTER_SECONDS = None
# A server in a test is gone before its connections would be; the database must be free to go.
DATABASES["default"]["CONN_MAX_AGE"] = 0
