"""Rate limits on our own forms, in the cache every process shares."""

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest


def within_limit(request: HttpRequest, action: str, *, key: str | None = None) -> bool:
    """Count one try at `action` of KPO_RATE_LIMITS and say whether it is still allowed.

    A try counts per network address, per person or per `key`, as the setting says.
    """
    usage = ratelimit.consume(
        request,
        app="kpo.people",
        action=action,
        config=settings.KPO_RATE_LIMITS,
        key=key,
        limit_get=True,
    )
    return usage is not None
