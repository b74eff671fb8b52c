"""Personal data: all of it declared, exported whole, erased without a trace, kept no longer."""

import json
import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from kpo.audit.log import record
from kpo.audit.models import Entry
from kpo.people import privacy
from kpo.people.actions.employer import ask_change
from kpo.people.actions.erasure import erase_person
from kpo.people.actions.factors import ask_reset
from kpo.people.actions.invitations import invite
from kpo.people.jobs import apply_retention
from kpo.people.models import AccessRequest, Attributed, Invitation, User
from kpo.people.models.attribution import FORMER
from kpo.people.own_data import collect
from kpo.people.reader import ANONYMOUS, reader_for
from kpo.people.roles import Role
from tests.factories.people import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
CANARY = "Kanarie"


def own_labels() -> list[str]:
    """Apps of this project, not of libraries."""
    return [
        config.label
        for config in apps.get_app_configs()
        if Path(config.path).is_relative_to(settings.BASE_DIR) and ".venv" not in config.path
    ]


def test_every_personal_column_is_declared_or_excused() -> None:
    assert privacy.undeclared(own_labels()) == []


def test_an_undeclared_column_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = [one for one in privacy.declarations() if one.model != "people.Renewal"]
    monkeypatch.setattr(privacy, "_declarations", kept)
    assert "people.renewal.person" in privacy.undeclared(own_labels())


def test_every_declaration_names_columns_that_exist() -> None:
    person = UserFactory()
    for one in privacy.declarations():
        columns = {field.name for field in one.table._meta.get_fields()}
        assert set(one.fields) <= columns, one.model
        assert set(one.blank) <= columns, one.model
        one.rows(person).exists()
        assert one.keep_days is None or one.moment, one.model
        assert one.reason.endswith("."), one.model


@pytest.fixture
def known(db: None) -> User:
    """Someone with something in every corner, each with the canary in it."""
    person = UserFactory(
        first_name=CANARY,
        last_name="Kanarievogel",
        email="kanarie@voorbeeld.nl",
        function="Kanariekenner",
        expertise="Kanaries houden",
        phone="06 00000000",
        roles=[Role.ORGANISATION_ADMINISTRATOR],
    )
    admin = UserFactory(roles=[Role.ADMINISTRATOR])
    UserFactory(roles=[Role.ADMINISTRATOR])
    invite(actor=admin, email=person.email, organisation=person.organisation, first_name=CANARY)
    ask_reset(actor=admin, person=person, reason="Kanarie belde.")
    ask_change(actor=person, email="kanarie@elders.nl", organisation=OrganisationFactory())
    AccessRequest.objects.create(
        email=person.email,
        first_name=CANARY,
        last_name="x",
        organisation_name="y",
        function="z",
        motivation="Kanarie wil erbij.",
    )
    invite(actor=person, email="collega@voorbeeld.nl", organisation=person.organisation)
    return person


