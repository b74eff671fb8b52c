"""Writing an offer: saved as it is typed, once however often it is sent, and never written over."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from knowledgebank.models import Offer, OfferFile
from knowledgebank.offering.actions import drafting
from kpo.files.models import Document
from kpo.files.states import ExtractionState, ScanState
from kpo.people import tokens
from kpo.people.models import User
from tests.factories.offers import STORY, draft, fresh, sent, submitter, with_file
from tests.factories.pages import theme_page

pytestmark = pytest.mark.django_db
# Passes the check of a citizen service number.
NUMBER = "111222333"


@pytest.fixture
def person() -> User:
    return submitter()


@pytest.fixture
def client(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(key: Any) -> str:
    return reverse("knowledgebank:offer_draft", args=[key])


def test_a_look_at_the_form_makes_nothing(client: Client) -> None:
    answer = client.get(reverse("knowledgebank:offer_practice"))
    assert answer.status_code == 200
    assert not Offer.objects.exists()


def test_the_same_form_sent_twice_makes_one_draft(client: Client) -> None:
    key = uuid4()
    typed = STORY | {"version": "0", "window": str(uuid4())}
    for _ in range(2):
        assert client.post(address(key), typed).status_code == 302
    assert Offer.objects.get().version == 1


def test_as_it_is_typed_a_line_comes_back_that_knows_the_version(client: Client) -> None:
    key, window = uuid4(), str(uuid4())
    typed = {"title": "Een begin", "version": "0", "window": window}
    answer = client.post(address(key), typed, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert 'name="version" value="1"' in answer.content.decode()
    assert "Bewaard op" in answer.content.decode()
    # A save that was still on its way when the writer clicked is of the same window.
    answer = client.post(address(key), typed | {"title": "Een later begin"})
    assert answer.status_code == 302
    assert Offer.objects.get().title == "Een later begin"


def test_a_second_window_is_warned_and_keeps_what_was_typed(client: Client, person: User) -> None:
    offer = draft(person)
    stale = STORY | {"what": "Uit het andere venster.", "version": "0", "window": str(uuid4())}
    answer = client.post(address(offer.uuid), stale)
    assert answer.status_code == 422
    assert "ook in een ander venster veranderd" in answer.content.decode()
    assert "Uit het andere venster." in answer.content.decode()
    assert fresh(offer).what == STORY["what"]
    client.post(address(offer.uuid), stale | {"overwrite": "ja"})
    assert fresh(offer).what == "Uit het andere venster."


def test_a_number_of_a_person_is_held_back_with_an_explanation(client: Client) -> None:
    key = uuid4()
    typed = STORY | {"what": f"Het ging om {NUMBER}.", "version": "0"}
    answer = client.post(address(key), typed)
    assert answer.status_code == 422
    assert "burgerservicenummer" in answer.content.decode()
    assert not Offer.objects.exists()
    said = client.post(address(key), typed, headers={"HX-Request": "true"})
    assert "Nog niet bewaard" in said.content.decode()


def test_what_is_not_complete_is_kept_and_not_sent(client: Client) -> None:
    key = uuid4()
    answer = client.post(address(key), {"title": "Alleen dit", "version": "0", "send": "ja"})
    assert answer.status_code == 422
    offer = Offer.objects.get()
    assert (offer.title, offer.state) == ("Alleen dit", Offer.State.DRAFT)


def test_a_theme_that_the_writer_may_not_read_is_neither_offered_nor_taken(client: Client) -> None:
    closed = theme_page(tokens.NOBODY, live=False, title="Gesloten thema")
    assert "Gesloten thema" not in client.get(address_of_start()).content.decode()
    answer = client.post(address(uuid4()), STORY | {"themes": str(closed.uuid), "version": "0"})
    assert answer.status_code == 422


def address_of_start() -> str:
    return reverse("knowledgebank:offer_practice")


def test_a_draft_of_another_is_neither_read_nor_written(client: Client) -> None:
    offer = draft(submitter())
    assert client.get(address(offer.uuid)).status_code == 404
    assert client.post(address(offer.uuid), STORY | {"version": "1"}).status_code == 404
    with pytest.raises(PermissionDenied):
        drafting.send(actor=submitter(), offer=offer)


def test_what_was_sent_is_not_changed_behind_its_readers(client: Client, person: User) -> None:
    offer = sent(person)
    assert client.post(address(offer.uuid), STORY | {"version": "1"}).status_code == 404
    with pytest.raises(ValidationError, match="al ingestuurd"):
        draft(person, key=offer.uuid, title="Stiekem anders")


def test_a_file_goes_along_for_nobody_and_goes_with_the_draft(client: Client, person: User) -> None:
    offer = draft(person)
    upload = SimpleUploadedFile("plan.txt", b"Stap een.", content_type="text/plain")
    typed = STORY | {"version": "1", "files": upload}
    assert client.post(address(offer.uuid), typed).status_code == 302
    document = OfferFile.objects.get().document
    assert document.audience == tokens.NOBODY
    assert "plan" in client.get(address(offer.uuid)).content.decode()
    assert client.get(document.url).status_code == 404
    client.post(reverse("knowledgebank:offer_delete", args=[offer.uuid]))
    assert not Document.objects.exists()
    assert not Offer.objects.exists()


def test_an_upload_that_is_refused_says_why_and_keeps_the_text(
    client: Client, person: User
) -> None:
    offer = draft(person)
    upload = SimpleUploadedFile("plan.exe", b"MZ", content_type="application/octet-stream")
    typed = STORY | {"what": "Nieuwer.", "version": "1", "files": upload}
    answer = client.post(address(offer.uuid), typed, follow=True)
    assert "plan.exe" in answer.content.decode()
    assert fresh(offer).what == "Nieuwer."
    assert not OfferFile.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"scan_state": ScanState.UNSCANNED}, "Wacht op controle"),
        ({"extraction_state": ExtractionState.WAITING}, "Tekst wordt gelezen"),
        ({"is_held": True}, "gegevens over een persoon in een zaak"),
        ({"scan_state": ScanState.INFECTED}, "een virus gevonden"),
    ],
)
def test_the_writer_sees_where_each_file_stands(
    client: Client, person: User, fields: dict[str, Any], words: str
) -> None:
    offer = draft(person)
    row = with_file(offer, **fields)
    assert words in client.get(address(offer.uuid)).content.decode()
    opened = reverse("knowledgebank:offer_file", args=[offer.uuid, row.uuid])
    assert client.get(opened).status_code == 404
    is_bad = fields.get("is_held") or fields.get("scan_state") == ScanState.INFECTED
    if is_bad:
        with pytest.raises(ValidationError, match="kan niet worden gebruikt"):
            drafting.send(actor=person, offer=offer)


def test_what_was_declined_or_withdrawn_can_be_sent_again(person: User) -> None:
    offer = sent(person)
    drafting.withdraw(actor=person, offer=offer)
    drafting.reopen(actor=person, offer=offer)
    drafting.send(actor=person, offer=offer)
    assert fresh(offer).state == Offer.State.SENT
