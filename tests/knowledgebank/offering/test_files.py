"""Who opens a file of an offer before its page is published: no longer than there is reason to."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from knowledgebank.models import Assignment, Offer, OfferFile, Practice, ReviewItem
from knowledgebank.offering.actions import drafting, handling
from knowledgebank.offering.files import can_open, openable
from knowledgebank.review.actions import rounds
from kpo.audit.models import Entry
from kpo.files.states import ScanState
from kpo.people import tokens
from kpo.people.models import User
from kpo.people.reader import reader_for
from kpo.people.roles import Role
from tests.factories.offers import agree, draft, edited, fresh, page_of, submitter, with_file
from tests.factories.people import UserFactory
from tests.factories.review import approve, review_all, reviewer

pytestmark = pytest.mark.django_db
CONTENT = b"Stap een."


@pytest.fixture
def people() -> dict[str, User]:
    """Who might open it; a partner judges without the CMS, and handles no offer."""
    review_all()
    person = submitter()
    return {
        "submitter": person,
        "member": reviewer(0),
        "partner": reviewer(2, role=Role.REVIEWER),
        "colleague who judges": UserFactory(
            organisation=person.organisation, roles=[Role.REVIEWER]
        ),
        "colleague": UserFactory(organisation=person.organisation),
        "stranger": UserFactory(),
    }


def before_board(people: dict[str, User], **fields: object) -> Offer:
    """Agreed to by who sent it in, with a file on it, and so before the board."""
    offer = draft(people["submitter"])
    with_file(offer, content=CONTENT, title="Stappenplan", **fields)
    drafting.send(actor=offer.person, offer=offer)
    handling.take_in(actor=people["member"], offer=fresh(offer), audience=tokens.ACCOUNTS)
    handling.ask_consent(actor=people["member"], offer=fresh(offer))
    agree(offer)
    return fresh(offer)


def opening(people: dict[str, User], row: OfferFile) -> set[str]:
    """Who opens it, by the address, by the queryset and by the predicate alike."""
    found = set()
    for name, person in people.items():
        client = Client()
        client.force_login(person)
        address = reverse("knowledgebank:offer_file", args=[row.offer.uuid, row.uuid])
        is_open = client.get(address).status_code == 200
        reader = reader_for(person)
        assert is_open == can_open(reader, row)
        assert is_open == openable(OfferFile.objects.all(), reader).filter(pk=row.pk).exists()
        found |= {name} if is_open else set()
    return found


def item_of(offer: Offer) -> ReviewItem:
    return ReviewItem.objects.filter(page=page_of(offer)).latest("pk")


HANDLING = {"submitter", "member"}


def test_who_may_judge_opens_it_while_the_round_lasts(people: dict[str, User]) -> None:
    row = before_board(people).files.get()
    assert opening(people, row) == {*HANDLING, "partner"}
    item = item_of(row.offer)
    client = Client()
    client.force_login(people["partner"])
    screen = client.get(reverse("knowledgebank:review_item", args=[item.uuid])).content.decode()
    address = reverse("knowledgebank:offer_file", args=[row.offer.uuid, row.uuid])
    assert address in screen
    assert b"".join(client.get(address).streaming_content) == CONTENT
    noted = Entry.objects.filter(action="files.read_closed")
    assert noted.filter(actor_id=people["partner"].uuid).exists()
    rounds.withdraw(actor=people["submitter"], item=item)
    assert opening(people, row) == HANDLING
    screen = client.get(reverse("knowledgebank:review_item", args=[item.uuid])).content.decode()
    assert address not in screen


def test_who_loses_the_role_or_the_readers_of_the_page_loses_the_file(
    people: dict[str, User],
) -> None:
    row = before_board(people).files.get()
    people["partner"].groups.clear()
    assert opening(people, row) == HANDLING
    people["other"] = reviewer(3, role=Role.REVIEWER)
    assert "other" in opening(people, row)
    item_of(row.offer).page.__class__.objects.filter(pk=page_of(row.offer).pk).update(
        audience="circle:44444444-4444-4444-8444-444444444444",
        working_audience="circle:44444444-4444-4444-8444-444444444444",
    )
    assert "other" not in opening(people, row)


def test_who_was_asked_opens_it_and_not_who_passed_it_on(people: dict[str, User]) -> None:
    row = before_board(people).files.get()
    asked = Assignment.objects.create(item=item_of(row.offer), person=people["stranger"])
    assert "stranger" in opening(people, row)
    asked.delete()
    assert "stranger" not in opening(people, row)


def test_whoever_wrote_along_judges_no_more_and_opens_no_more(people: dict[str, User]) -> None:
    offer = before_board(people)
    edited(offer, by=people["partner"])
    assert opening(people, offer.files.get()) == HANDLING


def test_only_what_stands_on_the_text_and_was_checked_is_opened(people: dict[str, User]) -> None:
    offer = before_board(people)
    elsewhere = with_file(offer, content=b"Los.")
    assert opening(people, elsewhere) == HANDLING
    row = offer.files.exclude(pk=elsewhere.pk).get()
    text = page_of(offer).get_latest_revision_as_object()
    text.files = []
    text.save_revision(user=people["member"])
    assert opening(people, row) == HANDLING
    row.document.scan_state = ScanState.UNSCANNED
    row.document.save()
    assert opening(people, row) == set()


def test_after_publication_a_file_that_is_narrowed_is_closed_to_who_judges(
    people: dict[str, User],
) -> None:
    offer = before_board(people)
    row = offer.files.get()
    for person in (reviewer(1), reviewer(3)):
        approve(person, item_of(offer))
    assert Practice.objects.get().live
    row.document.refresh_from_db()
    assert row.document.audience == tokens.ACCOUNTS
    row.document.audience = tokens.NOBODY
    row.document.save()
    edited(fresh(offer), "Nog eens.", by=people["member"])
    handling.ask_consent(actor=people["member"], offer=fresh(offer))
    agree(offer)
    assert item_of(offer).is_open
    assert opening(people, row) == HANDLING
