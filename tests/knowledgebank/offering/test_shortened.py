"""What was agreed to stays agreed when the board takes a part out, also of what is planned."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from knowledgebank.models import Offer
from knowledgebank.offering import notices
from knowledgebank.offering.stages import Stage, progress_of, stage_of, with_facts
from knowledgebank.review.actions.blocks import withdraw_block
from kpo import jobs
from kpo.inbox.models import Notification
from tests.factories.offers import agree, agreed, edited, fresh, page_of, submitter
from tests.factories.review import live, reviewer

pytestmark = pytest.mark.django_db


def shown_and_planned() -> Offer:
    """Two texts that the submitter agreed to: readers have one, and get the other in a week."""
    offer = agreed(submitter(), reviewer(0))
    page_of(offer).get_latest_revision().publish()
    text: Any = live(page_of(offer))
    text.summary, text.go_live_at = "Vanaf volgende week.", timezone.now() + timedelta(days=7)
    text.save_revision(user=reviewer(0))
    agree(offer)
    page_of(offer).get_latest_revision().publish()
    assert live(page_of(offer)).scheduled_revision
    return fresh(offer)


def stages(offer: Offer) -> set[Stage]:
    """By the list and by the page behind it."""
    return {stage_of(with_facts(Offer.objects.all()).get()), progress_of(fresh(offer)).stage}


def told(offer: Offer) -> int:
    """How often the submitter was asked to look again."""
    jobs.drain()
    asked = Notification.objects.filter(kind=notices.CONSENT.name, person=offer.person)
    return sum(line.facts == {"outcome": "lapsed"} for line in asked)


def take_out(offer: Offer) -> None:
    page = live(page_of(offer))
    withdraw_block(actor=reviewer(1), page=page, key=str(page.body[0].id), reason="Klopt niet.")


def test_a_planned_text_without_the_part_waits_for_nobody() -> None:
    offer = shown_and_planned()
    before = told(offer)
    assert stages(offer) == {Stage.AGREED}
    take_out(offer)
    assert stages(offer) == {Stage.AGREED}
    assert told(offer) == before


def test_a_draft_after_the_planned_text_still_waits_for_an_answer() -> None:
    offer = shown_and_planned()
    edited(offer, "Wat daarna komt.", by=reviewer(0))
    assert stages(offer) == {Stage.CONSENT}
    take_out(offer)
    assert stages(offer) == {Stage.CONSENT}
