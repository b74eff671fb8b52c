"""No way to publish gets past the submitter: each is tried on a text that nobody agreed to."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page

from knowledgebank.models import KnowledgePage, Offer, Practice, ReviewItem
from knowledgebank.offering.actions import consenting
from knowledgebank.offering.stages import Stage, progress_of
from knowledgebank.review.actions.blocks import withdraw_block
from knowledgebank.review.actions.releases import let_in
from knowledgebank.review.actions.rounds import submit
from kpo.pages.actions import change_audience
from kpo.people import tokens
from kpo.people.models import User
from kpo.people.roles import Role
from tests.factories.offers import (
    agree,
    agreed,
    ambassador,
    asked,
    edited,
    fresh,
    page_of,
    submitter,
    taken_in,
)
from tests.factories.pages import theme_page
from tests.factories.people import UserFactory
from tests.factories.review import approve, is_published, live, review_all, reviewer
from tests.knowledgebank.review.test_gate import (
    by_copy_kept_live,
    by_method,
    by_schedule,
    by_wagtails_action,
)

pytestmark = pytest.mark.django_db


def by_saving(page: Any, editor: User) -> None:
    stored = live(page)
    stored.live = True
    stored.save()


def by_saving_its_state(page: Any, editor: User) -> None:
    stored = live(page)
    stored.live = True
    stored.save(update_fields=["live"])


def by_saving_as_plain_page(page: Any, editor: User) -> None:
    plain = Page.objects.get(pk=page.pk)
    plain.live = True
    plain.save()


def by_saving_as_knowledge_page(page: Any, editor: User) -> None:
    plain = KnowledgePage.objects.get(pk=page.pk)
    plain.live = True
    plain.save()


def by_denying_where_it_came_from(page: Any, editor: User) -> None:
    stored = live(page)
    stored.live, stored.offer = True, None
    stored.save()


def by_letting_in(page: Any, editor: User) -> None:
    let_in(actor=None, page=page, source="import")
    by_method(page, editor)


WAYS = [
    by_method,
    by_wagtails_action,
    by_saving,
    by_saving_its_state,
    by_saving_as_plain_page,
    by_saving_as_knowledge_page,
    by_denying_where_it_came_from,
    by_schedule,
    by_copy_kept_live,
    by_letting_in,
]


@pytest.mark.parametrize("must_be_reviewed", [True, False])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_no_way_publishes_what_its_submitter_did_not_agree_to(
    way: Any, must_be_reviewed: bool
) -> None:
    offer = taken_in(submitter(), reviewer(0))
    if must_be_reviewed:
        review_all()
    with suppress(ValidationError), transaction.atomic():
        way(page_of(offer), UserFactory(roles=[Role.EDITOR]))
    assert not Practice.objects.live().exists()


def test_the_editors_button_and_the_board_say_what_is_missing(client: Client) -> None:
    offer = taken_in(submitter(), reviewer(0))
    review_all()
    editor = UserFactory(roles=[Role.EDITOR])
    with pytest.raises(ValidationError, match="moet deze tekst eerst goed vinden"):
        submit(actor=editor, page=page_of(offer))
    client.force_login(editor)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    asked_for = f"{address}?id={page_of(offer).pk}"
    answer = client.post(asked_for, {"include_descendants": ""}, follow=True, HTTP_REFERER="/cms/")
    assert "moet deze tekst eerst goed vinden" in answer.content.decode()


def test_with_consent_and_without_review_an_editor_publishes() -> None:
    offer = agreed(submitter(), reviewer(0))
    page_of(offer).get_latest_revision().publish()
    assert is_published(page_of(offer))
    assert progress_of(fresh(offer)).stage == Stage.PUBLISHED


def test_an_edit_after_consent_asks_again() -> None:
    offer = agreed(submitter(), reviewer(0))
    edited(offer)
    assert progress_of(fresh(offer)).stage == Stage.CONSENT
    with pytest.raises(ValidationError):
        page_of(offer).get_latest_revision().publish()
    agree(offer)
    page_of(offer).get_latest_revision().publish()
    assert live(page_of(offer)).summary == "Bewerkt."


def test_a_later_no_takes_back_an_earlier_yes() -> None:
    offer = agreed(submitter(), reviewer(0))
    seen = progress_of(offer).mark
    consenting.not_yet(actor=offer.person, offer=offer, seen=seen, remark="Toch niet.")
    with pytest.raises(ValidationError):
        page_of(offer).get_latest_revision().publish()


def test_an_edit_in_the_boards_round_lapses_votes_and_consent() -> None:
    review_all()
    offer = agreed(submitter(), reviewer(0))
    item = ReviewItem.objects.get(page=page_of(offer))
    assert progress_of(fresh(offer)).stage == Stage.REVIEW
    approve(reviewer(1), item)
    edited(offer, by=reviewer(0))
    approve(reviewer(1), item)
    approve(reviewer(2), item)
    assert not is_published(item.page)
    # The votes are in: the consent that comes last publishes.
    agree(offer)
    assert is_published(item.page)


def test_who_offered_it_and_colleagues_do_not_judge_it() -> None:
    review_all()
    offer = agreed(submitter(), reviewer(0))
    item = ReviewItem.objects.get(page=page_of(offer))
    colleague = UserFactory(roles=[Role.BOARD_MEMBER], organisation=offer.organisation)
    with pytest.raises(ValidationError, match="dezelfde organisatie"):
        approve(colleague, item)


def test_a_live_page_is_not_opened_to_more_readers_than_was_agreed() -> None:
    offer = agreed(submitter(), reviewer(0), audience=tokens.ACCOUNTS)
    page = page_of(offer)
    page.get_latest_revision().publish()
    editor = UserFactory(roles=[Role.EDITOR])
    with pytest.raises(ValidationError, match="kleinere groep"):
        change_audience(actor=editor, page=page, audience=tokens.PUBLIC)
    change_audience(actor=editor, page=page, audience=tokens.NOBODY)
    change_audience(actor=editor, page=page, audience=tokens.PUBLIC_SECTOR)
    assert live(page).audience == tokens.PUBLIC_SECTOR


def test_a_copy_that_stays_live_shows_no_newer_text() -> None:
    offer = agreed(submitter(), reviewer(0))
    page_of(offer).get_latest_revision().publish()
    edited(offer)
    with pytest.raises(ValidationError):
        by_copy_kept_live(live(page_of(offer)), offer.person)
    assert Practice.objects.count() == 1


def test_an_alias_shows_what_was_agreed_to() -> None:
    offer = agreed(submitter(), reviewer(0))
    page = page_of(offer)
    page.get_latest_revision().publish()
    alias = CreatePageAliasAction(live(page), update_slug="alias").execute(
        skip_permission_checks=True
    )
    assert live(alias).live
    stored = live(alias)
    stored.title = "Anders"
    with pytest.raises(ValidationError):
        stored.save()


def test_the_board_takes_a_part_out_of_what_was_agreed_to() -> None:
    offer = agreed(submitter(), reviewer(0))
    page_of(offer).get_latest_revision().publish()
    page = live(page_of(offer))
    withdraw_block(actor=reviewer(1), page=page, key=str(page.body[0].id), reason="Klopt niet.")
    assert [block.block_type for block in live(page).body] == ["paragraph"]
    assert progress_of(fresh(offer)).stage == Stage.PUBLISHED


def test_for_who_left_the_board_goes_on_without_a_name() -> None:
    offer = asked(submitter(), reviewer(0), attribution=Offer.Attribution.NAME)
    seen = progress_of(offer).mark
    chair = reviewer(1, role=Role.BOARD_CHAIR)
    with pytest.raises(ValidationError, match="heeft nog een account"):
        consenting.go_on_without(actor=chair, offer=offer, seen=seen)
    User.objects.filter(pk=offer.person_id).update(is_active=False, left_because="stopped")
    consenting.go_on_without(actor=chair, offer=fresh(offer), seen=seen)
    page_of(offer).get_latest_revision().publish()
    assert live(page_of(offer)).attributed_to == "Gemeente Zutphen"


def test_only_the_board_goes_on_for_who_left() -> None:
    theme = theme_page()
    guard = ambassador(theme)
    offer = asked(submitter(), guard, themes=[theme])
    User.objects.filter(pk=offer.person_id).update(is_active=False, left_because="stopped")
    with pytest.raises(PermissionDenied):
        consenting.go_on_without(actor=guard, offer=fresh(offer), seen=progress_of(offer).mark)
