"""Mail that comes back: whose it was, what counts, once; and everything else does nothing."""

from __future__ import annotations

import io
import mailbox
import os
import string
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone
from hypothesis import HealthCheck, assume, example, given
from hypothesis import settings as proof
from hypothesis import strategies as st
from pytest_django import Settings

from kpo.inbox.health import inbox_lines
from kpo.people import bounces, delivery_reports, envelopes, refusals
from kpo.people.bounces import Outcome, take_in
from kpo.people.jobs import apply_retention, believe_delivered, collect_bounces
from kpo.people.mail import send
from kpo.people.models import Envelope, MailRefusal, ReturnedMail
from kpo.people.own_data import declared_for
from tests.factories.people import UserFactory
from tests.kpo.people.bounced import EXCHANGE, OUT_OF_OFFICE, POSTFIX, READ_RECEIPT, report

ADDRESS = "noor@gemeente.example"
OURS = "kpo+nieuws@kpo.example"


@pytest.fixture(autouse=True)
def address(settings: Settings, tmp_path: Path) -> None:
    settings.KPO_BOUNCE_ADDRESS = "bounce@mail.example"
    settings.KPO_BOUNCE_FOLDER = str(tmp_path / "Maildir")


@pytest.fixture
def box(settings: Settings) -> mailbox.Maildir:
    return mailbox.Maildir(settings.KPO_BOUNCE_FOLDER)


def mailed(to: str = ADDRESS) -> str:
    """The sender of a mail that went out."""
    assert send(EmailMultiAlternatives("Jouw week", "Dag.", OURS, to=[to]))
    return str(mail.outbox[-1].from_email)


def count(email: str = ADDRESS) -> int:
    return sum(MailRefusal.objects.filter(email=email).values_list("count", flat=True))


def tallies() -> dict[str, int]:
    return dict(ReturnedMail.objects.values_list("outcome", "count"))


# --- The sender -----------------------------------------------------------------------------------
@pytest.mark.django_db
def test_each_mail_has_a_sender_of_its_own_that_says_nothing() -> None:
    first, second = mailed(), mailed()
    assert first != second
    for sender in (first, second):
        name, _, domain = sender.partition("@")
        assert (name.partition("+")[0], domain) == ("bounce", "mail.example")
        assert len(name) <= 64
        assert set(name) <= set(string.ascii_lowercase + string.digits + "+")
        for told in ("noor", "gemeente"):
            assert told not in sender
    # What people see as the sender stays what it was.
    assert {message.message()["From"] for message in mail.outbox} == {OURS}


@pytest.mark.django_db
def test_without_an_address_mail_goes_as_before(settings: Settings) -> None:
    settings.KPO_BOUNCE_ADDRESS = ""
    refusals.note(ADDRESS, 550)
    assert mailed() == OURS
    assert not Envelope.objects.exists()
    assert count() == 0
    # And an address that was once made here is not known any more.
    assert take_in(report("bounce+x@mail.example")) == Outcome.FOREIGN


def test_an_address_is_read_back_in_capitals_and_with_an_older_key(settings: Settings) -> None:
    key = uuid4()
    made = envelopes.address_of(key)
    assert list(envelopes.keys_among(f"<{made.upper()}>".lower())) == [key]
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-of-fifty-characters-for-this-proof-only"
    assert list(envelopes.keys_among(made)) == [key]
    settings.SECRET_KEY_FALLBACKS = []
    assert list(envelopes.keys_among(made)) == []


