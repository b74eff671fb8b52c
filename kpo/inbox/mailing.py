"""Sending what is in inboxes by mail: a line at once, or one mail for a day, a week or a month.

A job knows whom it is about and no more. Rights, choices and what was read meanwhile are looked at
when it runs, and again when it is tried again; so nothing that waits in the queue can be lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from kpo import jobs
from kpo.inbox import letters
from kpo.inbox.channels import Channel
from kpo.inbox.models import Notification
from kpo.inbox.moments import last_moments
from kpo.inbox.preferences import with_channel
from kpo.people import mail, refusals
from kpo.people.models import User
from kpo.people.reader import Reader, reader_of_user


@jobs.name("Een bericht meteen mailen")
@task()
def mail_line(*, notification: int) -> None:
    """Mail one line, unless it was read, mailed, lost, or is wanted in another way by now."""
    row = Notification.objects.filter(pk=notification).first()
    if row is None:
        return
    with transaction.atomic():
        reader = _turn_of(row.person_id)
        if reader is None:
            return
        wanted: Any = with_channel(Notification.objects.visible_to(reader).unmailed())
        for one in wanted.filter(pk=row.pk, channel=Channel.AT_ONCE):
            _send(letters.at_once(reader, one), [one], f"{one.uuid}")


@jobs.name("Iemand mailen wat er nieuw is")
@task()
def mail_digest(*, person: int) -> None:
    """Mail what waits for one person, of all channels whose moment has come."""
    with transaction.atomic():
        reader = _turn_of(person)
        if reader is None:
            return
        waiting: Any = with_channel(Notification.objects.visible_to(reader).unmailed())
        due = _due(timezone.now())
        channels = set(waiting.filter(due).order_by().values_list("channel", flat=True))
        rows = list(waiting.filter(channel__in=channels))
        letter = letters.digest(reader, rows, channels) if rows else None
        # The youngest line names the mail: made twice, it is the same mail twice.
        _send(letter, rows, f"{rows[0].uuid}" if rows else "")


@jobs.periodic(cron="5 * * * *")
@jobs.name("Nagaan wie een mail met nieuws moet krijgen")
@task()
def mail_digests() -> None:
    """Queue a mail for everyone for whom something waited when its moment came.

    By the hour, and by what waits: a worker that was away at that moment makes up for it.
    """
    for person in people_waiting():
        mail_digest.enqueue(person=person)


def people_waiting() -> Iterator[int]:
    """Keys of the people whose digest is due, as far as mail reaches them."""
    rows: Any = with_channel(Notification.objects.unmailed().filter(person__is_active=True))
    waiting = rows.filter(_due(timezone.now())).order_by().values("person")
    people = User.objects.filter(pk__in=waiting).exclude(email__in=refusals.stopped_addresses())
    yield from people.order_by("pk").values_list("pk", flat=True)


def _due(now: datetime) -> Q:
    """Condition on lines with a channel: they were there when its last moment came."""
    moments = last_moments(now).items()
    return reduce(or_, (Q(channel=name, created_at__lt=moment) for name, moment in moments))


def _turn_of(person: int) -> Reader | None:
    """The reader, and until the transaction ends nobody else mails this person; None for nobody.

    A lock of its own, since a person who marks a line as read never waits for a mail server.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('kpo.inbox.mail'), %s)", [person])
    found = User.objects.active().with_standing().filter(pk=person).first()
    if found is None or refusals.is_stopped(found.email):
        return None
    reader = reader_of_user(found)
    return None if reader.is_anonymous else reader


def _send(letter: EmailMultiAlternatives | None, rows: list[Notification], name: str) -> None:
    """Send and note it. A server that does not answer raises, and the job is tried again later."""
    if letter is None:
        return
    host = settings.WAGTAILADMIN_BASE_URL.partition("://")[2].partition(":")[0].rstrip("/")
    letter.extra_headers["Message-ID"] = f"<{name}@{host}>"
    mail.send(letter)
    told = Notification.objects.filter(pk__in=[row.pk for row in rows])
    told.update(mailed_at=timezone.now())
