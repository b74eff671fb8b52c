"""The CMS screen of what people ask of search and do not find, for editors and administrators."""

from __future__ import annotations

from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kpo.people.cms.gate import View
from kpo.people.reader import current_reader, signed_in
from search import actions, insight
from search.models import MissingReport
from search.permissions import can_see_insight
from search.presentation import LabelBook

TABLES: tuple[tuple[str, insight.Order, str], ...] = (
    ("Zonder resultaat", "without_result", "Deze woorden vonden niets."),
    ("Zonder klik", "without_click", "Er was iets gevonden, en niemand opende het."),
    ("Meest gevraagd", "times", ""),
)
MOST_SHOWN = 25


def for_editors(view: View) -> View:
    """For anyone else the page does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_see_insight(current_reader(request)):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@for_editors
def overview(request: HttpRequest) -> HttpResponse:
    """One month, for all themes this reader may read or for one of them."""
    titles = _readable_titles(request)
    months = insight.months()
    month = next((m for m in months if f"{m:%Y-%m}" == request.GET.get("maand")), months[0])
    theme = request.GET.get("thema", "")
    about = [theme] if theme in titles else ["", *titles]
    context = {
        "page_title": "Zoekinzicht",
        "header_title": "Zoekinzicht",
        "header_icon": "search",
        "months": [(f"{one:%Y-%m}", one) for one in months],
        "month": f"{month:%Y-%m}",
        "themes": titles,
        "theme": theme if theme in titles else "",
        "fewest": insight.FEWEST,
        "reports": MissingReport.objects.open().about(titles).order_by("-reported_on", "-pk"),
        "titles": titles,
    }
    return TemplateResponse(request, "search/insight.html", context | _figures(month, about))


def _readable_titles(request: HttpRequest) -> dict[str, str]:
    """The themes of which something is known, by slug; a theme one may not read is not named."""
    reported = MissingReport.objects.open().exclude(theme="").values_list("theme", flat=True)
    slugs = {*insight.themes(), *reported}
    found = LabelBook(current_reader(request)).labels("theme", slugs)
    return dict(sorted(found.items(), key=lambda item: item[1].casefold()))


def _figures(month: date, about: list[str]) -> dict[str, Any]:
    lines = insight.lines(month, about)
    totals = {name: sum(getattr(line, name) for line in lines) for name in insight.COUNTED}
    tables = []
    for heading, order, hint in TABLES:
        shown = insight.most(lines, order, MOST_SHOWN)
        longest = max((line.times for line in shown), default=1)
        tables.append({"heading": heading, "hint": hint, "lines": shown, "longest": longest})
    rare = next((line for line in lines if not line.text), None)
    return {"totals": totals, "tables": tables, "rare": rare}


@require_POST
@for_editors
def handle_report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a report off the list."""
    titles = _readable_titles(request)
    report = get_object_or_404(MissingReport.objects.open().about(titles), uuid=uuid)
    actions.handle_report(actor=signed_in(request), report=report)
    messages.success(request, "De melding is afgehandeld.")
    return HttpResponseRedirect(reverse("search_insight"))
