"""The words templates speak. Built in: no template needs to load them."""

from datetime import date, datetime
from typing import Any, Protocol
from zlib import crc32

from django import forms, template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kpo.design import audiences, browsers, dutch, icons
from kpo.design import forms as layout
from kpo.design.trust import standing_of

register = template.Library()

AVATAR_TINTS = 3
TOP_SCORE = 5

register.simple_tag(icons.svg, name="icon")
register.simple_tag(layout.control, name="control")


class Named(Protocol):
    """An organisation, as far as an avatar needs it."""

    name: str
    short_name: str


@register.inclusion_tag("components/audience.html", takes_context=True)
def audience(context: template.Context, token: str) -> dict[str, Any]:
    """Who may read this: icon and words."""
    return {"mark": audiences.mark(token, context.get("request"))}


@register.inclusion_tag("components/trust.html")
def trust(item: object) -> dict[str, Any]:
    """The full badge, once at the top of a page."""
    return _trust_context(item)


@register.inclusion_tag("components/trustline.html")
def trustline(item: object) -> dict[str, Any]:
    """The short form for lists, hits and cards."""
    return _trust_context(item)


def _trust_context(item: object) -> dict[str, Any]:
    return vars(standing_of(item, timezone.localdate()))


@register.inclusion_tag("components/score.html")
def score(value: int, label: str = "") -> dict[str, Any]:
    """Five blocks and the number. `value` runs from 1 to 5."""
    blocks = [step < value for step in range(TOP_SCORE)]
    return {"value": value, "label": label, "blocks": blocks, "top": TOP_SCORE}


@register.inclusion_tag("components/field.html")
def field(bound: forms.BoundField) -> dict[str, Any]:
    """Label, hint, control and error of one form field."""
    return {"field": bound}


@register.simple_tag
def initials(organisation: Named) -> SafeString:
    """The square that stands for an organisation; the name itself is always beside it."""
    name = organisation.short_name or organisation.name
    tint = crc32(name.encode()) % AVATAR_TINTS + 1
    return format_html(
        '<span class="kpo-org kpo-org--{}" aria-hidden="true">{}</span>', tint, _letters(name)
    )


def _letters(name: str) -> str:
    words = [word for word in name.replace("-", " ").split() if word[:1].isalnum()]
    first = [word[0] for word in words if not word.islower()] or [word[0] for word in words]
    return "".join(first[:2]).upper() if len(words) > 1 else name[:2].upper()


@register.filter
def shape(bound: forms.BoundField) -> str:
    """How a field is laid out: line, tick or options."""
    return layout.shape(bound)


@register.filter
def day(moment: date | datetime | None) -> str:
    """12 november 2026; nothing for an empty date."""
    return dutch.day(moment) if moment else ""


@register.filter
def short_day(moment: date | datetime | None) -> str:
    """dinsdag, 12 nov. or 12 nov. 2025; nothing for an empty date."""
    return dutch.short_day(moment) if moment else ""


@register.filter
def dated(on: date | datetime | None) -> str:
    """Of a publication: 12 november 2026, or 2026 when only the year is known."""
    return str(on.year) if on and dutch.is_only_year(on) else day(on)


@register.filter
def short_dated(on: date | datetime | None) -> str:
    """Of a publication, for lists: 12 nov., or 2026 when only the year is known."""
    return str(on.year) if on and dutch.is_only_year(on) else short_day(on)


@register.filter
def dutch_number(value: float | None) -> str:
    """71.240 and 5,1; nothing for no number."""
    return "" if value is None else dutch.number(value)


@register.filter
def file_size(count: int | None) -> str:
    """2,4 MB; nothing for an unknown size."""
    return "" if count is None else dutch.file_size(count)


@register.filter
def browser(user_agent: str | None) -> str:
    """Firefox op Linux, for the header that a browser sends."""
    return browsers.called(user_agent or "")
