"""Taking a block out of a page that stands."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knowledgebank.models import Practice, PracticeIndexPage, Release, ReviewItem
from knowledgebank.review import people
from knowledgebank.review.actions.blocks import withdraw_block
from knowledgebank.review.actions.rounds import submit
from knowledgebank.review.parts import parts_of
from knowledgebank.upkeep.dates import carry
from kpo.pages.jobs import publish_scheduled
from kpo.people import tokens
from kpo.people.models import User
from kpo.people.roles import Role
from tests.factories.pages import placed, theme_page
from tests.factories.review import (
    approve,
    author,
    live,
    review_all,
    reviewer,
    submitted,
    text_of,
)

pytestmark = pytest.mark.django_db
SIGNALS = [
    {"type": "signal", "value": {"title": "Contant geld", "text": "", "seen_where": "Balie"}},
    {"type": "signal", "value": {"title": "Lege kavels", "text": "", "seen_where": "Park"}},
]


@pytest.fixture(autouse=True)
def demand_review() -> None:
    review_all()


def approved(writer: User) -> Any:
    page = theme_page(live=False, owner=writer, signals=SIGNALS)
    item = submitted(writer, page)
    approve(reviewer(0), item)
    approve(reviewer(1), item)
    found = live(page)
    assert found.trust
    return found


def key_of(page: Any, title: str) -> str:
    return next(part.key for part in parts_of(page) if title in part.excerpt)


def titles(page: Any) -> list[str]:
    return [block.value["title"] for block in page.signals]


def test_the_block_is_gone_and_the_rest_keeps_its_badge() -> None:
    page, chair = approved(author()), reviewer(2, role=Role.BOARD_CHAIR)
    Release.objects.update(released_at=timezone.now() - timezone.timedelta(days=40))
    before = live(page).trust
    withdraw_block(actor=chair, page=page, key=key_of(page, "Contant"), reason="Klopt niet meer.")
    after = live(page)
    assert titles(after) == ["Lege kavels"]
    assert after.trust == before
    assert "signaal): Klopt niet meer." in after.change_notes.get().text


def test_a_draft_that_is_ahead_loses_it_too_and_keeps_the_rest() -> None:
    writer = author()
    page = approved(writer)
    text_of(writer, page, summary="Een nieuwe samenvatting.")
    withdraw_block(
        actor=reviewer(0), page=page, key=key_of(page, "Contant"), reason="Klopt niet meer."
    )
    page = live(page)
    draft = page.get_latest_revision_as_object()
    assert titles(draft) == ["Lege kavels"]
    assert draft.summary == "Een nieuwe samenvatting."
    assert page.summary == "Wat er nieuw is."
    assert page.has_unpublished_changes


def test_who_wrote_a_draft_that_is_ahead_stays_its_author() -> None:
    writer, second, chair = author(), author(), reviewer(2, role=Role.BOARD_CHAIR)
    page = approved(writer)
    text_of(second, page, summary="Een nieuwe samenvatting.")
    withdraw_block(actor=chair, page=page, key=key_of(page, "Contant"), reason="Klopt niet meer.")
    item = submitted(writer, live(page), short_names=["Anders"])
    assert {second, chair, writer} <= set(people.authors_of(item))
    assert ReviewItem.objects.open().count() == 1


def test_only_who_has_a_seat_and_reads_the_page_takes_out_what_is_there() -> None:
    page = approved(author())
    key = key_of(page, "Contant")
    for person in (author(), reviewer(0, role=Role.REVIEWER), reviewer(0, role=Role.AMBASSADOR)):
        with pytest.raises(PermissionDenied):
            withdraw_block(actor=person, page=page, key=key, reason="Klopt niet meer.")
    for wrong, reason in ((key, " "), ("00000000-0000-0000-0000-000000000000", "Klopt niet.")):
        with pytest.raises(ValidationError):
            withdraw_block(actor=reviewer(0), page=page, key=wrong, reason=reason)
    assert len(titles(live(page))) == 2


def test_on_the_screen_the_board_picks_a_block_and_says_why() -> None:
    page, client = approved(author()), Client()
    client.force_login(reviewer(0))
    address = reverse("knowledgebank:withdraw_part", args=[page.uuid])
    assert address in client.get(page.url).content.decode()
    refused = client.post(address, {"key": key_of(page, "Lege"), "reason": ""})
    assert refused.status_code == 422
    answer = client.post(
        address, {"key": key_of(page, "Lege"), "reason": "Achterhaald."}, follow=True
    )
    shown = answer.content.decode()
    assert "Ingetrokken door de redactieraad (signaal): Achterhaald." in shown
    assert "Lege kavels" not in shown


def test_the_former_text_does_not_come_back_without_the_board() -> None:
    page = approved(author())
    former = page.live_revision
    withdraw_block(
        actor=reviewer(0), page=page, key=key_of(page, "Contant"), reason="Klopt niet meer."
    )
    with pytest.raises(ValidationError, match="nog niet goedgekeurd"):
        former.publish(user=author())
    assert titles(live(page)) == ["Lege kavels"]


def test_a_round_that_was_going_on_goes_on() -> None:
    writer = author()
    page = approved(writer)
    item = submitted(writer, page, summary="Een nieuwe samenvatting.")
    withdraw_block(
        actor=reviewer(2, role=Role.BOARD_CHAIR),
        page=page,
        key=key_of(page, "Contant"),
        reason="Klopt niet meer.",
    )
    item.refresh_from_db()
    assert item.is_open
    approve(reviewer(0), item)
    approve(reviewer(1), item)
    assert live(page).summary == "Een nieuwe samenvatting."
    assert titles(live(page)) == ["Lege kavels"]


def test_what_was_overdue_stays_overdue() -> None:
    page = approved(author())
    day = timezone.localdate() - timezone.timedelta(days=3)
    type(page).objects.filter(pk=page.pk).update(review_due_on=day)
    withdraw_block(
        actor=reviewer(0), page=live(page), key=key_of(page, "Contant"), reason="Klopt niet meer."
    )
    assert live(page).review_due_on == day


def test_a_text_that_is_judged_again_as_it_was_gets_a_new_date() -> None:
    writer = author()
    page = approved(writer)
    day = timezone.localdate() - timezone.timedelta(days=3)
    carry(page.knowledgepage_ptr, review_due_on=day)
    item = submit(actor=writer, page=live(page))
    assert item.revision_id == page.live_revision_id
    approve(reviewer(0), item)
    approve(reviewer(1), item)
    assert live(page).review_due_on > timezone.localdate()


def scheduled(writer: User, page: Any, **fields: Any) -> Any:
    """A text that the board approved, and that readers get in a week."""
    moment = timezone.now().replace(microsecond=0) + timedelta(days=7)
    item = submitted(writer, page, go_live_at=moment, **fields)
    approve(reviewer(0), item, value=5)
    approve(reviewer(1), item, value=5)
    found = live(page)
    assert found.scheduled_revision.approved_go_live_at == moment
    return found


def test_what_was_planned_goes_live_on_its_moment_without_the_block() -> None:
    writer = author()
    page = scheduled(writer, approved(writer), summary="Wat vanaf volgende week geldt.")
    moment = page.go_live_at or page.scheduled_revision.approved_go_live_at
    withdraw_block(
        actor=reviewer(2), page=page, key=key_of(page, "Contant"), reason="Klopt niet meer."
    )
    assert live(page).summary == "Wat er nieuw is."
    with time_machine.travel(moment - timedelta(minutes=1), tick=False):
        publish_scheduled.call()
        assert live(page).summary == "Wat er nieuw is."
    with time_machine.travel(moment + timedelta(minutes=1), tick=False):
        publish_scheduled.call()
    after = live(page)
    assert after.summary == "Wat vanaf volgende week geldt."
    assert titles(after) == ["Lege kavels"]
    assert after.trust.reliability == 5
    assert [note.text for note in after.change_notes.all()] == [
        "Ingetrokken door de redactieraad (signaal): Klopt niet meer."
    ]


def test_a_draft_after_what_was_planned_stays_a_draft() -> None:
    writer = author()
    page = scheduled(writer, approved(writer), summary="Wat vanaf volgende week geldt.")
    text_of(writer, page.get_latest_revision_as_object(), summary="Wat daarna komt.")
    withdraw_block(
        actor=reviewer(2), page=live(page), key=key_of(page, "Contant"), reason="Klopt niet meer."
    )
    draft = live(page).get_latest_revision_as_object()
    assert (draft.summary, titles(draft)) == ("Wat daarna komt.", ["Lege kavels"])
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        publish_scheduled.call()
    assert live(page).summary == "Wat vanaf volgende week geldt."
    assert live(page).has_unpublished_changes


def test_what_nobody_approved_does_not_go_live_by_being_planned() -> None:
    writer = author()
    page = approved(writer)
    text_of(writer, page, summary="Wat niemand las.")
    moment = timezone.now() + timedelta(days=7)
    page.revisions.filter(pk=live(page).latest_revision_id).update(approved_go_live_at=moment)
    withdraw_block(
        actor=reviewer(2), page=live(page), key=key_of(page, "Contant"), reason="Klopt niet meer."
    )
    with time_machine.travel(moment + timedelta(minutes=1), tick=False):
        publish_scheduled.call()
    assert live(page).summary == "Wat er nieuw is."
    assert titles(live(page)) == ["Lege kavels"]


def test_the_planned_text_as_it_was_does_not_come_back() -> None:
    writer = author()
    page = scheduled(writer, approved(writer), summary="Wat vanaf volgende week geldt.")
    former = page.scheduled_revision
    withdraw_block(
        actor=reviewer(2), page=page, key=key_of(page, "Contant"), reason="Klopt niet meer."
    )
    with (
        time_machine.travel(timezone.now() + timedelta(days=8), tick=False),
        pytest.raises(ValidationError, match="nog niet goedgekeurd"),
    ):
        former.publish(user=writer)


def test_a_planned_text_of_which_nothing_is_left_is_a_draft_again() -> None:
    writer = author()
    body = [{"type": "paragraph", "value": f"<p>{word} kavels.</p>"} for word in ("Volle", "Lege")]
    practice = Practice(title="Kavels tellen", slug="kavels", audience=tokens.PUBLIC, body=body)
    page = placed(PracticeIndexPage.objects.get(), practice, live=False)
    item = submitted(writer, page)
    approve(reviewer(0), item)
    approve(reviewer(1), item)
    page = live(page)
    page = scheduled(writer, page, body=[page.body.raw_data[0]])
    withdraw_block(
        actor=reviewer(2), page=page, key=key_of(page, "Volle"), reason="Klopt niet meer."
    )
    assert live(page).scheduled_revision is None
    assert [part.excerpt for part in parts_of(live(page))] == ["Lege kavels."]
    with pytest.raises(ValidationError, match="blijft er niets over"):
        withdraw_block(
            actor=reviewer(2), page=page, key=key_of(live(page), "Lege"), reason="Klopt niet meer."
        )
