"""The operations page: for administrators only, at a fixed price, and it says what to do."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kpo import jobs
from kpo.operations import health
from kpo.people import tokens
from kpo.people.mail import deliver
from kpo.people.models import User
from kpo.people.roles import Role
from search import generations, rows
from search.jobs import check_index
from search.models import Change, Refusal, Row, State
from tests.factories.people import UserFactory
from tests.factories.search import indexed, record, stored

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


@pytest.fixture
def cms(sign_in: SignIn) -> Client:
    return sign_in(UserFactory(roles=[Role.ADMINISTRATOR]))


def lines(client: Client) -> dict[str, tuple[str, str]]:
    """Per label what the page says, and what it advises."""
    html = client.get(reverse("operations")).content.decode()
    found = re.findall(r'<th class="title".*?>(.*?)</th>\s*<td>(.*?)</td>\s*<td>(.*?)</td>', html)
    plain = [[re.sub("<.*?>", "", cell).strip() for cell in row] for row in found]
    return {label: (value.replace("\xa0", " "), advice) for label, value, advice in plain}


@pytest.mark.parametrize("role", list(Role))
def test_only_administrators_get_the_page(role: Role, sign_in: SignIn) -> None:
    client = sign_in(UserFactory(roles=[] if role is Role.READER else [role]))
    answer = client.get(reverse("operations"))
    assert (answer.status_code == 200) is (role is Role.ADMINISTRATOR)
    menu = client.get("/cms/")
    if menu.status_code == 200:
        assert (reverse("operations") in menu.content.decode()) is (role is Role.ADMINISTRATOR)


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    assert client.get(reverse("operations")).status_code == 302


def test_every_part_has_its_line(cms: Client) -> None:
    indexed(record("kwikzilver"))
    assert set(lines(cms)) == {
        "Verwerker van taken",
        "Taken die wachten",
        "Mislukte taken",
        "Mails die wachten",
        "Mails met nieuws die wachten",
        "Adressen die mail weigeren",
        "Bestanden die op vrijgave wachten",
        "Grootte van de database",
        "Zoekmachine",
        "Index",
        "Onderdelen in de database en in de index",
        "Wijzigingen die nog naar de index moeten",
        "Achtergehouden tot de index bij is",
        "Laatste vergelijking van index en database",
        "Geweigerde treffers, laatste 24 uur",
        "Vrije ruimte voor bestanden en index",
        "Versie",
    }


def test_without_an_index_it_says_how_to_make_one(cms: Client) -> None:
    value, advice = lines(cms)["Zoekmachine"]
    assert value.startswith("Weg")
    assert "rebuild_search" in advice


def test_an_index_that_misses_something_is_told(cms: Client) -> None:
    first, _ = indexed(record("kwikzilver"), record("lood"))
    label = "Onderdelen in de database en in de index"
    # The site's own pages and the administrator are among them.
    there = Row.objects.records().count()
    assert lines(cms)[label] == (f"{there} en {there}", "Niets")
    generations.serving().write([], [first], generations.state().commit)
    value, advice = lines(cms)[label]
    assert value == f"{there} en {there - 1}"
    assert "check_search --repair" in advice


def test_withheld_keys_and_waiting_changes_are_counted(cms: Client) -> None:
    first, _ = indexed(record("kwikzilver"), record("lood"))
    rows.erase(first)
    stored(record("tin", audience=tokens.ACCOUNTS))
    found = lines(cms)
    assert found["Achtergehouden tot de index bij is"] == ("1", "Niets")
    assert found["Wijzigingen die nog naar de index moeten"] == ("2", "Niets")
    Change.objects.update(changed_at=timezone.now() - timedelta(minutes=6))
    assert "loopt achter" in lines(cms)["Wijzigingen die nog naar de index moeten"][1]


def test_the_nightly_comparison_leaves_its_result(cms: Client) -> None:
    (key,) = indexed(record("kwikzilver"))
    label = "Laatste vergelijking van index en database"
    assert lines(cms)[label][0].startswith("Nog niet geweest")
    check_index.call()
    assert lines(cms)[label][0].endswith("gelijk")
    generations.serving().write([], [key], generations.state().commit)
    check_index.call()
    value, advice = lines(cms)[label]
    assert value.endswith("1 verschillen")
    assert "check_search" in advice
    State.objects.update(differences=0, checked_at=timezone.now() - timedelta(hours=40))
    assert "niet gelopen" in lines(cms)[label][1]


def test_refused_hits_of_one_day_are_counted(cms: Client) -> None:
    Refusal.objects.create(count=3)
    Refusal.objects.create(count=5, at=timezone.now() - timedelta(hours=25))
    value, advice = lines(cms)["Geweigerde treffers, laatste 24 uur"]
    assert value == "3"
    assert "check_search" in advice


def queue(**fields: Any) -> None:
    deliver.enqueue(to="noor@gemeente.example", subject="Iets", text="Iets.", html="Iets.")
    sets = ", ".join(f"{name} = %s" for name in fields)
    if fields:
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE procrastinate_jobs SET {sets} WHERE id = %s",  # noqa: S608  our own names
                [*fields.values(), jobs.latest()],
            )


def test_mail_and_jobs_are_counted(cms: Client) -> None:
    queue()
    queue(status="failed")
    found = lines(cms)
    assert found["Mails die wachten"][0] == "1, en 1 mislukt"
    assert "KPO_MAIL_URL" in found["Mails die wachten"][1]
    assert found["Mislukte taken"][0] == "1"
    assert reverse("failed_jobs") in cms.get(reverse("operations")).content.decode()
    assert "noor" not in cms.get(reverse("operations")).content.decode()


def test_a_job_that_waits_long_is_told(cms: Client) -> None:
    queue(scheduled_at=timezone.now() - timedelta(minutes=11))
    assert "komt niet bij" in lines(cms)["Taken die wachten"][1]


def test_a_job_for_later_does_not_wait(cms: Client) -> None:
    before = lines(cms)["Taken die wachten"][0]
    queue(scheduled_at=timezone.now() + timedelta(hours=1))
    assert lines(cms)["Taken die wachten"][0] == before


def test_a_worker_that_went_is_told() -> None:
    assert health.worker(timezone.now()).is_well
    assert "manage.py worker" in health.worker(timezone.now() - timedelta(minutes=2)).advice
    assert health.worker(None).value == "Nooit gezien"


def test_a_disk_that_is_nearly_full_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for free, is_well in ((50, True), (5, False)):
        usage = type(shutil.disk_usage("."))(100, 100 - free, free)
        monkeypatch.setattr(shutil, "disk_usage", lambda path, usage=usage: usage)
        (disk, version) = health.machine()
        assert disk.is_well is is_well
    assert version.value


def test_the_page_costs_the_same_whatever_there_is(cms: Client) -> None:
    indexed(record("kwikzilver"))

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            cms.get(reverse("operations"))
        return len(captured)

    cost()
    few = cost()
    stored(*(record("lood") for _ in range(20)))
    for _ in range(20):
        queue(status="failed")
        Refusal.objects.create(count=1)
    assert cost() == few
