"""Mail from the inbox about everything there is, to everybody; read as one who reads along."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.core import mail
from django.db import transaction
from django.utils import timezone

from knowledgebank.notices import NEW
from kpo.inbox.channels import Channel
from kpo.inbox.mailing import mail_digest, mail_line
from kpo.inbox.models import Notification, Preference
from kpo.people import tokens
from tests.leaks.personas import PUBLIC_PARTNER
from tests.leaks.walk import Walk

# Who gets each line by itself: one who reads what is closed, and one who does not.
AT_ONCE = ("circle_member", "private_account")
# Has a mailbox and an account; only the session is half a one.
HALF = "half_signed_in"


def mail_everybody(walk: Walk) -> int:
    """Everybody's digest, and every line at once to some; returns how many mails there were.

    A mail passes through other hands: what is closed is a leak in it, for its reader too.
    """
    mail.outbox.clear()
    with transaction.atomic():
        long_ago = timezone.now() - timedelta(days=60)
        Notification.objects.update(created_at=long_ago, read_at=None, mailed_at=None)
        for person in Notification.objects.order_by().values_list("person", flat=True).distinct():
            Preference.objects.create(person_id=person, kind=NEW.name, channel=Channel.AT_ONCE)
            mail_digest.call(person=person)
        hurried = [walk.world.person(name) for name in AT_ONCE]
        for line in Notification.objects.filter(kind=NEW.name, person__in=hurried):
            mail_line.call(notification=line.pk)
        transaction.set_rollback(True)
    for message in mail.outbox:
        check(walk, message)
    return len(mail.outbox)


def check(walk: Walk, message: Any) -> None:
    persons = {one.person.email: one for one in walk.world.personas.values() if one.person}
    for address in message.to:
        reader = persons.get(address, walk.world.personas["anonymous"])
        holds = PUBLIC_PARTNER if reader.name == HALF else reader.holds & tokens.OPEN
        outside = replace(reader, holds=holds)
        html = "".join(str(content) for content, _ in message.alternatives)
        text = "\n".join([message.subject, str(message.message()), message.body, html])
        walk.check(outside, "mail from the inbox", {"mail": text})
