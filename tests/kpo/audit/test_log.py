"""The log: says who did what from where, and lets nobody change that afterwards."""

import ipaddress

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kpo.audit import log, retention
from kpo.audit.log import record
from kpo.audit.models import Entry
from kpo.audit.origin import Via, coming_from, current, from_command, from_job, mask_address
from kpo.people.models import User
from kpo.people.reader import ANONYMOUS, reader_for
from kpo.people.roles import Role
from tests.factories.people import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> Entry:
    person = UserFactory(first_name="Sanne", last_name="de Wit")
    record("people.invite", actor=person, obj=person, details={"n": 1})
    return Entry.objects.latest("pk")


@pytest.mark.parametrize(
    "change",
    [
        {"action": "people.nothing"},
        {"outcome": "refused"},
        {"actor_label": "Iemand anders"},
        {"object_label": "Iets anders"},
        {"actor_id": None},
        {"details": {}},
        {"origin": "/elders/"},
        {"address": "10.0.0.0/24"},
        {"actor_label": "gewist account 1", "action": "x"},
        {"at": "2020-01-01T00:00Z"},
    ],
)
def test_nobody_changes_an_entry(entry: Entry, change: dict[str, object]) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(**change)


def test_nobody_removes_an_entry(entry: Entry) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.all().delete()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        retention.purge(entry.at.replace(year=entry.at.year + 1))


def test_the_table_is_not_emptied_where_settings_do_not_allow_it(entry: Entry) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL kpo.audit_truncate = 'off'")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute("TRUNCATE audit_entry")


def test_erasing_replaces_labels_and_nothing_else(entry: Entry) -> None:
    person = User.objects.get(uuid=entry.actor_id)
    assert log.forget_person(person) == 2
    again = Entry.objects.get(pk=entry.pk)
    assert again.actor_label == again.object_label == f"gewist account {str(person.uuid)[:8]}"
    assert (again.actor_id, again.details, again.at) == (entry.actor_id, {"n": 1}, entry.at)
    assert log.forget_person(person) == 0


def test_a_change_that_is_rolled_back_leaves_no_entry() -> None:
    before = Entry.objects.count()
    with transaction.atomic():
        record("people.invite", actor=None)
        assert Entry.objects.count() == before + 1
        transaction.set_rollback(True)
    assert Entry.objects.count() == before


def test_an_entry_says_where_it_came_from() -> None:
    for origin, via in ((from_command("erase_person"), Via.COMMAND), (from_job("x"), Via.JOB)):
        with coming_from(origin):
            record("people.erase", actor=None)
        assert Entry.objects.latest("pk").via == via
    assert current().via == Via.UNKNOWN


def test_a_request_is_named_by_its_path_and_a_masked_address(client: Client) -> None:
    person = UserFactory()
    client.post(
        "/inloggen/",
        {"login": person.email, "password": PASSWORD},
        REMOTE_ADDR="203.0.113.77",
        headers={"x-forwarded-for": "198.51.100.1"},
    )
    entry = Entry.objects.get(action="people.sign_in", actor_id=person.uuid)
    assert (entry.via, entry.origin, entry.address) == ("web", "/inloggen/", "203.0.113.0/24")


def test_a_failed_sign_in_names_no_address(client: Client) -> None:
    client.post("/inloggen/", {"login": "geheim@wachtwoord.nl", "password": "x"})
    entry = Entry.objects.get(action="people.sign_in", outcome="refused")
    assert "geheim" not in str(vars(entry))


@given(address=st.ip_addresses())
def test_masking_keeps_the_network_and_loses_the_desk(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    network = ipaddress.ip_network(mask_address(str(address)))
    assert address in network
    assert network.prefixlen == (24 if address.version == 4 else 48)


@pytest.mark.parametrize("text", ["", "unknown", "1.2.3", "<script>"])
def test_what_is_no_address_is_not_kept(text: str) -> None:
    assert mask_address(text) == ""


def test_who_may_read_the_log_is_the_same_in_sql() -> None:
    record("people.invite", actor=None)
    for role in Role:
        person = UserFactory(roles=[role])
        may = person.has_perm("audit.view_entry")
        assert may is (role is Role.AUDITOR)
        assert Entry.objects.visible_to(reader_for(person)).exists() is may
    assert not Entry.objects.visible_to(ANONYMOUS).exists()
