"""Invitations of a whole file: a look at each line first, a report after, and nothing let slip."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kpo.people.actions import invitation_lists as actions
from kpo.people.actions.invitations import invite
from kpo.people.actions.roles import set_roles
from kpo.people.invitation_file import read
from kpo.people.models import Invitation, InvitationLine, InvitationList, Organisation, User
from kpo.people.roles import Role
from tests.counting import queries_of
from tests.factories.people import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
State = InvitationLine.State
HEAD = "e-mailadres;voornaam;achternaam\r\n"


@pytest.fixture(autouse=True)
def no_limits_yet() -> None:
    cache.clear()


@pytest.fixture
def ours() -> Organisation:
    found: Organisation = OrganisationFactory(
        name="Gemeente Ons", short_name="Ons", email_domains=["ons.example"]
    )
    return found


@pytest.fixture
def manager(ours: Organisation) -> User:
    found: User = UserFactory(organisation=ours, roles=[Role.ORGANISATION_ADMINISTRATOR])
    return found


def told(actor: User, text: str) -> dict[int, tuple[str, str]]:
    """What is said of each line, by its number."""
    made = actions.read_list(
        actor=actor, organisation=actor.organisation, content=text.encode("utf-8")
    )
    return {line.number: (line.state, line.told) for line in made.lines.all()}


def handed_in(client: Client, content: bytes, name: str = "mensen.csv") -> Any:
    return client.post("/organisatie/lijsten/", {"file": SimpleUploadedFile(name, content)})


# --- Reading a file -----------------------------------------------------------------------------
@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_file_is_read_as_spreadsheets_save_it(mark: str, encoding: str) -> None:
    lines = ["E-mail,Voornaam,Achternaam", "", "rené@x,René,van den Berg", "jan@ons.example,Jan"]
    rows = read("\r\n".join(lines).replace(",", mark).encode(encoding))
    assert [(row.number, row.first_name, row.last_name) for row in rows] == [
        (3, "René", "van den Berg"),
        (4, "Jan", ""),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "e-mailadres"),
        (b"\r\n\r\n", "geen mensen"),
        (HEAD.encode(), "geen mensen"),
        (b"jan@ons.example;Jan\r\n", "e-mailadres"),
        (b"naam;voornaam\r\nBerg;Jan", "e-mailadres vond ik niet"),
        (b"e-mail;email\r\na;b", "twee keer"),
        (b"PK\x03\x04\x00\x00", "geen CSV"),
        (b"\xff\xfee\x00-\x00", "geen CSV"),
        (b"e-mail\r\n\x81\x8d\xff", "geen CSV"),
        (b'e-mail\r\n"jan@ons.example', "geen CSV"),
        (b"e-mail\r\n" + b"a@ons.example\r\n" * 501, "meer dan 500 regels"),
        (b"x" * 1_000_001, "groter dan 1 MB"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_a_sentence(
    content: bytes, reason: str, manager: User, sign_in: SignIn
) -> None:
    if content.strip():
        with pytest.raises(ValidationError, match=reason):
            read(content)
    response = handed_in(sign_in(manager), content)
    assert response.status_code == 422
    assert not InvitationList.objects.exists()


def test_a_cell_of_a_million_letters_is_no_accident() -> None:
    with pytest.raises(ValidationError, match="geen CSV"):
        read(b"e-mail\r\n" + b"x" * 900_000)


def test_500_lines_are_not_too_many() -> None:
    assert len(read(b"e-mail\r\n" + b"a@ons.example\r\n" * 500)) == 500


# --- What is said of each line ------------------------------------------------------------------
def test_every_kind_of_line_is_told_what_will_happen(manager: User, ours: Organisation) -> None:
    UserFactory(email="collega@ons.example", organisation=ours)
    invite(actor=manager, email="gevraagd@ons.example", organisation=ours)
    lines = [
        "nieuw@ons.example;Jan;Berg",
        "NIEUW@ons.example;Jan;Nog eens",
        "geen adres;Jan;Berg",
        ";Jan;Berg",
        "elders@anders.example;Jan;Berg",
        "=cmd@ons.example;Jan;Berg",
        "formule@ons.example;=HYPERLINK(1);Berg",
        "min@ons.example;Jan;-2+3",
        f"lang@ons.example;{'x' * 81};Berg",
        "collega@ons.example;Jan;Berg",
        "gevraagd@ons.example;Jan;Berg",
        "а@ons.example;Jan;Berg",
        "stil@ons.example;J\u200ban;Berg",
    ]
    said = told(manager, HEAD + "\r\n".join(lines))
    states = [said[number][0] for number in range(2, len(lines) + 2)]
    wrong = State.WRONG
    assert states == [
        State.READY, wrong, wrong, wrong, wrong, wrong, wrong, wrong, wrong,
        State.KNOWN, State.AGAIN, wrong, wrong,
    ]  # fmt: skip
    assert said[3][1] == "Dit adres staat ook op regel 2."
    assert "ons.example" in said[6][1]
    assert "formule" in said[7][1]


def test_a_manager_is_not_told_who_has_an_account_elsewhere(manager: User) -> None:
    UserFactory(email="elders@ons.example")
    said = told(manager, HEAD + "elders@ons.example;A;B\r\nniemand@ons.example;A;B")
    assert said[2] == said[3]


def test_an_organisation_on_a_line_is_ones_own_or_refused(manager: User) -> None:
    OrganisationFactory(name="Bestaat")
    head = "e-mail;organisatie\r\n"
    said = told(
        manager,
        f"{head}a@ons.example;gemeente ons\r\nb@ons.example;Ons\r\n"
        "c@ons.example;Bestaat\r\nd@ons.example;Bestaat niet",
    )
    assert [state for state, _ in said.values()] == [State.READY, State.READY, *[State.WRONG] * 2]
    assert said[4] == said[5]


# --- Sending ------------------------------------------------------------------------------------
def test_a_list_is_sent_once_and_after_a_look_only(
    manager: User, sign_in: SignIn, drain: Callable[[], int]
) -> None:
    client = sign_in(manager)
    answer = handed_in(client, (HEAD + "a@ons.example;A;B\r\nfout;A;B").encode())
    made = InvitationList.objects.get()
    assert answer.headers["Location"] == f"/organisatie/lijsten/{made.uuid}/"
    drain()
    assert not Invitation.objects.exists()
    client.post(f"/organisatie/lijsten/{made.uuid}/versturen/")
    client.post(f"/organisatie/lijsten/{made.uuid}/versturen/")
    drain()
    assert [one.email for one in Invitation.objects.all()] == ["a@ons.example"]
    assert [letter.to for letter in mail.outbox] == [["a@ons.example"]]
    made.refresh_from_db()
    assert made.state == InvitationList.State.DONE
    page = client.get(f"/organisatie/lijsten/{made.uuid}/")
    assert [line.email for line in page.context["sent"]] == ["a@ons.example"]
    actions.send_lines.call(uuid=str(made.uuid))
    assert Invitation.objects.count() == 1


def test_what_is_wrong_comes_back_to_be_repaired_and_runs_nowhere(
    manager: User, sign_in: SignIn
) -> None:
    client = sign_in(manager)
    handed_in(client, (HEAD + "goed@ons.example;A;B\r\n=fout;=1+1;@B").encode())
    made = InvitationList.objects.get()
    answer = client.get(f"/organisatie/lijsten/{made.uuid}/csv/")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # as it streams
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [row[0] for row in rows] == ["e-mailadres", "'=fout"]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "@", "+", "-"))]
    again = handed_in(client, text.replace("'=fout", "fout2@ons.example").encode())
    assert again.status_code == 302


def test_who_lost_the_role_meanwhile_sends_nothing_more(
    manager: User, drain: Callable[[], int]
) -> None:
    content = (HEAD + "a@ons.example;A;B").encode()
    made = actions.read_list(actor=manager, organisation=manager.organisation, content=content)
    actions.send_list(actor=manager, made=made)
    set_roles(actor=UserFactory(roles=[Role.ADMINISTRATOR]), person=manager, roles=[])
    drain()
    assert not Invitation.objects.exists()
    line = made.lines.get()
    assert (line.state, line.told) == (State.FAILED, actions.NOT_YOURS)


def test_a_list_is_its_makers_alone(manager: User, ours: Organisation, sign_in: SignIn) -> None:
    made = actions.read_list(
        actor=manager, organisation=ours, content=(HEAD + "a@ons.example;A;B").encode()
    )
    others = (
        UserFactory(organisation=ours, roles=[Role.ORGANISATION_ADMINISTRATOR]),
        UserFactory(roles=[Role.ORGANISATION_ADMINISTRATOR]),
        UserFactory(roles=[Role.ADMINISTRATOR]),
        UserFactory(organisation=ours),
    )
    path = f"/organisatie/lijsten/{made.uuid}/"
    for person in others:
        client = sign_in(person)
        assert client.get(path).status_code == 404
        assert client.get(f"{path}csv/").status_code == 404
        for verb in ("versturen", "weggooien"):
            assert client.post(f"{path}{verb}/").status_code == 404
        for act in (actions.send_list, actions.discard_list):
            with pytest.raises(PermissionDenied):
                act(actor=person, made=made)
    reader = UserFactory(organisation=ours)
    assert sign_in(reader).get("/organisatie/lijsten/").status_code == 404
    with pytest.raises(PermissionDenied):
        actions.read_list(actor=reader, organisation=ours, content=b"e-mail\r\na@ons.example")
    assert sign_in(manager).post(f"{path}weggooien/").status_code == 302
    assert not InvitationLine.objects.exists()


def test_a_long_list_asks_as_much_as_a_short_one(manager: User, sign_in: SignIn) -> None:
    client = sign_in(manager)

    def asked(people: int) -> int:
        lines = "".join(f"p{number}@ons.example;Piet;De Vries\r\n" for number in range(people))
        made = actions.read_list(
            actor=manager, organisation=manager.organisation, content=(HEAD + lines).encode()
        )
        client.get(f"/organisatie/lijsten/{made.uuid}/")
        return queries_of(lambda: client.get(f"/organisatie/lijsten/{made.uuid}/"))

    assert asked(40) == asked(2)
