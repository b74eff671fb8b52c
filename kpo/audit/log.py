"""The one way to write in the log: inside the transaction of the change it reports."""

from typing import Any

from django.db import models

from kpo.audit import origin
from kpo.audit.models import NAME_LENGTH, Entry, Outcome
from kpo.audit.querysets import model_label, object_key

ERASED_LABEL = "gewist account"


def record(
    action: str,
    *,
    actor: Any | None,
    obj: models.Model | None = None,
    outcome: str = Outcome.DONE,
    details: dict[str, Any] | None = None,
) -> None:
    """Add one entry; `actor` is a person, or None for the platform itself.

    `details` holds keys and choices, never names, addresses or text that people wrote: those
    would outlive an erasure.
    """
    source = origin.current()
    Entry.objects.create(
        action=action,
        outcome=Outcome(outcome),
        actor_id=actor.uuid if actor is not None else None,
        actor_label=str(actor)[:NAME_LENGTH] if actor is not None else "",
        object_type=model_label(obj) if obj is not None else "",
        object_id=object_key(obj) if obj is not None else "",
        object_label=label_of(obj)[:NAME_LENGTH] if obj is not None else "",
        via=source.via,
        origin=source.name[:NAME_LENGTH],
        address=source.address,
        details=details or {},
    )


def label_of(obj: models.Model) -> str:
    """What the log calls a thing. Something with an audience keeps its title to its readers."""
    if not hasattr(obj, "audience"):
        return str(obj)
    return f"{obj._meta.verbose_name} {object_key(obj)[:8]}"


def forget_person(person: models.Model) -> int:
    """Replace the labels of an erased person in all entries; returns how many it changed.

    The trigger on the table lets exactly this through: labels that begin with ERASED_LABEL.
    """
    key = object_key(person)
    label = f"{ERASED_LABEL} {key[:8]}"
    named = Entry.objects.exclude(actor_label=label).filter(actor_id=key)
    changed = named.update(actor_label=label)
    spoken_of = Entry.objects.about(person).exclude(object_label=label)
    return changed + spoken_of.update(object_label=label)
