"""Holding something back, deciding about what is held, and going on with a reason."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone

from kpo.audit.log import record
from kpo.casedata.findings import Finding
from kpo.casedata.guard import check_text, kinds_of
from kpo.casedata.models import Hold
from kpo.casedata.permissions import can_decide
from kpo.casedata.places import place_of
from kpo.people.models import User
from kpo.people.reader import reader_for


@transaction.atomic
def hold(*, actor: User | None, obj: models.Model, place: str, findings: Iterable[Finding]) -> Hold:
    """
    Let a thing wait for a decision; one that waits already keeps its place in the queue.

    `actor` is the author, or None for the platform. Setting the thing aside is up to the caller.
    """
    kinds = kinds_of(findings)
    held, is_new = Hold.objects.update_or_create(
        content_type=ContentType.objects.get_for_model(obj),
        object_id=str(obj.pk),
        state=Hold.State.WAITING,
        defaults={"place": place, "kinds": kinds},
        create_defaults={"place": place, "kinds": kinds, "author": actor},
    )
    if is_new:
        record("casedata.hold", actor=actor, obj=held, details={"place": place, "kinds": kinds})
    return held


@transaction.atomic
def release(*, actor: User, held: Hold, reason: str) -> None:
    """Let it through; the reason says why these are no case data, or may stay."""
    _decide(actor=actor, held=held, state=Hold.State.RELEASED, reason=reason)
    if held.target is not None:
        place_of(held.place).release(held.target)


@transaction.atomic
def remove(*, actor: User, held: Hold, reason: str) -> None:
    """Take it off the platform."""
    target = held.target
    _decide(actor=actor, held=held, state=Hold.State.REMOVED, reason=reason)
    if target is not None:
        place_of(held.place).remove(actor, target)


def _decide(*, actor: User, held: Hold, state: Hold.State, reason: str) -> None:
    locked = Hold.objects.select_for_update().get(pk=held.pk)
    if not can_decide(reader_for(actor), locked):
        raise PermissionDenied
    if locked.state != Hold.State.WAITING:
        raise ValidationError("Over dit stuk is al een beslissing genomen.")
    if not reason.strip():
        raise ValidationError("Geef een reden, zodat later te zien is waarom dit zo is besloten.")
    check_text(reason, where="de reden")
    Hold.objects.filter(pk=held.pk).update(
        state=state, decided_by=actor, decided_at=timezone.now(), reason=reason.strip()
    )
    record(
        f"casedata.{state}",
        actor=actor,
        obj=held,
        details={"place": held.place, "kinds": held.kinds},
    )


def go_on(
    *, actor: User | None, obj: models.Model | None, place: str, findings: Iterable[Finding]
) -> None:
    """Note that an author was warned and gave a reason; the reason stays with what was written."""
    record(
        "casedata.go_on",
        actor=actor,
        obj=obj,
        details={"place": place, "kinds": kinds_of(findings)},
    )