@given(at=st.integers(7, 44), letter=st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
@proof(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_other_address_is_taken_for_ours(at: int, letter: str) -> None:
    made = envelopes.address_of(uuid4())
    assume(made[at] != letter)
    for other in (
        f"{made[:at]}{letter}{made[at + 1 :]}",
        f"x{made}",
        f"{made}x",
        f"{made}.elders",
        made[:-1],
        f"_{made}",
    ):
        assert list(envelopes.keys_among(other)) == []


# --- What counts ----------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize("shape", [POSTFIX, EXCHANGE], ids=["postfix", "exchange"])
@pytest.mark.parametrize(
    ("status", "code", "action", "outcome"),
    [
        ("5.1.1", 550, "failed", Outcome.REFUSED),
        ("5.1.10", 550, "Failed", Outcome.REFUSED),
        ("5.2.2", 552, "failed", Outcome.REFUSED),
        ("4.4.7", 451, "failed", Outcome.PASSING),
        ("4.4.1", 421, "delayed", Outcome.PASSING),
        ("2.1.5", 250, "delivered", Outcome.PASSING),
        ("5.0.0", 550, "relayed", Outcome.PASSING),
    ],
)
def test_only_what_failed_for_good_counts(
    shape: str, status: str, code: int, action: str, outcome: Outcome
) -> None:
    sender = mailed()
    raw = report(sender, shape, status=status, code=code, action=action)
    assert take_in(raw) == outcome
    assert tallies() == {outcome: 1}
    is_counted = outcome == Outcome.REFUSED
    assert count() == is_counted
    assert list(MailRefusal.objects.values_list("code", flat=True)) == [code] * is_counted


@pytest.mark.django_db
@pytest.mark.parametrize("reply", [OUT_OF_OFFICE, READ_RECEIPT], ids=["away", "read"])
def test_an_answer_of_a_person_does_nothing(reply: str) -> None:
    assert take_in(report(mailed(), reply)) == Outcome.NO_REPORT
    assert (count(), tallies()) == (0, {Outcome.NO_REPORT: 1})


@pytest.mark.django_db
def test_a_report_inside_a_mail_that_is_given_back_does_nothing() -> None:
    """Else who gets our mail could have another's report read as ours."""
    sender = mailed()
    inner = report(sender).decode()
    outer = f"To: {sender}\nContent-Type: message/rfc822\n\n{inner}".encode()
    assert take_in(outer) == Outcome.NO_REPORT
    hidden = report("iemand@kpo.example").decode().replace("Dag Noor,", f"Delivered-To: {sender}")
    assert take_in(hidden.encode()) == Outcome.FOREIGN
    assert count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["unsigned", "forged", "another site", "never sent"])
def test_a_report_that_we_did_not_ask_for_is_ignored_and_counted(how: str) -> None:
    sender = mailed()
    name, _, domain = sender.partition("@")
    wrong = "a" if name[20] != "a" else "b"
    address, outcome = {
        "unsigned": ("kpo@kpo.example", Outcome.FOREIGN),
        "forged": (f"{name[:20]}{wrong}{name[21:]}@{domain}", Outcome.FOREIGN),
        "another site": (f"{name}@elders.example", Outcome.FOREIGN),
        "never sent": (envelopes.address_of(uuid4()), Outcome.EXPIRED),
    }[how]
    assert take_in(report(address)) == outcome
    assert (count(), tallies()) == (0, {outcome: 1})


@pytest.mark.django_db
def test_one_mail_counts_once_however_often_it_is_reported() -> None:
    sender = mailed()
    told = [take_in(report(sender)), take_in(report(sender, EXCHANGE))]
    assert told == [Outcome.REFUSED, Outcome.REPEATED]
    assert count() == 1


@pytest.mark.django_db
def test_after_three_mails_that_came_back_no_news_is_mailed() -> None:
    """That a server takes a mail wipes nothing here: that is what it did with the others too."""
    for number in range(3):
        assert not refusals.is_stopped(ADDRESS)
        take_in(report(mailed()))
        assert count() == number + 1
    assert refusals.is_stopped(ADDRESS)


@pytest.mark.django_db
def test_a_mail_that_stays_away_for_ten_days_wipes_the_count() -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        take_in(report(mailed()))
    with time_machine.travel(now + timedelta(days=1), tick=False):
        mailed()
        mailed("ander@gemeente.example")
        refusals.note("ander@gemeente.example", 550)
    with time_machine.travel(now + timedelta(days=10, hours=1), tick=False):
        believe_delivered.call()
        assert (count(), Envelope.objects.count()) == (1, 2)
    with time_machine.travel(now + timedelta(days=11, hours=1), tick=False):
        believe_delivered.call()
    assert (count(), Envelope.objects.count()) == (0, 0)
    # The refusal came after that mail: nothing got through since.
    assert count("ander@gemeente.example") == 1


@pytest.mark.django_db
def test_the_own_data_page_names_the_days_that_it_is_kept() -> None:
    """Whichever job comes first: what stayed away wipes the count before it goes."""
    person = UserFactory(email=ADDRESS)
    now = timezone.now()
    refusals.note(ADDRESS, 550)
    with time_machine.travel(now + timedelta(hours=1), tick=False):
        mailed()
        (line,) = (one for one in declared_for(person) if one.label == "Verstuurde mails")
    assert line.kept == "10 dagen"
    with time_machine.travel(now + timedelta(days=10, hours=2), tick=False):
        apply_retention.call()
    assert (count(), Envelope.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_what_is_not_ours_is_not_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Anybody can send a mail that takes long to take apart: the address is looked at first."""
    sender, opened = mailed(), []
    read = delivery_reports.read
    monkeypatch.setattr(delivery_reports, "read", lambda raw: opened.append(raw) or read(raw))
    assert take_in(report("kpo@kpo.example")) == Outcome.FOREIGN
    assert opened == []
    assert take_in(report(sender)) == Outcome.REFUSED
    assert len(opened) == 1


@pytest.mark.django_db
def test_parts_within_parts_without_end_are_no_report() -> None:
    sender = mailed()
    assert take_in(report(sender) + b"\nboundary" * 50) == Outcome.NO_REPORT
    assert take_in(report(sender)) == Outcome.REFUSED


def test_whatever_the_parser_raises_it_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise ArithmeticError

    monkeypatch.setattr(delivery_reports, "message_from_bytes", fail)
    assert not delivery_reports.read(report(SIGNED)).is_report


# --- How it comes in ------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_worker_empties_the_folder(box: mailbox.Maildir) -> None:
    box.add(report(mailed()))
    box.add(report(mailed(), OUT_OF_OFFICE))
    box.add(b"\xff\x00 geen mail")
    collect_bounces.call()
    assert (count(), len(box)) == (1, 0)
    assert tallies() == {Outcome.REFUSED: 1, Outcome.NO_REPORT: 1, Outcome.FOREIGN: 1}


@pytest.mark.django_db
@pytest.mark.parametrize("when", ["before it was kept", "before it was removed"])
def test_killed_halfway_nothing_counts_twice_and_nothing_is_lost(
    box: mailbox.Maildir, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    for _ in range(3):
        box.add(report(mailed()))
    done: list[str] = []

    def killed(*args: Any) -> None:
        done.append("x")
        if len(done) == 2:
            raise SystemExit
        forget(*args)

    place = (refusals, "note") if when == "before it was kept" else (mailbox.Maildir, "discard")
    forget = getattr(*place)
    with monkeypatch.context() as patch:
        patch.setattr(*place, killed)
        with pytest.raises(SystemExit):
            bounces.collect()
    assert (count(), len(box)) == (1 if when == "before it was kept" else 2, 2)
    bounces.collect()
    assert (count(), len(box)) == (3, 0)


@pytest.mark.django_db
def test_the_command_takes_one_mail_from_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    given_in = io.TextIOWrapper(io.BytesIO(report(mailed()) + b"x" * 600_000))
    monkeypatch.setattr("sys.stdin", given_in)
    told = io.StringIO()
    call_command("take_bounce", stdout=told)
    assert (count(), told.getvalue(), given_in.buffer.read()) == (1, "", b"")


@pytest.mark.parametrize("away", [OperationalError, InterfaceError, ArithmeticError])
def test_without_a_database_the_mail_server_is_asked_to_try_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, away: type[Exception]
) -> None:
    """Postfix tries again after exit 75 and throws the report away after any other."""

    def fail(raw: bytes) -> None:
        raise away("server closed the connection, noor@gemeente.example")

    given_in = io.TextIOWrapper(io.BytesIO(b"x" * 600_000))
    monkeypatch.setattr("sys.stdin", given_in)
    monkeypatch.setattr(bounces, "take_in", fail)
    with pytest.raises(SystemExit) as caught:
        call_command("take_bounce")
    assert caught.value.code == os.EX_TEMPFAIL
    assert away.__name__ in caplog.text
    assert "noor" not in caplog.text
    assert given_in.buffer.read() == b""


@pytest.mark.django_db
def test_without_an_address_the_folder_is_left_alone_and_that_is_said(
    settings: Settings, box: mailbox.Maildir
) -> None:
    box.add(report(mailed()))
    settings.KPO_BOUNCE_ADDRESS = ""
    collect_bounces.call()
    assert (len(box), tallies()) == (1, {})
    assert "KPO_BOUNCE_ADDRESS is leeg" in advice()


@pytest.mark.django_db
def test_a_message_that_cannot_be_opened_holds_up_no_other_and_is_said(
    settings: Settings, box: mailbox.Maildir, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("1.closed", "2.closed"):
        # A link to itself: nobody can open it, root neither.
        Path(settings.KPO_BOUNCE_FOLDER, "new", name).symlink_to(name)
    box.add(report(mailed()))
    with monkeypatch.context() as patch:
        patch.setattr(bounces, "MOST_AT_A_TIME", 1)
        assert bounces.collect() == 1
    assert (count(), len(box)) == (1, 2)
    assert "die niet te openen zijn: 2." in advice()


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["new", "cur"])
def test_a_folder_that_cannot_be_written_is_said_and_nothing_counts_again(
    settings: Settings, box: mailbox.Maildir, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    box.add(report(mailed()))
    closed, may = str(Path(settings.KPO_BOUNCE_FOLDER, part)), os.access
    monkeypatch.setattr("os.access", lambda path, mode: str(path) != closed and may(path, mode))
    collect_bounces.call()
    assert (len(box), tallies()) == (1, {})
    assert "niet te lezen" in advice()


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["missing", "no folder"])
def test_a_folder_that_cannot_be_read_is_said(settings: Settings, how: str) -> None:
    if how == "no folder":
        Path(settings.KPO_BOUNCE_FOLDER).write_text("")
    collect_bounces.call()
    assert "niet te lezen" in advice()


@pytest.mark.django_db
def test_the_operations_page_says_what_came_back(box: mailbox.Maildir) -> None:
    take_in(report(mailed()))
    take_in(report("kpo@kpo.example"))
    (line,) = (one for one in inbox_lines() if "terugkwam" in one.label)
    assert line.value.startswith("1 voorgoed geweigerd, 1 nagemaakt of niet van ons, 0 anders")
    assert advice() == ""


def advice() -> str:
    return next(one.advice for one in inbox_lines() if "terugkwam" in one.label)


# --- Odd bytes ------------------------------------------------------------------------------------
@given(
    raw=st.one_of(
        st.binary(max_size=400),
        st.builds(
            lambda at, odd: (made := report(SIGNED))[:at] + odd + made[at + len(odd) :],
            st.integers(0, len(POSTFIX)),
            st.binary(max_size=40),
        ),
    )
)
@example(b"Content-Type: multipart/report; boundary=b\n\n" + b"--b\n" * 50_000)
@example(
    b"".join(
        b"Content-Type: multipart/report; boundary=%d\n\n--%d\n" % (n, n) for n in range(4_000)
    )
)
@example(b"To: =?utf-8?b?////?=\nContent-Type: multipart/report; boundary*0*=%ff''b\n\n--b")
@proof(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_odd_bytes_never_raise(raw: bytes) -> None:
    found = delivery_reports.read(raw)
    assert all(500 <= code < 600 for code in found.codes)
    list(envelopes.keys_among(delivery_reports.addresses(raw)))


SIGNED = "bounce+aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@mail.example"


@pytest.mark.django_db
def test_the_queue_and_the_log_hold_nothing_of_it(box: mailbox.Maildir) -> None:
    box.add(report(mailed()))
    collect_bounces.enqueue()
    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs")
        assert not any(ADDRESS in row[0] for row in cursor.fetchall())
