"""Says of everything recorded during a request which path and network it came from."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from kpo.audit import origin
from kpo.audit.models import NAME_LENGTH
from kpo.audit.origin import Origin, Via

# Parts of a path that open a door by themselves: they never enter the log.
SECRET_PARTS = frozenset({"token", "key", "uidb36"})


class OriginMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with origin.coming_from(self.origin_of(request, request.path)):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> None:
        if SECRET_PARTS & kwargs.keys() and request.resolver_match is not None:
            origin.replace(self.origin_of(request, f"/{request.resolver_match.route}"))

    def origin_of(self, request: HttpRequest, path: str) -> Origin:
        address = origin.mask_address(origin.client_address(request))
        return Origin(Via.WEB, path[:NAME_LENGTH], address)
