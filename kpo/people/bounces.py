"""Mail that comes back: a refusal for good is counted on the address, and once per mail.

Whatever else comes in at the address for reports does nothing but be counted.
"""

from __future__ import annotations

import logging
import mailbox
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from kpo.people import delivery_reports, envelopes, refusals
from kpo.people.models import Envelope, MailRefusal, ReturnedMail

Outcome = ReturnedMail.Outcome
# Servers try for five days before they give up (RFC 5321, 4.5.4.1).
QUIET_AFTER = timedelta(days=10)
TALLIES_KEPT = timedelta(days=90)
MOST_AT_A_TIME = 1000

logger = logging.getLogger(__name__)


def note_sent(key: UUID, email: str) -> None:
    """Remember a mail that a server took, so that a report about it finds its address."""
    Envelope.objects.create(key=key, email=email, sent_at=timezone.now())


@transaction.atomic
def take_in(raw: bytes) -> Outcome:
    """Read one message that came back, and count what it was. Never raises for what it holds."""
    outcome = _read(raw)
    today = timezone.localdate()
    ReturnedMail.objects.get_or_create(day=today, outcome=outcome)
    of_today = ReturnedMail.objects.filter(day=today, outcome=outcome)
    of_today.update(count=F("count") + 1)
    return outcome


def _read(raw: bytes) -> Outcome:
    key = next(envelopes.keys_among(delivery_reports.addresses(raw)), None)
    if key is None:
        return Outcome.FOREIGN
    returned = delivery_reports.read(raw)
    if not returned.is_report:
        return Outcome.NO_REPORT
    if not returned.codes:
        return Outcome.PASSING
    return _note(key, returned.codes[0])


def _note(key: UUID, code: int) -> Outcome:
    """Count the refusal on the address, unless a report about this mail was counted before."""
    sent = Envelope.objects.filter(key=key)
    email = sent.values_list("email", flat=True).first()
    if email is None:
        return Outcome.EXPIRED
    if not sent.filter(bounced_at=None).update(bounced_at=timezone.now()):
        return Outcome.REPEATED
    refusals.note(email, code)
    return Outcome.REFUSED


def collect() -> int:
    """Read what waits in the folder and remove it; returns how many messages.

    A message is removed after what it said was kept: one that is read twice counts once. One that
    cannot be opened stays. Raises OSError or mailbox.Error where the folder cannot be used.
    """
    box = _folder()
    done = 0
    found = _messages(box, delivery_reports.MOST_BYTES)
    opened = ((key, raw) for key, raw in found if raw is not None)
    for key, raw in islice(opened, MOST_AT_A_TIME):
        take_in(raw)
        box.discard(key)
        done += 1
    return done


def count_unopened() -> int | None:
    """How many messages in the folder cannot be opened; None where the folder cannot be used."""
    try:
        found = islice(_messages(_folder(), most_bytes=1), MOST_AT_A_TIME)
        return sum(raw is None for _, raw in found)
    except (OSError, mailbox.Error):
        return None


def _folder() -> mailbox.Maildir:
    """The folder of returned mail; raises where nothing can be listed in it or removed from it."""
    box = mailbox.Maildir(settings.KPO_BOUNCE_FOLDER, create=False)
    for part in ("new", "cur"):
        if not os.access(Path(settings.KPO_BOUNCE_FOLDER, part), os.R_OK | os.W_OK | os.X_OK):
            raise PermissionError(part)
    return box


def _messages(box: mailbox.Maildir, most_bytes: int) -> Iterator[tuple[str, bytes | None]]:
    """Each message by its key; None for one that we may not read, such as another account's."""
    for key in box.keys():  # noqa: SIM118  a mailbox itself yields opened messages
        raw = None
        try:
            with box.get_file(key) as file:
                raw = file.read(most_bytes)
        except (KeyError, FileNotFoundError):
            # Another worker was first.
            continue
        except OSError as error:
            logger.debug("A returned mail cannot be opened: %s", type(error).__name__)
        yield key, raw


@transaction.atomic
def believe_delivered() -> int:
    """Wipe the refusals of addresses that later took a mail; returns how many.

    That a server took a mail says nothing yet; that nothing came back for days does.
    """
    ReturnedMail.objects.filter(day__lt=timezone.localdate() - TALLIES_KEPT).delete()
    return believe_until(timezone.now() - QUIET_AFTER)


@transaction.atomic
def believe_until(since: datetime) -> int:
    """Wipe refusals by what was sent before a moment, and forget that; returns how many."""
    quiet = Envelope.objects.filter(bounced_at=None, sent_at__lt=since)
    later = quiet.filter(email=OuterRef("email"), sent_at__gt=OuterRef("last_at"))
    wiped, _ = MailRefusal.objects.filter(Exists(later)).delete()
    Envelope.objects.filter(sent_at__lt=since).delete()
    return wiped
