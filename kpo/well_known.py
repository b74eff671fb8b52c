"""Pages that machines look for at a fixed address."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from .web import allow_shared_cache

DAY = 24 * 60 * 60


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a leak, in the form of RFC 9116; expires within a year, as it advises."""
    expires = (timezone.now() + timedelta(days=180)).replace(microsecond=0, second=0, minute=0)
    lines = [
        f"Contact: mailto:{settings.KPO_SECURITY_CONTACT}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.WAGTAILADMIN_BASE_URL}/.well-known/security.txt",
    ]
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    return allow_shared_cache(response, DAY)


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Public pages may be indexed; the rest is refused anyway and not named one by one."""
    lines = [
        "User-agent: *",
        "Disallow: /cms/",
        "Disallow: /mijn/",
        "Disallow: /zoeken/",
        f"Sitemap: {settings.WAGTAILADMIN_BASE_URL}/sitemap.xml",
    ]
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    return allow_shared_cache(response, DAY)
