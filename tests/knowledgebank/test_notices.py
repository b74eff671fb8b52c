"""Who hears that knowledge changed or is new, and in which words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from knowledgebank.models import ChangeNote
from knowledgebank.notices import CHANGED, NEW, UPDATED, mark_of
from knowledgebank.vocabulary import Significance
from kpo import jobs
from kpo.inbox.actions import follow
from kpo.inbox.models import Notification
from kpo.pages.actions import change_audience
from kpo.people import tokens
from kpo.people.choices import Sector
from kpo.people.models import User
from kpo.people.reader import reader_for
from kpo.people.roles import Role
from tests.conftest import Team
from tests.factories.pages import knowledge_document, theme_page
from tests.factories.people import CircleFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
NOTE = "De termijn is zes weken geworden."


@pytest.fixture
def person() -> User:
    return UserFactory()


def publish_with(page: Any, **note: Any) -> None:
    values = {"text": NOTE, "on": timezone.localdate()} | note
    page.change_notes.add(ChangeNote(**values))
    page.save_revision().publish()
    page.refresh_from_db()


def told(person: User) -> list[tuple[str, str]]:
    """(kind, sentence) of what this person sees."""
    jobs.drain()
    reader = reader_for(User.objects.get(pk=person.pk))
    rows = list(Notification.objects.visible_to(reader).order_by("pk"))
    kinds = {kind.name: kind for kind in (CHANGED, NEW)}
    return [(row.kind, kinds[row.kind].sentences(reader, [row])[row.pk]) for row in rows]


def test_a_follower_hears_what_changed(person: User) -> None:
    theme = theme_page()
    follow(actor=person, page=theme)
    publish_with(theme)
    publish_with(theme, text="Lees dit opnieuw.", significance=Significance.IMPORTANT)
    assert told(person) == [
        (CHANGED.name, NOTE),
        (CHANGED.name, "Belangrijk: Lees dit opnieuw."),
    ]


def test_a_publication_without_a_note_or_with_a_small_one_is_no_news(person: User) -> None:
    theme = theme_page()
    follow(actor=person, page=theme)
    theme.save_revision().publish()
    publish_with(theme, significance=Significance.MINOR)
    publish_with(theme, on=timezone.localdate() - timedelta(days=40))
    assert told(person) == []


def test_a_note_that_is_gone_is_not_quoted(person: User) -> None:
    theme = theme_page()
    follow(actor=person, page=theme)
    publish_with(theme)
    jobs.drain()
    ChangeNote.objects.all().delete()
    assert told(person) == [(CHANGED.name, UPDATED)]


def test_two_notes_differ_by_what_they_say() -> None:
    today = timezone.localdate()
    assert mark_of(ChangeNote(on=today, text="a")) != mark_of(ChangeNote(on=today, text="b"))


def test_who_follows_a_theme_hears_of_a_new_document_once(person: User) -> None:
    themes = [theme_page(title="Bibob"), theme_page(title="Vastgoed")]
    for theme in themes:
        follow(actor=person, page=theme)
    document = knowledge_document(themes=themes)
    document.unpublish()
    document.save_revision().publish()
    assert told(person) == [(NEW.name, "Nieuw bij Bibob, Vastgoed.")]


def test_a_theme_that_the_reader_may_not_read_is_neither_a_reason_nor_named(
    team: Team, person: User
) -> None:
    open_theme, other = theme_page(title="Bibob"), theme_page(title="Vastgoed")
    for theme in (open_theme, other):
        follow(actor=person, page=theme)
    change_audience(actor=team[Role.EDITOR], page=other, audience=tokens.NOBODY)
    knowledge_document(themes=[other])
    knowledge_document(themes=[open_theme, other])
    assert told(person) == [(NEW.name, "Nieuw bij Bibob.")]


def test_a_closed_document_is_told_within_its_circle(person: User) -> None:
    member = UserFactory(organisation=OrganisationFactory(sector=Sector.RIEC))
    theme = theme_page(title="Bibob")
    for one in (person, member):
        follow(actor=one, page=theme)
    knowledge_document(CircleFactory(parts=[("sector", Sector.RIEC)]).token, themes=[theme])
    assert told(person) == []
    assert told(member) == [(NEW.name, "Nieuw bij Bibob.")]


def test_the_author_of_a_publication_is_not_told(team: Team, person: User) -> None:
    theme, author = theme_page(), team[Role.EDITOR]
    for one in (person, author):
        follow(actor=one, page=theme)
    theme.change_notes.add(ChangeNote(text=NOTE))
    theme.save_revision(user=author).publish(user=author)
    assert (told(author), told(person)) == ([], [(CHANGED.name, NOTE)])
