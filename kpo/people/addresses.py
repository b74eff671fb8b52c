"""Links in mails: always to the site's own address, whatever host a request named."""

from django.conf import settings
from django.urls import reverse


def absolute(path: str) -> str:
    """The full address of a path of this site."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def link(view: str, **kwargs: object) -> str:
    """The full address of a view."""
    return absolute(reverse(view, kwargs=kwargs))
