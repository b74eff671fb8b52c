"""The load model: the same platform for the same seed, found and closed as any other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings
from wagtail.models import Revision

from knowledgebank import load_parts
from knowledgebank.models import KnowledgeDocument, ThemePage
from kpo import load_model
from kpo.inbox.models import Follow, Notification
from kpo.load_model import LINES, RANKS, REVISIONS, Load, vocabulary
from kpo.people import tokens
from kpo.people.models import User
from search.models import Row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def very_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_model, "SHARES", {"S": 0.001, "L": 0.001})
    monkeypatch.setattr(load_parts, "THEMES", 2)
    monkeypatch.setattr(load_parts, "PASSAGES", 6_000)


def titles() -> list[str]:
    pages = KnowledgeDocument.objects.filter(slug__startswith="load-")
    return list(pages.order_by("pk").values_list("title", flat=True))


def test_a_small_platform_is_made_and_found(drain: Callable[[], int]) -> None:
    call_command("load_model", scale="S", seed=3)
    assert User.objects.filter(email__endswith="@load.example").count() == 30
    assert ThemePage.objects.filter(slug__startswith="load-").count() == 2
    document = KnowledgeDocument.objects.filter(slug__startswith="load-").first()
    assert document is not None
    assert len(titles()) == 3
    assert Revision.objects.for_instance(document).count() == REVISIONS
    passages = Row.objects.passages().filter(key=f"document:{document.uuid}")
    assert passages.count() == 2
    assert document.audience in load_parts.AUDIENCES
    assert Notification.objects.count() == 2 * LINES
    assert 0 < Notification.objects.unread().count() < 2 * LINES
    assert Follow.objects.count() == 2 * 2


def test_the_same_seed_gives_the_same_words() -> None:
    assert Load.of("S", 5).text() == Load.of("S", 5).text() != Load.of("S", 6).text()


def test_questions_are_as_common_as_they_say() -> None:
    known, _ = vocabulary()
    for rank, (first, last) in RANKS.items():
        for word in Load.of("S", 1).question(rank).split():
            assert first <= known.index(word) < last


def test_the_whole_platform_is_made_of_search_records() -> None:
    call_command("load_model", scale="L", seed=3)
    assert titles() == []
    assert Row.objects.records().filter(type="document").count() == 3


def test_it_is_made_once() -> None:
    call_command("load_model", scale="S", seed=3)
    with pytest.raises(CommandError, match="staat al een model"):
        call_command("load_model", scale="S", seed=3)


def test_production_refuses(settings: Settings) -> None:
    settings.ENVIRONMENT = "production"
    with pytest.raises(CommandError, match="niet voor productie"):
        call_command("load_model")
    assert not Row.objects.filter(audience=tokens.PUBLIC, title__startswith="Load").exists()
