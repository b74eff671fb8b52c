"""What a page shows that is kept elsewhere belongs to what was judged."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.core.files.base import ContentFile

from knowledgebank.models import Barrier, DocumentFile
from kpo import jobs
from kpo.files.models import Document
from tests.factories.files import document
from tests.factories.pages import knowledge_document, theme_page
from tests.factories.review import (
    approve,
    author,
    is_published,
    live,
    review_all,
    reviewer,
    submitted,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demand_review() -> None:
    review_all()


def with_barrier(barrier: Barrier) -> Any:
    row = {"barrier": barrier.pk, "weakness": ""}
    stage = {"title": "Zoeken", "text": "Een stil pand.", "barriers": [row]}
    return theme_page(live=False, stages=[{"type": "stage", "value": stage}])


def approved(page: Any) -> Any:
    item = submitted(author(), page)
    approve(reviewer(0), item)
    approve(reviewer(1), item)
    jobs.drain()
    found = live(page)
    assert found.trust
    return found


def put_other_bytes(file: Document, content: bytes) -> None:
    file.file.save("anders.txt", ContentFile(content), save=False)
    file.content_hash = hashlib.sha256(content).hexdigest()
    file.has_new_bytes = True
    file.save()


def test_a_page_has_no_badge_for_a_barrier_that_was_changed_since() -> None:
    barrier = Barrier.objects.create(title="Zicht op leegstand", audience="public")
    other = Barrier.objects.create(title="Een andere", audience="public")
    page = approved(with_barrier(barrier))
    other.text = "Staat nergens."
    other.save()
    assert live(page).trust
    barrier.text = "Kijk elke week."
    barrier.save()
    assert live(page).trust is None
    assert live(page).live
    barrier.text = ""
    barrier.save()
    assert live(page).trust


def test_a_page_has_no_badge_for_a_file_with_other_bytes() -> None:
    file = document(audience="public", content=b"Het oude modelbesluit.")
    page = knowledge_document(live=False)
    page.files.add(DocumentFile(document=file))
    page = approved(page)
    put_other_bytes(Document.objects.get(pk=file.pk), b"Een ander modelbesluit.")
    assert live(page).trust is None


def test_a_vote_lapses_when_what_the_text_shows_was_changed() -> None:
    barrier = Barrier.objects.create(title="Zicht op leegstand", audience="public")
    page = with_barrier(barrier)
    item = submitted(author(), page)
    approve(reviewer(0), item)
    barrier.text = "Kijk elke week."
    barrier.save()
    approve(reviewer(1), item)
    assert not is_published(page)
    approve(reviewer(0), item)
    assert is_published(page)
