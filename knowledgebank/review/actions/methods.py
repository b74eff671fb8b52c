"""Verbs of the method: the board writes a new version, and puts it in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from knowledgebank.models import Axis, Criterion, Method, MethodVersion
from knowledgebank.models.method import STEPS
from knowledgebank.querysets import SEATED
from kpo.audit import log as audit
from kpo.people.models import User
from kpo.people.reader import reader_for

IN_FORCE = "Deze versie geldt al en verandert niet meer. Maak een nieuwe versie."
MEANWHILE = (
    "Iemand anders heeft dit concept veranderd terwijl je schreef. Wat je typte staat hieronder; "
    "open het concept in een ander venster om te zien wat er nu staat."
)
BOTH_AXES = (
    "Een methode heeft ten minste één criterium voor relevantie en één voor betrouwbaarheid."
)
EVERY_STEP = "Bij ‘{name}’ ontbreken woorden voor een van de vijf stappen."
TWICE = "Twee criteria heten ‘{name}’. Geef ze elk een eigen naam."
NOTE_NEEDED = "Schrijf op wat er anders is dan in de versie hiervoor."


@dataclass(frozen=True, slots=True)
class CriterionText:
    """What the board wrote of one criterion; `steps` from 1, the worst, to 5."""

    axis: str
    name: str
    question: str
    steps: tuple[str, ...]


@transaction.atomic
def begin_version(*, actor: User, method: Method) -> MethodVersion:
    """The draft of the next version: the one there is, or a copy of what is in force."""
    _require_seat(actor)
    method = Method.objects.select_for_update().get(pk=method.pk)
    if method.draft is not None:
        return method.draft
    last = method.versions.aggregate(last=Max("number"))["last"] or 0
    current = method.current
    draft = MethodVersion.objects.create(method=method, number=last + 1)
    rows = current.criteria.all() if current is not None else []
    _write(draft, [_text_of(row) for row in rows])
    audit.record("knowledgebank.begin_method_version", actor=actor, obj=draft)
    return draft


@transaction.atomic
def save_version(
    *,
    actor: User,
    version: MethodVersion,
    seen: datetime,
    note: str,
    criteria: Sequence[CriterionText],
) -> MethodVersion:
    """Keep what was written of a draft, finished or not.

    Raises ValidationError where it was changed after `seen`, or is in force by now.
    """
    draft = _draft(actor, version)
    if draft.changed_at != seen:
        raise ValidationError(MEANWHILE)
    names = [text.name.casefold() for text in criteria]
    for text in criteria:
        if names.count(text.name.casefold()) > 1:
            raise ValidationError(TWICE.format(name=text.name))
    draft.note = note.strip()
    draft.save()
    draft.criteria.all().delete()
    _write(draft, criteria)
    return draft


@transaction.atomic
def put_in_force(*, actor: User, version: MethodVersion) -> MethodVersion:
    """From now on appraisals are made with this version; those that were made keep theirs."""
    draft = _draft(actor, version)
    criteria = list(draft.criteria.all())
    if {one.axis for one in criteria} != set(Axis):
        raise ValidationError(BOTH_AXES)
    for one in criteria:
        if not one.question or len([step for step in one.steps if step]) != STEPS:
            raise ValidationError(EVERY_STEP.format(name=one.name))
    if draft.number > 1 and not draft.note:
        raise ValidationError(NOTE_NEEDED)
    draft.in_force_since = timezone.now()
    draft.save()
    audit.record("knowledgebank.put_method_in_force", actor=actor, obj=draft)
    return draft


@transaction.atomic
def discard_version(*, actor: User, version: MethodVersion) -> None:
    """Throw a draft away."""
    draft = _draft(actor, version)
    audit.record("knowledgebank.discard_method_version", actor=actor, obj=draft)
    draft.delete()


def _require_seat(actor: User) -> None:
    if not reader_for(actor).has_role(*SEATED):
        raise PermissionDenied


def _draft(actor: User, version: MethodVersion) -> MethodVersion:
    _require_seat(actor)
    found = MethodVersion.objects.select_for_update().get(pk=version.pk)
    if not found.is_draft:
        raise ValidationError(IN_FORCE)
    return found


def _text_of(row: Criterion) -> CriterionText:
    return CriterionText(row.axis, row.name, row.question, tuple(row.steps))


def _write(version: MethodVersion, criteria: Sequence[CriterionText]) -> None:
    Criterion.objects.bulk_create(
        Criterion(
            version=version,
            axis=text.axis,
            name=text.name,
            question=text.question,
            steps=list(text.steps),
            position=position,
        )
        for position, text in enumerate(criteria)
    )
