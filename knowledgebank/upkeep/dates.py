"""When a page is to be looked at again: by the interval of its kind, or a date of its own."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from django.utils import timezone
from wagtail.models import Revision

from knowledgebank.models import KnowledgePage, Release, ReviewRule
from knowledgebank.models.review import DEFAULT_INTERVAL_MONTHS
from knowledgebank.upkeep.notices import DUE
from kpo.inbox.telling import settle


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last one."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def next_date(page: KnowledgePage, today: date) -> date:
    """When a page that was looked at today is to be looked at again."""
    rule = ReviewRule.for_page(page)
    return months_after(today, rule.interval_months if rule else DEFAULT_INTERVAL_MONTHS)


def set_dates(page: KnowledgePage, *, reviewed_on: date, due_on: date) -> None:
    """Write the dates on the page and in its drafts, and end the reminders of the former date."""
    carry(page, reviewed_on=reviewed_on, review_due_on=due_on)
    settle(DUE, page)


def carry(page: KnowledgePage, **values: Any) -> None:
    """Write columns of upkeep, which are no part of the text, on a page and in its drafts.

    A draft brings its own values along when it is published, so it has to know these. What an
    editor chose otherwise in a draft stays. No revision is saved: what was voted on is the same.
    """
    stored = KnowledgePage.objects.filter(pk=page.pk)
    known = stored.values(*values).get()
    stored.update(**values)
    for name, value in values.items():
        setattr(page, KnowledgePage._meta.get_field(name).attname, value)
    for draft in _drafts_of(page):
        same = {n: v for n, v in values.items() if draft.content.get(n) == _written(known[n])}
        if same:
            content = draft.content | {name: _written(value) for name, value in same.items()}
            Revision.objects.filter(pk=draft.pk).update(content=content)


def _drafts_of(page: KnowledgePage) -> Any:
    """The revision that readers have, and the later ones."""
    return Revision.objects.for_instance(page).filter(pk__gte=page.live_revision_id or 0)


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def date_of_release(sender: type[Release], instance: Release, created: bool, **kw: Any) -> None:
    """A reviewed text is looked at again after the interval of its kind.

    It is written in the text that is about to be published. A date of its own that came with the
    draft, for later than today, stays.
    """
    if not created or instance.way != Release.Way.REVIEW or instance.revision is None:
        return
    if instance.item and instance.item.releases.exclude(pk=instance.pk).exists():
        # What was judged, less a block: nobody looked at the rest of it.
        return
    today = timezone.localdate()
    page: Any = instance.page.specific
    revision: Revision = instance.revision
    content = revision.content
    chosen, known = content.get("review_due_on"), _written(page.review_due_on)
    has_own = chosen is not None and chosen != known and chosen > today.isoformat()
    due_on = chosen if has_own else next_date(page, today).isoformat()
    content = content | {"reviewed_on": today.isoformat(), "review_due_on": due_on}
    Revision.objects.filter(pk=revision.pk).update(content=content)
    revision.content = content
    settle(DUE, page)
