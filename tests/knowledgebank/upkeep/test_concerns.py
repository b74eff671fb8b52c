"""A reader doubts a passage; it comes to who keeps the page, and the reader hears the outcome."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from knowledgebank.models import Concern
from knowledgebank.review.reading import sections_of
from knowledgebank.upkeep.actions import concerns
from knowledgebank.upkeep.notices import ANSWERED, HANDED, RAISED
from knowledgebank.upkeep.people import readers_of
from kpo import jobs
from kpo.audit.models import Entry
from kpo.inbox.lines import lines_of
from kpo.inbox.models import Notification
from kpo.pages.actions import change_audience
from kpo.people import tokens
from kpo.people.choices import Sector
from kpo.people.models import User
from kpo.people.reader import reader_for
from kpo.people.roles import Role
from tests.factories.pages import knowledge_document, theme_page
from tests.factories.people import CircleFactory, OrganisationFactory, UserFactory
from tests.factories.review import reviewer
from tests.factories.upkeep import ambassador, closed, concern

pytestmark = pytest.mark.django_db


def as_(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def told(person: User) -> list[tuple[str, str]]:
    jobs.drain()
    reader = reader_for(User.objects.get(pk=person.pk))
    rows = list(Notification.objects.visible_to(reader).unread().order_by("pk"))
    return [(line.row.kind, line.sentence) for line in lines_of(reader, rows)]


def test_a_reader_raises_it_from_the_page_and_follows_it_to_the_outcome() -> None:
    reader, owner = UserFactory(), UserFactory()
    page = theme_page(responsible=owner)
    visitor = as_(reader)
    address = reverse("knowledgebank:raise_concern", args=[page.uuid])
    assert address in text(visitor.get(page.url))
    section = sections_of(page)[1]
    typed = {
        "section": section.anchor,
        "quote": "Uitleg.",
        "reason": "wrong",
        "text": "De termijn is nu zes weken.",
    }
    answer = visitor.post(address, typed, follow=True)
    assert "Bedankt" in text(answer)
    made = Concern.objects.get()
    assert (made.heading, made.revision_id) == (section.heading, page.live_revision_id)
    assert told(owner) == [(RAISED.name, "Een lezer vraagt zich af of dit nog klopt.")]

    keeper = as_(owner)
    item = reverse("knowledgebank:concern", args=[made.uuid])
    assert item in text(keeper.get(reverse("knowledgebank:concerns")))
    assert "De termijn is nu zes weken." in text(keeper.get(item))
    keeper.post(reverse("knowledgebank:concern_oppakken", args=[made.uuid]))
    closing = {"outcome": "fixed", "explanation": "Er staat nu zes weken."}
    keeper.post(reverse("knowledgebank:concern_afsluiten", args=[made.uuid]), closing)

    assert told(reader) == [
        (ANSWERED.name, "De tekst is aangepast. Er staat nu zes weken."),
    ]
    assert told(owner) == []
    own = text(visitor.get(reverse("knowledgebank:own_concerns")))
    assert "Er staat nu zes weken." in own
    assert "De tekst is aangepast" in text(visitor.get(item))
    actions = set(Entry.objects.values_list("action", flat=True))
    assert {f"knowledgebank.{verb}_concern" for verb in ("raise", "assign", "close")} <= actions


def test_the_same_passage_is_refused_twice_and_what_was_typed_stays() -> None:
    reader, page = UserFactory(), theme_page()
    first = concern(page, reader)
    address = reverse("knowledgebank:raise_concern", args=[page.uuid])
    answer = as_(reader).post(address, {"reason": "wrong", "text": "Nog een keer, met meer."})
    assert answer.status_code == 422
    assert "heb je al gemeld" in text(answer)
    assert "Nog een keer, met meer." in text(answer)
    # Another passage, another reader, or after the outcome: fine.
    concern(page, reader, quote="Een andere zin.")
    concern(page)
    closed(first, reviewer())
    concern(page, reader)


def test_who_raises_many_is_asked_to_wait_and_loses_nothing(settings: Settings) -> None:
    settings.KPO_RATE_LIMITS = {**settings.KPO_RATE_LIMITS, "raise_concern": "1/h/user"}
    visitor = as_(UserFactory())
    address = reverse("knowledgebank:raise_concern", args=[theme_page().uuid])
    assert visitor.post(address, {"reason": "wrong"}).status_code == 302
    answer = visitor.post(address, {"reason": "wrong", "text": "Ook dit nog."})
    assert answer.status_code == 429
    assert "Ook dit nog." in text(answer)


def test_a_number_of_a_person_is_refused() -> None:
    address = reverse("knowledgebank:raise_concern", args=[theme_page().uuid])
    answer = as_(UserFactory()).post(address, {"reason": "wrong", "text": "BSN 111222333"})
    assert answer.status_code == 422
    assert not Concern.objects.exists()


def test_an_outcome_without_explanation_is_refused_and_the_choice_stays() -> None:
    made = concern(theme_page())
    address = reverse("knowledgebank:concern_afsluiten", args=[made.uuid])
    answer = as_(reviewer()).post(address, {"outcome": "fixed", "explanation": " "})
    assert answer.status_code == 422
    made.refresh_from_db()
    assert made.is_open
    with pytest.raises(ValidationError, match="Schrijf wat je deed"):
        closed(made, reviewer(1), explanation=" ")


def test_a_concern_is_handed_over_to_who_may_read_the_page() -> None:
    page = theme_page(tokens.PUBLIC_SECTOR)
    made = concern(page)
    guard = ambassador(page)
    colleague, outsider = UserFactory(), UserFactory(private=True)
    address = reverse("knowledgebank:concern_doorgeven", args=[made.uuid])
    answer = as_(guard).post(address, {"email": outsider.email})
    assert answer.status_code == 422
    assert outsider.email in text(answer)
    assert as_(guard).post(address, {"email": colleague.email}).status_code == 302
    assert told(colleague) == [(HANDED.name, "Je bent gevraagd om deze melding af te handelen.")]
    made.refresh_from_db()
    closed(made, colleague)


def test_who_reads_along_may_not_decide() -> None:
    reader = UserFactory()
    made = concern(theme_page(), reader)
    with pytest.raises(PermissionDenied):
        concerns.take_up(actor=reader, concern=made)
    with pytest.raises(PermissionDenied):
        concerns.take_back(actor=reviewer(), concern=made)
    concerns.take_back(actor=reader, concern=made)
    with pytest.raises(ValidationError, match="al afgesloten"):
        closed(made, reviewer(1))


def test_who_lost_the_page_sees_nothing_of_their_own_concern() -> None:
    ours = OrganisationFactory(sector=Sector.RIEC)
    circle = CircleFactory(parts=[("sector", Sector.RIEC)])
    reader, page = UserFactory(), theme_page()
    made = concern(page, reader)
    change_audience(actor=UserFactory(roles=[Role.ADMINISTRATOR], organisation=ours),
                    page=page, audience=circle.token)  # fmt: skip
    made.refresh_from_db()
    closed(made, reviewer(organisation=ours))
    visitor = as_(reader)
    assert page.title not in text(visitor.get(reverse("knowledgebank:own_concerns")))
    assert visitor.get(reverse("knowledgebank:concern", args=[made.uuid])).status_code == 404
    assert told(reader) == []
    with pytest.raises(PermissionDenied):
        concern(page, reader)


def test_without_owner_and_ambassador_the_board_hears_and_with_one_it_does_not() -> None:
    member, page = reviewer(), theme_page()
    concern(page)
    assert [kind for kind, _ in told(member)] == [RAISED.name]
    guarded = theme_page()
    guard = ambassador(guarded)
    concern(knowledge_document(themes=[guarded]))
    assert [kind for kind, _ in told(guard)] == [RAISED.name]
    assert len(told(member)) == 1


def test_the_queue_of_a_reader_and_the_readers_of_a_concern_are_twins() -> None:
    ours = OrganisationFactory(sector=Sector.RIEC)
    circle = CircleFactory(parts=[("sector", Sector.RIEC)])
    raiser, owner = UserFactory(organisation=ours), UserFactory(organisation=ours)
    theme = theme_page(circle.token, responsible=owner)
    pages = [theme, theme_page(), knowledge_document(circle.token, themes=[theme]),
             theme_page(tokens.PUBLIC_SECTOR, responsible=UserFactory(private=True))]  # fmt: skip
    rows = [concern(page, raiser) for page in pages]
    rows[1].page.unpublish()
    concerns.take_up(actor=reviewer(organisation=ours), concern=rows[0])
    people = [raiser, owner, ambassador(theme), ambassador(theme, organisation=ours),
              reviewer(1), reviewer(organisation=ours), UserFactory(private=True),
              UserFactory(organisation=ours, roles=[Role.EDITOR])]  # fmt: skip
    answers = set()
    for row in Concern.objects.select_related("page"):
        seen_by = set(readers_of(row).values_list("pk", flat=True))
        for person in people:
            sees = Concern.objects.visible_to(reader_for(person)).filter(pk=row.pk).exists()
            assert (person.pk in seen_by) == sees, (row.page, person)
            answers.add(sees)
    assert answers == {True, False}


def test_who_deals_with_nothing_finds_no_queue_and_the_board_one_of_few_queries(
    django_assert_max_num_queries: Any,
) -> None:
    address = reverse("knowledgebank:concerns")
    for _ in range(3):
        concern(theme_page())
    assert as_(UserFactory()).get(address).status_code == 404
    member = as_(reviewer())
    member.get(address)
    with django_assert_max_num_queries(22):
        assert "Dit is verouderd" in text(member.get(address))


def test_the_second_page_of_a_list_is_of_the_same_list() -> None:
    chair, theme = reviewer(), theme_page()
    for _ in range(21):
        closed(concern(theme), chair)
    first = as_(chair).get(reverse("knowledgebank:concerns") + "?lijst=klaar")
    assert 'href="?lijst=klaar&amp;pagina=2"' in text(first)
