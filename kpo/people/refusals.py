"""Addresses that refuse our mail: counted, and left alone after a few times.

What is left out then is news. Mail about the account itself still goes: without it nobody whose
mailbox was full for a week could ever sign in again. A refusal is heard in the
conversation with the mail server, or comes back later as a mail (`bounces.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from kpo.people.models import MailRefusal

# A reply of SMTP that begins with 5 is final (RFC 5321, 4.2.1).
FINAL = 500


def note(address: str, code: int) -> None:
    """Count one refusal for good of this address."""
    now = timezone.now()
    MailRefusal.objects.get_or_create(email=address, defaults={"code": code, "last_at": now})
    own = MailRefusal.objects.filter(email=address)
    own.update(count=F("count") + 1, code=code, last_at=now)


def forget(address: str) -> None:
    """A mail got through, or somebody says that the next one will."""
    MailRefusal.objects.filter(email=address).delete()


def is_stopped(address: str) -> bool:
    return MailRefusal.objects.stopped().filter(email=address).exists()


def among(addresses: Iterable[str]) -> set[str]:
    """Those of these addresses where no news is mailed any more."""
    stopped = MailRefusal.objects.stopped().filter(email__in=list(addresses))
    return set(stopped.values_list("email", flat=True))


def stopped_addresses() -> QuerySet[Any, Any]:
    return MailRefusal.objects.stopped().values("email")
