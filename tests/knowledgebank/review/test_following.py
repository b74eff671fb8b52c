"""An open item is about the latest text of its page, however saving and handing in cross."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Revision

from knowledgebank.models import Appraisal, ReviewItem
from knowledgebank.review.actions import rounds
from tests.factories.review import (
    approve,
    author,
    is_published,
    live,
    review_all,
    reviewer,
    submitted,
    text_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demand_review() -> None:
    review_all()


def crossed(summary: str = "") -> tuple[ReviewItem, Any]:
    """An autosave makes its revision, the text is handed in, and then the autosave ends.

    Wagtail's editor saves by itself, and pressing the button does not wait for it.
    """
    writer = author()
    page = text_of(writer)
    autosaved = page.save_revision(user=writer)
    if summary:
        Revision.objects.filter(pk=autosaved.pk).update(
            content=autosaved.content | {"summary": summary}
        )
    page.save_revision(user=writer)
    item = rounds.submit(actor=writer, page=live(page))
    page = live(page)
    page.latest_revision_id = autosaved.pk
    page.save(update_fields=["latest_revision"])
    item.refresh_from_db()
    return item, autosaved


def save_again(item: ReviewItem, writer: Any) -> None:
    """The same text in a revision of its own."""
    item.page.specific.get_latest_revision_as_object().save_revision(user=writer)


def test_a_text_that_was_saved_while_it_was_handed_in_is_published() -> None:
    item, autosaved = crossed()
    assert item.revision_id == autosaved.pk
    approve(reviewer(0), item)
    approve(reviewer(1), item)
    assert is_published(item.page)
    assert not ReviewItem.objects.open().exists()
    assert live(item.page.specific).live_revision_id == autosaved.pk


def test_what_is_judged_is_what_the_page_calls_its_latest_text() -> None:
    item, _ = crossed(summary="Zo staat het er nu.")
    approve(reviewer(0), item)
    approve(reviewer(1), item)
    assert live(item.page.specific).summary == "Zo staat het er nu."


def test_the_same_text_in_another_revision_keeps_its_votes() -> None:
    writer = author()
    item = submitted(writer)
    approve(reviewer(0), item)
    save_again(item, writer)
    item.refresh_from_db()
    assert item.revision == item.page.specific.get_latest_revision()
    approve(reviewer(1), item)
    assert is_published(item.page)


def test_nothing_is_called_published_that_wagtail_begins_again() -> None:
    writer = author()
    item = submitted(writer)
    approve(reviewer(0), item)
    voted_on = item.revision_id
    save_again(item, writer)
    # As if the item had not followed: another way to lose a text than the one that is known.
    ReviewItem.objects.filter(pk=item.pk).update(revision=voted_on)
    with pytest.raises(ValidationError, match="veranderd terwijl je las"):
        approve(reviewer(1), ReviewItem.objects.get(pk=item.pk))
    assert not is_published(item.page)
    assert Appraisal.objects.count() == 1
