"""The gate before publication: what must be reviewed shows only text that was released.

Every way to publish ends in saving the page: the editor's button, `publish()`, bulk actions, the
schedule, the admin API, a copy kept live, an alias. So the gate stands there.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.signals import pre_save
from wagtail.models import Page

from knowledgebank.models import KnowledgePage, Release, ReviewRule
from knowledgebank.review import conditions
from knowledgebank.review.content import STATE, fingerprint
from kpo.pages.signals import about_to_publish

NOT_APPROVED = (
    "‘{title}’ is nog niet goedgekeurd door de redactieraad. Bewaar het als concept en stuur het "
    "in: na goedkeuring wordt het vanzelf gepubliceerd."
)


def check_page(
    sender: type[Page], instance: Page, update_fields: Any = None, raw: bool = False, **kwargs: Any
) -> None:
    """Refuse a page whose text was not released, and give a page the badge of its text."""
    if raw or not issubclass(sender, Page) or not instance.live:
        return
    if not isinstance(instance, KnowledgePage):
        _check_bare(instance)
    elif update_fields is None or set(update_fields) & _told(type(instance)):
        _check(instance)


def _told(model: type[KnowledgePage]) -> set[str]:
    """The columns that readers notice: a text that is kept as a draft touches none of them."""
    return {field.name for field in model._meta.concrete_fields} - STATE | {"live"}


def _check_bare(page: Page) -> None:
    """A knowledge page that is saved as a plain page may not go live or change its name."""
    stored = KnowledgePage.objects.filter(pk=page.pk).first() if page.pk else None
    if stored is None or (stored.live and stored.title == page.title):
        return
    specific: KnowledgePage = stored.specific
    specific.title = page.title
    conditions.check(specific)
    if ReviewRule.is_required_for([specific]):
        raise ValidationError(NOT_APPROVED.format(title=page.title), code="not_approved")


def _check(page: KnowledgePage) -> None:
    mark = fingerprint(page)
    stored = type(page).objects.filter(pk=page.pk).first() if page.pk else None
    release = release_of(page, mark)
    is_as_it_was = stored is not None and stored.live and fingerprint(stored) == mark
    if not is_as_it_was and not _shows_its_source(page, mark):
        conditions.check(page)
        states = [page] if stored is None else [page, stored]
        if release is None and ReviewRule.is_required_for(states):
            raise ValidationError(NOT_APPROVED.format(title=page.title), code="not_approved")
    page.release = release


def release_of(page: KnowledgePage, mark: str) -> Release | None:
    """The latest release of this text on this page, or on the page it is an alias of.

    What the board said of it goes before how it came in.
    """
    keys = [key for key in (page.pk, page.alias_of_id) if key]
    releases = Release.objects.filter(page_id__in=keys, fingerprint=mark, revoked_at=None)
    return releases.filter(way=Release.Way.REVIEW).first() or releases.first()


def _shows_its_source(page: KnowledgePage, mark: str) -> bool:
    """An alias shows what its source shows, and that stood here before."""
    if page.alias_of_id is None:
        return False
    # As it stands in the database: the object at hand may say of itself what it likes.
    source = type(page).objects.filter(pk=page.alias_of_id, live=True).first()
    return source is not None and fingerprint(source) == mark


def check_form(sender: type[Page], page: Page, **kwargs: Any) -> None:
    """The same in the form of the CMS, where the sentence can be read."""
    if isinstance(page, KnowledgePage):
        _check(page)


def connect() -> None:
    about_to_publish.connect(check_form, dispatch_uid="knowledgebank.review.gate")
    pre_save.connect(check_page, dispatch_uid="knowledgebank.review.gate")
