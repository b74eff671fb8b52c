"""Messages between people: no address is shown, and whoever wants none gets none."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client

from kpo.audit.models import Entry
from kpo.inbox import message_actions as actions
from kpo.inbox.actions import follow_person
from kpo.inbox.models import Message, Notification
from kpo.people.actions.profile import change_profile
from kpo.people.models import Block, User
from kpo.people.roles import Role
from tests.factories.people import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
TEXT = "Hoe pakken jullie lege schuren aan?"


@pytest.fixture(autouse=True)
def no_limits_yet() -> None:
    cache.clear()


@pytest.fixture
def writer() -> User:
    person: User = UserFactory(first_name="Noor", last_name="Schrijver")
    return person


@pytest.fixture
def listed() -> User:
    person: User = UserFactory(first_name="Jan", last_name="Kenner", in_directory=True)
    return person


def address(person: User) -> str:
    return f"/mensen/{person.uuid}/bericht/"


def test_a_message_comes_in_the_inbox_and_its_mail_tells_no_text(
    writer: User, listed: User, sign_in: SignIn, drain: Callable[[], int]
) -> None:
    response = sign_in(writer).post(address(listed), {"text": TEXT})
    assert response.status_code == 302
    drain()
    line = Notification.objects.get(person=listed)
    assert line.kind == "inbox.message"
    letter = mail.outbox[-1]
    assert letter.to == [listed.email]
    assert "Noor Schrijver" in letter.subject
    written = str(letter.message())
    assert TEXT not in written
    assert writer.email not in written
    client = sign_in(listed)
    assert "Noor Schrijver" in client.get("/mijn/postvak/").content.decode()
    assert TEXT in client.get(f"/mijn/berichten/{Message.objects.get().uuid}/").content.decode()


def test_no_screen_shows_an_address(writer: User, listed: User, sign_in: SignIn) -> None:
    message = actions.write_message(actor=writer, recipient=listed, text=TEXT)
    for person, other in ((writer, listed), (listed, writer)):
        client = sign_in(person)
        for path in (address(listed), "/mijn/berichten/", f"/mijn/berichten/{message.uuid}/"):
            assert other.email not in client.get(path).content.decode(), path


def test_who_did_not_opt_in_is_as_absent_as_who_does_not_exist(
    writer: User, sign_in: SignIn
) -> None:
    hidden = UserFactory()
    blocker = UserFactory(in_directory=True)
    Block.objects.create(person=blocker, blocked=writer)
    stopped = UserFactory(in_directory=True, stopped=True)
    gone = User(uuid="00000000-0000-0000-0000-000000000000")
    client = sign_in(writer)
    for person in (hidden, blocker, stopped, gone, writer):
        for answer in (client.get(address(person)), client.post(address(person), {"text": TEXT})):
            assert answer.status_code == 404, person
    assert not Message.objects.exists()
    for person in (hidden, blocker):
        with pytest.raises(PermissionDenied):
            actions.write_message(actor=writer, recipient=person, text=TEXT)
        page = client.get(f"/mensen/{person.uuid}/").content.decode()
        assert "Stuur een bericht" not in page
    listed = UserFactory(in_directory=True)
    assert "Stuur een bericht" in client.get(f"/mensen/{listed.uuid}/").content.decode()


def test_opting_out_works_at_the_next_request(writer: User, listed: User, sign_in: SignIn) -> None:
    client = sign_in(writer)
    assert client.get(address(listed)).status_code == 200
    change_profile(actor=listed, fields={"in_directory": False})
    assert client.post(address(listed), {"text": TEXT}).status_code == 404


def test_a_message_is_between_two(writer: User, listed: User, sign_in: SignIn) -> None:
    message = actions.write_message(actor=writer, recipient=listed, text=TEXT)
    path = f"/mijn/berichten/{message.uuid}/"
    others = (UserFactory(), UserFactory(roles=[Role.ADMINISTRATOR]))
    for person in others:
        assert sign_in(person).get(path).status_code == 404
        for verb in ("blokkeren", "melden", "afhandelen"):
            assert sign_in(person).post(f"{path}{verb}/", {"reason": "x"}).status_code == 404
    assert sign_in(writer).get(path).status_code == 200
    assert sign_in(writer).post(f"{path}blokkeren/").status_code == 404


def test_the_recipient_writes_back_to_who_is_not_in_the_directory(
    writer: User, listed: User, sign_in: SignIn
) -> None:
    message = actions.write_message(actor=writer, recipient=listed, text=TEXT)
    path = f"/mijn/berichten/{message.uuid}/"
    assert sign_in(listed).post(path, {"text": "Zo doen wij het."}).status_code == 302
    assert Message.objects.filter(sender=listed, recipient=writer).exists()
    with pytest.raises(PermissionDenied):
        actions.answer_message(actor=writer, message=message, text="Aan mezelf.")


def test_whoever_is_kept_off_cannot_tell_it_from_opting_out(
    sign_in: SignIn, drain: Callable[[], int]
) -> None:
    """Byte for byte, on every screen of a message and of its writer, and in all that is held."""
    said, ours, theirs = [], OrganisationFactory(), OrganisationFactory()
    for keep_off in (True, False):
        writer = UserFactory(first_name="Noor", last_name="Schrijver", organisation=ours)
        named = {"first_name": "Jan", "last_name": "Kenner", "organisation": theirs}
        other = UserFactory(in_directory=True, **named)
        first = actions.write_message(actor=writer, recipient=other, text=TEXT)
        answer = actions.answer_message(actor=other, message=first, text="Dag.")
        follow_person(actor=writer, person=other)
        if keep_off:
            sign_in(other).post(f"/mijn/berichten/{first.uuid}/blokkeren/")
        else:
            change_profile(actor=other, fields={"in_directory": False})
        client, path = sign_in(writer), f"/mijn/berichten/{answer.uuid}/"
        sent = client.post(path, {"text": "Nog iets."})
        found = [sent.status_code, sent.headers["Location"]]
        for screen in (address(other), path, "/mijn/berichten/", f"/mensen/{other.uuid}/"):
            page = client.get(screen)
            content = bare(page.content.decode(), other, first, answer)
            found.append((page.status_code, held(content, writer)))
        said.append(found)
        kept = Message.objects.get(text="Nog iets.", recipient=other)
        drain()
        assert Notification.objects.filter(item_uuid=kept.uuid).exists() is not keep_off
        own = (client.get("/mijn/gegevens/"), client.post("/mijn/gegevens/download/"))
        for page in own:
            content = bare(page.content.decode(), other)
            found.append((page.status_code, held(content, writer)))
        other_client = sign_in(other)
        assert ("Nog iets." in other_client.get("/mijn/berichten/").content.decode()) is (
            not keep_off
        )
        status = other_client.get(f"/mijn/berichten/{kept.uuid}/").status_code
        assert status == (404 if keep_off else 200)
        Message.objects.all().delete()
    assert said[0] == said[1]


def held(page: str, person: User) -> str:
    """What is held of a person, without moments and what the factory made up."""
    page = bare(page, person).replace(person.email, "")
    page = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=Bericht )[0-9a-f]{8}", "", page)
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:.+]+", "", page)


def bare(page: str, person: User, *rows: Message) -> str:
    """Without what is random: ids, names made by the factory, and the marks against forgery."""
    for part in (person.uuid, person.organisation.name, *(row.uuid for row in rows)):
        page = page.replace(str(part), "")
    for row in Message.objects.all():
        page = page.replace(str(row.uuid), "")
    page = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", page)
    return re.sub(r'(datetime|class|data-org)="[^"]*"|kpo-org--\w+', "", page)


def test_who_lets_somebody_in_again_finds_what_was_written_meanwhile(
    writer: User, listed: User, sign_in: SignIn
) -> None:
    first = actions.write_message(actor=writer, recipient=listed, text=TEXT)
    answer = actions.answer_message(actor=listed, message=first, text="Dag.")
    sign_in(listed).post(f"/mijn/berichten/{first.uuid}/blokkeren/")
    kept = actions.answer_message(actor=writer, message=answer, text="Nog iets.")
    assert set(Message.objects.of(listed)) == {first, answer}
    block = Block.objects.get()
    assert sign_in(writer).post(f"/mijn/berichten/toelaten/{block.uuid}/").status_code == 404
    assert sign_in(listed).post(f"/mijn/berichten/{kept.uuid}/melden/").status_code == 404
    sign_in(listed).post(f"/mijn/berichten/toelaten/{block.uuid}/")
    assert kept in Message.objects.of(listed)
    assert sign_in(writer).get(address(listed)).status_code == 200


def test_neither_of_two_finds_in_a_download_what_is_kept_from_them(
    writer: User, listed: User, sign_in: SignIn
) -> None:
    first = actions.write_message(actor=writer, recipient=listed, text=TEXT)
    answer = actions.answer_message(actor=listed, message=first, text="Dag.")
    actions.report_message(actor=listed, message=first, reason="Reclame.")
    actions.block_sender(actor=listed, message=first)
    actions.answer_message(actor=writer, message=answer, text="Nog iets.")
    wrote, got = (
        sign_in(person).post("/mijn/gegevens/download/").content.decode()
        for person in (writer, listed)
    )
    assert "Reclame." in got
    assert TEXT in got
    assert "Nog iets." in wrote
    assert "Reclame." not in wrote
    assert "Nog iets." not in got


def test_a_reported_message_is_read_by_administrators_alone(
    writer: User, listed: User, sign_in: SignIn, drain: Callable[[], int]
) -> None:
    message = actions.write_message(actor=writer, recipient=listed, text=TEXT)
    path = f"/mijn/berichten/{message.uuid}/"
    administrator = UserFactory(roles=[Role.ADMINISTRATOR])
    assert sign_in(listed).post(f"{path}melden/", {"reason": ""}).status_code == 422
    assert sign_in(listed).post(f"{path}melden/", {"reason": "Reclame."}).status_code == 302
    drain()
    assert Notification.objects.filter(person=administrator, kind="inbox.report").exists()
    assert TEXT in sign_in(administrator).get(path).content.decode()
    assert sign_in(UserFactory(roles=[Role.EDITOR])).get(path).status_code == 404
    assert sign_in(administrator).post(f"{path}afhandelen/").status_code == 302
    message.refresh_from_db()
    assert message.handled_at
    with pytest.raises(PermissionDenied):
        actions.handle_report(actor=listed, message=message)


def test_case_data_and_long_texts_are_refused_with_the_text_kept(
    writer: User, listed: User, sign_in: SignIn
) -> None:
    client = sign_in(writer)
    for text in ("Het gaat om 111222333.", "x" * 2001, "", "met \u202e omkering"):
        response = client.post(address(listed), {"text": text})
        assert response.status_code == 422, text[:20]
        assert text[:4] in response.content.decode()
    assert not Message.objects.exists()


def test_many_messages_in_an_hour_are_too_many(writer: User, listed: User, sign_in: SignIn) -> None:
    client = sign_in(writer)
    answers = [client.post(address(listed), {"text": TEXT}).status_code for _ in range(11)]
    assert answers[:10] == [302] * 10
    assert answers[10] == 429


def test_the_log_tells_who_wrote_and_not_what(writer: User, listed: User) -> None:
    actions.write_message(actor=writer, recipient=listed, text=TEXT)
    entry = Entry.objects.get(action="inbox.write_message")
    assert TEXT not in str(vars(entry))
    assert "Kenner" not in entry.object_label