def everything() -> str:
    """All rows of all tables of ours and of the libraries about people, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("django_content", "auth_permission")):
                continue
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  a table's own name
            found.append(str(cursor.fetchall()))
    return "\n".join(found)


def test_export_holds_all_that_is_known(known: User, tmp_path: Path) -> None:
    path = tmp_path / "gegevens.json"
    call_command("export_person", "Kanarie@voorbeeld.nl", "--output", str(path))
    text = path.read_text(encoding="utf-8")
    for words in ("Kanariekenner", "Kanaries houden", "Kanarie belde.", "Kanarie wil erbij."):
        assert words in text
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert known.password not in text
    assert json.loads(text)["gegevens"]["Je account en profiel"][0]["Rollen"]
    assert Entry.objects.filter(action="people.export", object_id=str(known.uuid)).exists()


def test_export_holds_nothing_of_another(known: User) -> None:
    other = UserFactory(first_name="Iemand", last_name="Anders")
    assert CANARY not in json.dumps(collect(other), ensure_ascii=False)


def test_a_failed_export_leaves_the_old_file_and_no_crumbs(known: User, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="kon niet worden geschreven"):
        call_command("export_person", known.email, "--output", str(tmp_path / "weg" / "x.json"))
    (tmp_path / "map").mkdir()
    with pytest.raises(CommandError):
        call_command("export_person", known.email, "--output", str(tmp_path / "map"))
    assert [path.name for path in tmp_path.iterdir() if path.name != "media"] == ["map"]


def test_erasing_leaves_no_trace_in_any_table(
    known: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(known)
    assert "kanarie" in everything().lower()
    call_command("erase_person", known.email, "--reason", "Gevraagd per brief.")
    left = everything().lower()
    assert "kanarie" not in left
    assert "06 00000000" not in left
    assert "gevraagd per brief" not in left
    assert client.get("/mijn/profiel/")["Location"].startswith("/inloggen/")
    assert reader_for(User.objects.get(pk=known.pk)) == ANONYMOUS


def test_erasing_keeps_the_log_and_says_who_no_longer(known: User) -> None:
    record("files.read_closed", actor=known)
    before = Entry.objects.count()
    erase_person(actor=None, person=known, reason="Gevraagd.")
    assert Entry.objects.count() == before + 1
    entry = Entry.objects.get(action="files.read_closed")
    assert entry.actor_id == known.uuid
    assert entry.actor_label == f"gewist account {str(known.uuid)[:8]}"


def test_erasing_again_is_harmless(known: User, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        call_command("erase_person", "kanarie@voorbeeld.nl", "--reason", "Gevraagd.")
    assert "niets gewist" in capsys.readouterr().out
    again = User.objects.get(pk=known.pk)
    before = Entry.objects.count()
    assert erase_person(actor=None, person=again, reason="Nog eens.") == {}
    assert Entry.objects.count() == before


def test_an_address_is_free_again_after_erasing(known: User) -> None:
    erase_person(actor=None, person=known, reason="Gevraagd.")
    assert UserFactory(email="kanarie@voorbeeld.nl").pk != known.pk


def test_the_last_administrator_is_not_erased() -> None:
    admin = UserFactory(roles=[Role.ADMINISTRATOR])
    with pytest.raises(CommandError, match="laatste beheerder"):
        call_command("erase_person", admin.email, "--reason", "Gevraagd.")


def test_a_text_keeps_the_organisation_of_then_and_loses_the_name() -> None:
    person = UserFactory()
    note = SimpleNamespace(author=person, author_organisation=person.organisation)
    attribution = Attributed.attribution.fget
    assert attribution(note).name == person.get_full_name()
    erase_person(actor=None, person=person, reason="Gevraagd.")
    note.author.refresh_from_db()
    assert (attribution(note).name, attribution(note).person) == (FORMER, None)
    assert attribution(note).organisation == person.organisation.name


# --- Retention ---
def test_what_was_kept_long_enough_goes_and_the_rest_stays(known: User) -> None:
    young = Invitation.objects.count()
    with time_machine.travel(timezone.now() + timedelta(days=364), tick=False):
        apply_retention.call()
        assert Invitation.objects.count() == young
    with time_machine.travel(timezone.now() + timedelta(days=366), tick=False):
        apply_retention.call()
        assert Invitation.objects.count() == 0
        assert User.objects.filter(pk=known.pk).exists()


def test_the_log_is_kept_for_five_years() -> None:
    record("people.invite", actor=None)
    assert privacy.forget_old(timezone.now() + timedelta(days=4 * 365)) == {}
    with connection.cursor() as cursor:
        # Only as old as the table lets go, which looks at the clock of the database.
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_guard_rows")
        cursor.execute("UPDATE audit_entry SET at = now() - interval '1826 days'")
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER audit_guard_rows")
    assert privacy.forget_old()["audit.Entry"] >= 1
    assert not Entry.objects.exists()


# --- The page ---
def test_the_page_lists_what_is_held_and_gives_it(
    known: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(UserFactory(first_name="Sanne"))
    page = client.get("/mijn/gegevens/").content.decode()
    assert "Je account en profiel" in page
    file = client.post("/mijn/gegevens/download/")
    assert file["Content-Disposition"].startswith("attachment; filename=")
    assert "no-store" in file["Cache-Control"]
    assert "Sanne" in file.content.decode()
    assert CANARY not in file.content.decode()
    assert client.get("/mijn/gegevens/download/").status_code == 405
