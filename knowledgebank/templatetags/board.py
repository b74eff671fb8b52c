"""What the screens of the editorial board have in common."""

from __future__ import annotations

from typing import Any

from django import template

from knowledgebank.review.sections import sections_for
from kpo.people.reader import current_reader

register = template.Library()


@register.inclusion_tag("knowledgebank/review/nav.html", takes_context=True)
def board_nav(context: template.Context) -> dict[str, Any]:
    """Links to the other parts of the board's corner that this reader has work in."""
    request = context["request"]
    route = request.resolver_match.url_name
    sections = sections_for(current_reader(request))
    links = [
        {"route": f"knowledgebank:{one.route}", "label": one.label, "here": one.holds(route)}
        for one in sections
    ]
    return {"links": links}
