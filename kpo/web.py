"""What every response carries: kept out of shared caches, and a content security policy."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_cache_control
from django_structlog.middlewares import RequestMiddleware

CMS_PATH = "/cms/"


class PrivateByDefaultMiddleware:
    """Marks every response `private, no-store` unless its view has said otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Strict everywhere but in the CMS, whose own pages need inline scripts."""

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path.startswith(CMS_PATH) and not report_only:
            parts.config = dict(settings.CMS_CONTENT_SECURITY_POLICY)
        return parts


class RequestLogMiddleware(RequestMiddleware):
    """Logs which door was used, not what was asked there: queries and slugs stay out of the log."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        match = request.resolver_match
        return f"{request.method} {match.route if match else '?'}"


def allow_shared_cache(response: HttpResponse, seconds: int) -> HttpResponse:
    """Mark a response that is the same for everybody, such as security.txt, as cacheable."""
    patch_cache_control(response, public=True, max_age=seconds)
    return response
