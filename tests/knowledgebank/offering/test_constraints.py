"""What the database itself refuses of an offer, whoever writes to it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from knowledgebank.models import Offer, OfferConsent, Practice
from tests.factories.offers import asked, draft, fresh, sent, submitter
from tests.factories.review import reviewer

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TAKEN_IN = "was not taken in"


def refused(name: str, rows: Any, **values: Any) -> None:
    """Written past every verb and form, as a shell or a fault would."""
    with pytest.raises(IntegrityError, match=name):
        write(rows, **values)


@transaction.atomic
def write(rows: Any, **values: Any) -> None:
    rows.update(**values)
    check_now()


def row_of(offer: Offer) -> Any:
    return Offer.objects.filter(pk=offer.pk)


def check_now() -> None:
    """What waits for the commit, asked at once."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"state": "somewhere"}, "offer_decided_at_some_moment"),
        ({"state": "somewhere", "decided_at": NOW}, "offer_decided_at_some_moment"),
        ({"attribution": "nickname"}, "offer_attribution_known"),
        ({"contact": "mother"}, "offer_contact_known"),
        ({"sent_at": NOW}, "offer_sent_at_some_moment"),
        ({"state": "withdrawn"}, "offer_decided_at_some_moment"),
        ({"state": "sent"}, "offer_sent_at_some_moment"),
        ({"state": "taken_in", "sent_at": NOW}, "offer_decided_at_some_moment"),
        ({"state": "sent", "sent_at": NOW, "decided_at": NOW}, "offer_decided_at_some_moment"),
        (
            {"state": "declined", "sent_at": NOW, "decided_at": NOW},
            "offer_declined_with_reason",
        ),
        ({"asked_at": NOW}, "offer_asked_of_a_page"),
    ],
)
def test_a_draft_is_not_turned_into_what_it_cannot_be(values: dict[str, Any], name: str) -> None:
    refused(name, row_of(draft(submitter())), **values)


def test_what_was_published_was_agreed_to_and_has_a_page() -> None:
    person, member = submitter(), reviewer(0)
    offer = asked(person, member)
    refused("offer_published_after_asking", row_of(offer), published_at=NOW, asked_at=None)
    Practice.objects.all().delete()
    check_now()
    refused("without a page", row_of(offer), published_at=NOW)


def test_an_offer_with_a_page_is_taken_in_and_stays_so() -> None:
    offer = asked(submitter(), reviewer(0))
    values = {"state": "sent", "decided_at": None, "asked_at": None}
    refused(TAKEN_IN, row_of(offer), **values)
    other = sent(submitter())
    refused(TAKEN_IN, Practice.objects.all(), offer=other)


def test_an_offer_whose_page_was_deleted_since_can_still_be_changed() -> None:
    offer = asked(submitter(), reviewer(0))
    Offer.objects.filter(pk=offer.pk).update(published_at=NOW)
    check_now()
    Practice.objects.all().delete()
    offer = fresh(offer)
    offer.attribution = Offer.Attribution.NAME
    offer.save()
    check_now()
    assert fresh(offer).published_at


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"is_given": False}, "offer_refusal_says_why"),
        ({"is_given": False, "remark": "Anders.", "is_by_board": True}, "offer_board_only_agrees"),
    ],
)
def test_not_yet_comes_with_a_reason_and_from_the_submitter(
    values: dict[str, Any], name: str
) -> None:
    offer = draft(submitter())
    with pytest.raises(IntegrityError, match=name):
        OfferConsent.objects.create(offer=offer, fingerprint="x", audience="accounts", **values)
