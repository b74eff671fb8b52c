"""What a mail from the inbox says: made when it is sent, from what its reader may see then.

Others may read a mail, so it names what is open only. Of what is closed it says that there is
something, by one sentence and a link: no title, no number, no name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from kpo.inbox.channels import DIGESTS, Channel
from kpo.inbox.kinds import all_kinds
from kpo.inbox.lines import Line, lines_of
from kpo.inbox.models import Notification
from kpo.inbox.subscriptions import DIGEST, Subscription, address_of
from kpo.people import tokens
from kpo.people.addresses import absolute, link
from kpo.people.mail import plain
from kpo.people.reader import Reader

CLOSED = "Er is iets nieuws in een van je besloten communities."
CLOSED_SUBJECT = "Er is iets nieuws voor je op KPO"
TASKS = "Nog te doen"
TITLES = {
    Channel.DAILY: "Vandaag op KPO",
    Channel.WEEKLY: "Jouw week op KPO",
    Channel.MONTHLY: "Jouw maand op KPO",
}
RHYTHMS = {
    Channel.DAILY: "elke werkdag",
    Channel.WEEKLY: "elke maandag",
    Channel.MONTHLY: "op de eerste dag van elke maand",
}
# More than this under one heading nobody reads in a mail.
MOST = 10


@dataclass(frozen=True)
class Entry:
    """One line of a mail, in plain words."""

    title: str
    url: str
    sentence: str
    audience: str


@dataclass(frozen=True)
class Section:
    heading: str
    entries: list[Entry]
    more: int


@dataclass(frozen=True)
class Told:
    """What one mail may tell a reader: the open lines, and whether there is something closed."""

    rows: list[Notification]
    lines: list[Line]
    has_closed: bool


def told_to(reader: Reader, rows: Sequence[Notification]) -> Told:
    """`rows` are those that the reader may see now."""
    lines = lines_of(reader.outside, rows)
    known = {line.row.pk for line in lines}
    closed = [line for line in lines_of(reader, rows) if line.row.pk not in known]
    kept = known | {line.row.pk for line in closed}
    return Told([row for row in rows if row.pk in kept], lines, bool(closed))


def digest(reader: Reader, rows: Sequence[Notification], channels: set[str]) -> Any:
    """The one mail over all pillars, or None where there is nothing to tell."""
    told = told_to(reader, rows)
    if reader.person is None or not told.rows:
        return None
    longest = next(channel for channel in reversed(DIGESTS) if channel in channels)
    words = {
        "title": TITLES[longest],
        "rhythm": RHYTHMS[longest],
        "sections": sections_of(told.lines),
        "closed": CLOSED if told.has_closed else "",
    }
    subscription = Subscription(str(reader.person.uuid), DIGEST)
    return letter(reader, "digest", TITLES[longest], subscription, words)


def at_once(reader: Reader, row: Notification) -> Any:
    """The mail about one line, or None where the reader may not see it."""
    told = told_to(reader, [row])
    if reader.person is None or not told.rows:
        return None
    subject, words = CLOSED_SUBJECT, dict[str, Any](closed=CLOSED)
    for line in told.lines:
        subject = f"{line.kind.label}: {line.item.title}"
        words = {"entry": entry_of(line), "label": line.kind.label}
    subscription = Subscription(str(reader.person.uuid), row.kind, row.space)
    return letter(reader, "line", subject, subscription, words)


def sections_of(lines: Sequence[Line]) -> list[Section]:
    """What is to be done first, then each kind in the order of registration."""
    tasks = [line for line in lines if line.kind.is_task]
    news = [kind for kind in all_kinds() if not kind.is_task]
    groups = [(TASKS, tasks)]
    groups += [(kind.heading, [line for line in lines if line.kind == kind]) for kind in news]
    return [
        Section(heading, [entry_of(line) for line in own[:MOST]], max(0, len(own) - MOST))
        for heading, own in groups
        if own
    ]


def entry_of(line: Line) -> Entry:
    return Entry(
        " ".join(line.item.title.split()),
        link("inbox:open", uuid=line.row.uuid),
        " ".join(line.sentence.split()),
        tokens.label(line.item.audience),
    )


def letter(
    reader: Reader, name: str, subject: str, subscription: Subscription, words: dict[str, Any]
) -> EmailMultiAlternatives:
    """Text and HTML for one person, with the headers for unsubscribing at one click (RFC 8058)."""
    person = reader.person
    assert person is not None  # noqa: S101  the callers above tell nobody else
    unsubscribe = address_of(subscription)
    context = {
        "subject": subject,
        "first_name": person.first_name,
        "home": absolute("/"),
        "inbox": link("inbox:index"),
        "preferences": link("inbox:preferences"),
        "unsubscribe": unsubscribe,
        **words,
    }
    text = render_to_string(f"inbox/mail/{name}.txt", plain(context))
    message = EmailMultiAlternatives(
        " ".join(subject.split()),
        text.strip() + "\n",
        to=[person.email],
        headers={
            "List-Unsubscribe": f"<{unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string(f"inbox/mail/{name}.html", context), "text/html")
    return message
