"""Verbs on pages: who may read one, and publishing on schedule."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from kpo.audit import log as audit
from kpo.pages.models import ReadablePage
from kpo.pages.signals import audience_changed
from kpo.pages.tree_guard import check_place
from kpo.people import tokens
from kpo.people.models import User
from kpo.people.reader import cms_reader

NOT_YOURS = "Je kunt alleen kiezen uit groepen waar je zelf bij hoort."


@transaction.atomic
def change_audience(*, actor: User, page: ReadablePage, audience: str) -> list[ReadablePage]:
    """Give `page` another audience; returns the pages under it, and the aliases of all of these,
    that were set to "nobody".

    Narrowing always succeeds: what may no longer stand under the page is closed and its owners are
    told. Widening never cascades. Raises PermissionDenied where the actor may not publish the page,
    ValidationError where the actor does not hold the audience or the page above is narrower.
    """
    page = ReadablePage.objects.select_for_update().get(pk=page.pk)
    if not page.permissions_for_user(actor).can_publish():
        raise PermissionDenied
    if audience != tokens.NOBODY and not cms_reader(actor).holds(audience):
        raise ValidationError(NOT_YOURS)
    check_place(page, audience, page.get_parent())
    before = page.audience
    if before == audience:
        return []
    _set_audience(page, audience)
    audit.record(
        "pages.change_audience",
        actor=actor,
        obj=page,
        details={"before": before, "after": audience},
    )
    closed = close_what_no_longer_fits(page)
    for child in closed:
        audit.record(
            "pages.close_with_parent", actor=actor, obj=child, details={"parent": str(page.uuid)}
        )
    aliases = close_aliases([page, *closed])
    for alias in aliases:
        audit.record(
            "pages.close_with_source", actor=actor, obj=alias, details={"source": str(page.uuid)}
        )
    return closed + aliases


def close_aliases(pages: list[ReadablePage]) -> list[ReadablePage]:
    """Set to "nobody" what would go on showing the content of a page to more than its readers."""
    sources = {page.pk: page for page in pages}
    closed = []
    aliases = ReadablePage.objects.filter(alias_of_id__in=sources).select_for_update(of=("self",))
    for alias in aliases.order_by("path"):
        if not tokens.may_stand_under(alias.audience, sources[alias.alias_of_id].audience):
            _set_audience(alias, tokens.NOBODY)
            closed += [alias, *close_what_no_longer_fits(alias)]
    return closed + close_aliases(closed) if closed else []


def close_what_no_longer_fits(page: ReadablePage) -> list[ReadablePage]:
    """Walk down from `page` and set each page that is wider than its parent to "nobody"."""
    audiences = {page.path: page.audience}
    closed = []
    below = ReadablePage.objects.descendant_of(page).select_for_update(of=("self",))
    for child in below.order_by("path"):
        outer = audiences.get(child.path[: -ReadablePage.steplen], tokens.NOBODY)
        if not tokens.may_stand_under(child.audience, outer):
            _set_audience(child, tokens.NOBODY)
            closed.append(child)
        audiences[child.path] = child.audience
    return closed


def _set_audience(page: ReadablePage, audience: str) -> None:
    page.audience = audience
    if audience != tokens.NOBODY:
        page.working_audience = audience
    # Not `save()`: the page's content, dates and revisions stay as they are.
    ReadablePage.objects.filter(pk=page.pk).update(
        audience=page.audience, working_audience=page.working_audience
    )
    audience_changed.send(sender=page.specific_class, page=page)
