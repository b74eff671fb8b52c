"""No way to publish gets past the board: each is tried on a text that nobody approved."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from knowledgebank.models import KnowledgeDocument, Release, ReviewRule, ThemePage
from knowledgebank.review.actions.releases import let_in
from knowledgebank.review.content import fingerprint, fingerprint_of
from kpo.pages.jobs import publish_scheduled
from kpo.people.models import User
from kpo.people.roles import Role
from tests.factories.pages import knowledge_document, theme_page
from tests.factories.people import UserFactory
from tests.factories.review import is_published, live, review_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed() -> Any:
    """A live theme with a newer text that nobody has approved."""
    page = theme_page(title="Oud")
    review_all()
    page.title = "Nieuw"
    page.save_revision()
    return page


def by_method(page: Any, editor: User) -> None:
    page.get_latest_revision().publish()


def by_wagtails_action(page: Any, editor: User) -> None:
    revision = page.get_latest_revision()
    PublishPageRevisionAction(revision, user=editor).execute(skip_permission_checks=True)


def by_saving(page: Any, editor: User) -> None:
    stored = live(page)
    stored.title = "Nieuw"
    stored.save()


def by_saving_as_plain_page(page: Any, editor: User) -> None:
    plain = Page.objects.get(pk=page.pk)
    plain.title = "Nieuw"
    plain.save()


def by_schedule(page: Any, editor: User) -> None:
    revision = page.get_latest_revision()
    type(revision).objects.filter(pk=revision.pk).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=1)
    )
    publish_scheduled.call()


def by_copy_kept_live(page: Any, editor: User) -> None:
    revised = page.get_latest_revision_as_object()
    CopyPageAction(revised, keep_live=True, update_attrs={"slug": "kopie"}).execute(
        skip_permission_checks=True
    )


WAYS: list[Callable[[Any, User], None]] = [
    by_method,
    by_wagtails_action,
    by_saving,
    by_saving_as_plain_page,
    by_schedule,
    by_copy_kept_live,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_no_way_publishes_what_nobody_approved(changed: Any, way: Any) -> None:
    editor = UserFactory(roles=[Role.EDITOR])
    # Some refuse with a sentence, the schedule writes it in the log.
    with suppress(ValidationError), transaction.atomic():
        way(changed, editor)
    assert live(changed).title == "Oud"
    assert not ThemePage.objects.live().filter(title="Nieuw").exists()


def test_the_editors_button_refuses_with_a_sentence_and_keeps_what_was_typed(
    changed: Any, client: Client
) -> None:
    client.force_login(UserFactory(roles=[Role.EDITOR]))
    typed: dict[str, Any] = {
        "title": "Nieuw",
        "slug": changed.slug,
        "what": rich_text("<p>Nog een zin.</p>"),
        "experts": inline_formset([]),
        "citations": inline_formset([]),
        "change_notes": inline_formset([]),
        "comments": inline_formset([]),
    }
    streams = ("in_short", "manifestations", "signals", "interventions", "stages", "videos")
    typed |= {name: streamfield([]) for name in streams}
    data = nested_form_data(typed) | {"action-publish": "1"}
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[changed.pk]), data)
    assert "nog niet goedgekeurd" in answer.content.decode()
    assert "Nog een zin." in answer.content.decode()
    assert live(changed).title == "Oud"


def test_publishing_many_pages_at_once_refuses_with_a_sentence(
    changed: Any, client: Client
) -> None:
    client.force_login(UserFactory(roles=[Role.EDITOR]))
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    asked = f"{address}?id={changed.pk}"
    answer = client.post(asked, {"include_descendants": ""}, follow=True, HTTP_REFERER="/cms/")
    assert "nog niet goedgekeurd" in answer.content.decode()
    assert live(changed).title == "Oud"


def test_a_copy_that_is_published_at_once_is_refused_with_a_sentence(
    changed: Any, client: Client
) -> None:
    client.force_login(UserFactory(roles=[Role.EDITOR]))
    copied = {
        "new_title": "Kopie",
        "new_slug": "kopie",
        "new_parent_page": changed.get_parent().pk,
        "publish_copies": "on",
    }
    address = reverse("wagtailadmin_pages:copy", args=[changed.pk])
    answer = client.post(address, copied, follow=True)
    assert "nog niet goedgekeurd" in answer.content.decode()
    assert not ThemePage.objects.filter(slug="kopie").exists()


def test_what_was_live_before_stays_live_and_can_be_kept_up(changed: Any) -> None:
    page = live(changed)
    page.review_due_on = timezone.localdate()
    page.save()
    page.obsolete_since = timezone.localdate()
    page.save(update_fields=["obsolete_since"])
    assert is_published(page)


def test_taken_down_it_does_not_come_back_unapproved(changed: Any) -> None:
    page = live(changed)
    page.unpublish()
    with pytest.raises(ValidationError):
        page.revisions.order_by("pk").first().publish()
    assert not is_published(page)


def test_an_alias_shows_what_its_source_shows_and_nothing_newer(changed: Any) -> None:
    page = live(changed)
    alias = CreatePageAliasAction(page, update_slug="alias").execute(skip_permission_checks=True)
    assert live(alias).live
    page.unpublish()
    stored = live(alias)
    stored.live = True
    with pytest.raises(ValidationError):
        stored.save()


def test_an_import_is_let_in_and_says_that_nobody_judged_it(changed: Any) -> None:
    let_in(actor=None, page=changed, source="import")
    changed.get_latest_revision().publish()
    page = live(changed)
    assert page.title == "Nieuw"
    assert page.review_state == "unreviewed"
    assert page.release.way == Release.Way.IMPORT


def test_a_release_is_of_one_text_only(changed: Any) -> None:
    let_in(actor=None, page=changed, source="import")
    revision = changed.get_latest_revision()
    changed.title = "Nog nieuwer"
    changed.save_revision(overwrite_revision=revision)
    with pytest.raises(ValidationError):
        changed.get_latest_revision().publish()


def test_a_fingerprint_is_of_the_text_alone(changed: Any) -> None:
    revision = changed.get_latest_revision()
    let_in(actor=None, page=changed, source="import")
    before = fingerprint_of(revision)
    revision.publish()
    page = live(changed)
    assert fingerprint(page) == before
    page.move(page.get_parent(), pos="first-child")
    assert fingerprint(live(page)) == before


def test_the_order_in_which_the_database_keeps_a_block_is_no_other_text() -> None:
    body = '[{"type": "heading", "value": "Kop", "id": "0f857bd6-8769-5f5c-b796-b139f49bc72d"}]'
    page = knowledge_document(live=False, body=body)
    review_all()
    # As it was made, and as the database gives it back.
    assert fingerprint(page) == fingerprint(live(page))


def test_a_rule_for_one_kind_leaves_the_others_under_review() -> None:
    video = knowledge_document(kind="video", live=False)
    guide = knowledge_document(kind="handreiking", live=False)
    review_all()
    ReviewRule.objects.create(page_type="knowledgedocument", kind="video", is_required=False)
    video.save_revision().publish()
    assert is_published(video)
    with pytest.raises(ValidationError):
        guide.save_revision().publish()


def test_no_change_of_kind_gets_a_page_past_the_board() -> None:
    guide = knowledge_document(kind="handreiking")
    review_all()
    ReviewRule.objects.create(page_type="knowledgedocument", kind="video", is_required=False)
    guide.kind = "video"
    guide.title = "Nieuw"
    with pytest.raises(ValidationError):
        guide.save_revision().publish()
    assert KnowledgeDocument.objects.get(pk=guide.pk).kind == "handreiking"


def test_the_narrowest_rule_holds() -> None:
    theme = theme_page()
    about = knowledge_document(kind="video", themes=[theme], live=False)
    review_all()
    ReviewRule.objects.create(page_type="knowledgedocument", is_required=False)
    ReviewRule.objects.create(page_type="knowledgedocument", theme=theme, is_required=True)
    with pytest.raises(ValidationError):
        about.save_revision().publish()


def test_a_text_is_the_same_however_its_blocks_were_read() -> None:
    value = {"title": "Kavels wisselen", "text": "Vaak.", "seen_where": "Kadaster"}
    rows = [{"type": "signal", "value": value, "id": "b62579bf-93d1-53d6-9608-cdd1a89cb4d4"}]
    page = theme_page(live=False, signals=json.dumps(rows))
    page.save_revision()
    stored = type(page).objects.get(pk=page.pk)
    looked_at = type(page).objects.get(pk=page.pk)
    assert [block.value["title"] for block in looked_at.signals] == ["Kavels wisselen"]
    made = fingerprint_of(page.get_latest_revision())
    assert fingerprint(stored) == fingerprint(looked_at) == fingerprint(page) == made
