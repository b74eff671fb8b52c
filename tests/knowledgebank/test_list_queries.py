"""The lists of the board and of upkeep ask the database as often for many lines as for few."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knowledgebank.actions import vote_helpful
from knowledgebank.models import ReadCount
from knowledgebank.review.actions import reviewers, rounds
from knowledgebank.review.actions.decisions import record_decision
from kpo.people.models import User
from kpo.people.roles import Role
from tests.counting import queries_of
from tests.factories.pages import knowledge_document, theme_page
from tests.factories.people import UserFactory
from tests.factories.review import approve, author, review_all, reviewer, submitted
from tests.factories.upkeep import ambassador, concern
from tests.ground import review_nothing

pytestmark = pytest.mark.django_db


def one_more_of_everything(theme: Any, chair: User) -> None:
    """A line in each list of this theme, each with people of its own around it."""
    today = timezone.localdate()
    review_nothing()
    about = {"themes": [theme, theme_page(review_due_on=today)]}
    knowledge_document(review_due_on=today - timedelta(days=3), responsible=UserFactory(), **about)
    doubted = concern(knowledge_document(**about))
    concern(doubted.page, chair)
    read = knowledge_document(**about)
    for _ in range(2):
        vote_helpful(actor=UserFactory(), page=read, is_helpful=False, reason="Te kort.")
    ReadCount.objects.create(page=read, day=today, times=7)
    ambassador(theme)
    review_all()
    writer, first = author(), reviewer(1)
    item = submitted(writer, knowledge_document(live=False, **about))
    approve(first, item)
    rounds.escalate(actor=writer, item=item, reason="Niemand pakt het op.")
    record_decision(actor=chair, item=item, text="Volgende week.")
    waiting = submitted(author(), knowledge_document(live=False, **about))
    reviewers.take_up(actor=chair, item=waiting)


def asked_of(client: Client, address: str) -> int:
    """The least of three: now and then something is looked up again that is kept for a while."""
    return min(queries_of(lambda: _read(client, address)) for _ in range(3))


def _read(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert b"".join(answer) if answer.streaming else answer.content


def test_lists_ask_as_much_for_many_lines_as_for_few() -> None:
    theme, chair, client = theme_page(), reviewer(role=Role.BOARD_CHAIR), Client()
    client.force_login(chair)
    addresses = [
        f"{reverse(f'knowledgebank:{name}', args=[theme.uuid] if of_theme else [])}{query}"
        for name, of_theme, query in (
            ("work_list", False, "?lijst=wacht"),
            ("work_list", False, "?lijst=raad"),
            ("board_agenda", False, ""),
            ("ambassadors", False, ""),
            ("concerns", False, ""),
            ("own_concerns", False, ""),
            ("due", False, ""),
            ("theme_list", False, ""),
            ("theme_work", True, ""),
            ("theme_sheet", True, ""),
        )
    ]
    one_more_of_everything(theme, chair)
    few = {address: asked_of(client, address) for address in addresses}
    for _ in range(3):
        one_more_of_everything(theme, chair)
    many = {address: asked_of(client, address) for address in addresses}
    assert many == few
    assert max(few.values()) <= 30
