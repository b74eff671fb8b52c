"""The operations page: figures, and in plain words what to do about them."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from kpo.operations.lines import sections
from kpo.people.cms.gate import for_administrators


@require_safe
@for_administrators
def overview(request: HttpRequest) -> HttpResponse:
    made = sections()
    context = {
        "page_title": "Stand van het platform",
        "header_title": "Stand van het platform",
        "header_icon": "cogs",
        "sections": made,
        "attention": sum(not line.is_well for section in made for line in section.lines),
    }
    return TemplateResponse(request, "operations/overview.html", context)
