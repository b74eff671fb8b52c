"""What a published example shows: files, names by choice, and what goes when somebody leaves."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from knowledgebank.models import Offer, Practice, PracticeIndexPage
from knowledgebank.offering import notices
from knowledgebank.offering.actions import drafting, handling
from knowledgebank.offering.texts import practice_of
from knowledgebank.passages import body_passages
from kpo import jobs
from kpo.files.actions import mark_of_bytes, refuse_unscanned, release_unscanned
from kpo.files.states import ScanState
from kpo.inbox.models import Notification
from kpo.people import tokens
from kpo.people.actions.erasure import erase_person
from kpo.people.models import User
from kpo.people.reader import reader_for
from kpo.people.roles import Role
from search.models import Row
from tests.factories.offers import agree, agreed, draft, fresh, page_of, sent, submitter, with_file
from tests.factories.people import UserFactory
from tests.factories.review import live, reviewer

pytestmark = pytest.mark.django_db


def published(person: User, **fields: object) -> Practice:
    offer = agreed(person, reviewer(0), **fields)
    page_of(offer).get_latest_revision().publish()
    return live(page_of(offer))


def with_open_file(person: User) -> Offer:
    offer = draft(person)
    with_file(offer, content=b"Stap een.", pages=("Stap een.",), title="Stappenplan")
    drafting.send(actor=person, offer=offer)
    handling.take_in(actor=reviewer(0), offer=fresh(offer), audience=tokens.ACCOUNTS)
    handling.ask_consent(actor=reviewer(0), offer=fresh(offer))
    agree(offer)
    return fresh(offer)


def test_files_get_the_readers_of_the_page_when_it_goes_live() -> None:
    offer = with_open_file(submitter())
    row = offer.files.get()
    member, reader = Client(), Client()
    member.force_login(reviewer(1))
    reader.force_login(UserFactory())
    address = reverse("knowledgebank:offer_file", args=[offer.uuid, row.uuid])
    assert b"".join(member.get(address).streaming_content) == b"Stap een."
    assert reader.get(address).status_code == 404
    page_of(offer).get_latest_revision().publish()
    assert reader.get(row.document.url).status_code == 200
    assert "Stappenplan" in reader.get(page_of(offer).url).content.decode()


def test_an_offer_is_not_taken_in_before_its_files_were_checked() -> None:
    offer = draft(submitter())
    with_file(offer, scan_state=ScanState.UNSCANNED)
    drafting.send(actor=offer.person, offer=offer)
    with pytest.raises(ValidationError, match="gecontroleerd"):
        handling.take_in(actor=reviewer(0), offer=fresh(offer), audience=tokens.ACCOUNTS)


def refuse(actor: User, file: Any) -> None:
    refuse_unscanned(actor=actor, file=file, reason="Van een vreemde.", seen=mark_of_bytes(file))


def test_a_file_is_let_through_by_an_administrator_who_sees_nothing_of_it() -> None:
    offer = sent_with(scan_state=ScanState.UNSCANNED, title="Geheim stappenplan")
    document = offer.files.get().document
    submitting, administrator = Client(), UserFactory(roles=[Role.ADMINISTRATOR])
    submitting.force_login(offer.person)
    address = reverse("knowledgebank:offer", args=[offer.uuid])
    assert "Een beheerder kijkt eerst" in submitting.get(address).content.decode()
    seen = mark_of_bytes(document)
    release_unscanned(actor=administrator, file=document, reason="Zelf gescand.", seen=seen)
    assert "Een beheerder kijkt eerst" not in submitting.get(address).content.decode()
    assert handling.take_in(actor=reviewer(0), offer=offer, audience=tokens.ACCOUNTS)


def test_a_file_that_was_refused_is_taken_away_by_its_submitter_and_the_offer_goes_on() -> None:
    offer = sent_with(scan_state=ScanState.UNSCANNED)
    row = offer.files.get()
    remove = reverse("knowledgebank:offer_remove_file", args=[offer.uuid, row.uuid])
    submitting, administrator = Client(), UserFactory(roles=[Role.ADMINISTRATOR])
    submitting.force_login(offer.person)
    # What may still be let through stays with what was sent.
    submitting.post(remove)
    assert offer.files.exists()
    refuse(administrator, row.document)
    assert told_of_files() == [offer.person]
    with pytest.raises(ValidationError, match="weg te halen"):
        handling.take_in(actor=reviewer(0), offer=offer, audience=tokens.ACCOUNTS)
    status = submitting.get(reverse("knowledgebank:offer", args=[offer.uuid])).content.decode()
    assert "liet dit bestand niet door" in status
    assert "Van een vreemde." in status
    submitting.post(remove)
    assert not offer.files.exists()
    assert handling.take_in(actor=reviewer(0), offer=offer, audience=tokens.ACCOUNTS)


def told_of_files() -> list[User]:
    jobs.drain()
    return [line.person for line in Notification.objects.filter(kind=notices.FILE.name)]


def test_a_file_that_is_refused_is_told_of_where_it_still_goes_with_an_offer() -> None:
    administrator = UserFactory(roles=[Role.ADMINISTRATOR])
    concept, ended = draft(submitter()), sent_with(scan_state=ScanState.UNSCANNED)
    with_file(concept, scan_state=ScanState.UNSCANNED)
    drafting.withdraw(actor=ended.person, offer=ended)
    for offer in (concept, ended):
        file = offer.files.get().document
        refuse(administrator, file)
    assert told_of_files() == [concept.person]
    line = sentence_of(Notification.objects.get(kind=notices.FILE.name))
    assert line == "Een beheerder liet een bestand niet door. Haal het weg, dan kun je verder."


def sentence_of(line: Notification) -> str:
    return notices.FILE.sentences(reader_for(line.person), [line])[line.pk]


WAIT, ASK = "Tot dan kun je dit niet overnemen", "Vraag de inzender dat bestand weg te halen"


@pytest.mark.parametrize(
    ("states", "shown"),
    [
        ([{}], []),
        ([{"scan_state": ScanState.UNSCANNED}], [WAIT]),
        ([{"scan_state": ScanState.WAITING}], [WAIT]),
        ([{"scan_state": ScanState.REFUSED}], [ASK]),
        ([{"scan_state": ScanState.INFECTED}], [ASK]),
        ([{"is_held": True}], [ASK]),
        ([{"scan_state": ScanState.REFUSED}, {"scan_state": ScanState.UNSCANNED}], [WAIT, ASK]),
    ],
)
def test_who_handles_it_is_told_to_wait_only_where_waiting_helps(
    states: list[dict[str, Any]], shown: list[str]
) -> None:
    offer = sent(submitter())
    for fields in states:
        with_file(offer, **fields)
    client = Client()
    client.force_login(reviewer(0))
    screen = client.get(reverse("knowledgebank:offered_item", args=[offer.uuid])).content.decode()
    assert [sentence for sentence in (WAIT, ASK) if sentence in screen] == shown


def sent_with(**fields: Any) -> Offer:
    offer = draft(submitter())
    with_file(offer, **fields)
    drafting.send(actor=offer.person, offer=offer)
    return fresh(offer)


def test_it_is_for_a_group_to_which_both_belong() -> None:
    offer = sent(submitter(private=True, organisation=UserFactory(private=True).organisation))
    with pytest.raises(ValidationError, match="allebei"):
        handling.take_in(actor=reviewer(0), offer=offer, audience=tokens.PUBLIC_SECTOR)


def test_a_name_is_shown_by_choice_and_taken_away_at_once() -> None:
    person = submitter(first_name="Ada", last_name="Bos")
    page = published(person, attribution=Offer.Attribution.NAME)
    client = Client()
    client.force_login(UserFactory())
    places = (page.url, PracticeIndexPage.objects.get().url)
    assert all("Ada Bos" in client.get(place).content.decode() for place in places)
    drafting.show_name(actor=person, offer=fresh(page.offer), is_shown=False)
    assert not any("Ada Bos" in client.get(place).content.decode() for place in places)
    assert "Ada Bos" not in said_of(page)
    drafting.show_name(actor=person, offer=fresh(page.offer), is_shown=True)
    assert "Ada Bos" in said_of(page)


def said_of(page: Practice) -> str:
    """All that the index has of it."""
    rows = Row.objects.filter(key=f"practice:{page.uuid}")
    assert rows.exists()
    return str(list(rows.values()))


def test_an_erased_person_leaves_no_name_and_the_page_stays() -> None:
    person = submitter(first_name="Ada", last_name="Bos")
    page = published(person, attribution=Offer.Attribution.NAME, contact=Offer.Contact.ME)
    assert "Ada Bos" in said_of(page)
    erase_person(actor=None, person=person, reason="Gevraagd.")
    page = live(page)
    assert page.live
    assert page.attributed_to == "Gemeente Zutphen"
    assert "Ada Bos" not in said_of(page)
    assert not Offer.objects.exists()


def test_who_may_be_asked_is_named_as_the_submitter_chose() -> None:
    client = Client()
    client.force_login(UserFactory())
    person = submitter(first_name="Ada", last_name="Bos")
    page = published(person, contact=Offer.Contact.OTHER, contact_words="Team weerbaar")
    assert "Team weerbaar" in client.get(page.url).content.decode()
    other = published(person, contact=Offer.Contact.ME, title="Nog een")
    assert person.get_absolute_url() in client.get(other.url).content.decode()


def test_a_long_answer_becomes_part_of_the_story_and_a_short_one_a_fact() -> None:
    offer = draft(submitter(), effort="Kort.", outcome="Lang. " * 60, what="<b>Een</b>\n\nTwee")
    page = practice_of(offer)
    assert (page.effort, page.outcome) == ("Kort.", "")
    parts = {one.heading: one.text for one in body_passages(page.body)}
    assert list(parts) == ["Wat we deden", "Wat het opleverde"]
    assert parts["Wat we deden"] == "<b>Een</b> Twee"


def test_what_was_withdrawn_takes_its_page_along_and_what_is_live_stays() -> None:
    offer = agreed(submitter(), reviewer(0))
    drafting.withdraw(actor=offer.person, offer=offer)
    assert not Practice.objects.exists()
    page = published(submitter())
    with pytest.raises(ValidationError, match="al gepubliceerd"):
        drafting.withdraw(actor=page.offer.person, offer=fresh(page.offer))
    assert live(page).live


def test_no_mail_about_an_offer_says_what_it_is_called() -> None:
    member = reviewer(0)
    offer = sent(submitter(), title="Een geheime titel")
    handling.ask_back(actor=member, offer=offer, text="Een geheime vraag?")
    handling.decline(actor=member, offer=fresh(offer), reason="Een geheime reden.")
    jobs.drain()
    assert len(mail.outbox) == 2
    assert not any("geheime" in str(message.message()) for message in mail.outbox)
    assert reader_for(offer.person).person == offer.person
