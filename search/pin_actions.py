"""The verbs of pins: putting pages first for a question, and no longer doing so."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from kpo.audit.log import record
from kpo.pages.models import ReadablePage
from kpo.people.actions.rights import acting, require
from kpo.people.models import User
from search import pins
from search.permissions import can_manage_pins, can_pin
from search.pinned import Pin


@transaction.atomic
def save_pin(*, actor: User, pin: Pin) -> Pin:
    """Save a pin; the next search of any process uses it. Raises ValidationError for one that
    cannot be asked, or has case data in it."""
    known = Pin.objects.filter(pk=pin.pk).values_list("pages", flat=True).first() or []
    _require(actor, [*known, *pin.pages])
    pin.full_clean()
    pin.save()
    pins.announce_change()
    # Without the questions: one of them may be a word of a closed page.
    record("pins.save", actor=actor, obj=pin, details={"pages": [str(page) for page in pin.pages]})
    return pin


@transaction.atomic
def delete_pin(*, actor: User, pin: Pin) -> None:
    _require(actor, pin.pages)
    record("pins.delete", actor=actor, obj=pin)
    pin.delete()
    pins.announce_change()


def _require(actor: User, pages: Iterable[UUID]) -> None:
    """A page that is gone stands in nobody's way."""
    require(can_manage_pins(acting(actor)))
    user = User.objects.get(pk=actor.pk)
    found = ReadablePage.objects.filter(uuid__in=set(pages)).specific()
    require(all(can_pin(user, page) for page in found))
