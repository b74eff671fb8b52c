"""Taking one block out of a page that stands, by its id: what turned out wrong is gone at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import Page, Revision

from knowledgebank.models import ChangeNote, KnowledgePage, Release
from knowledgebank.passages import text_of
from knowledgebank.querysets import SEATED
from knowledgebank.review.conditions import shortened
from knowledgebank.review.content import fingerprint
from knowledgebank.vocabulary import Significance
from kpo.audit import log as audit
from kpo.people.models import User
from kpo.people.reader import reader_for

ALIAS = "Deze pagina toont een andere. Haal het onderdeel daar weg."
GONE = "Dit onderdeel staat niet meer op de pagina."
LAST_ONE = "Zonder dit onderdeel blijft er niets over. Trek dan de hele pagina in."
REASON_NEEDED = "Geef een reden: lezers zien die bij de wijzigingen."
NOTE = "Ingetrokken door de redactieraad ({label}): {reason}"
LONGEST_REASON = 160
EXCERPT = 200
# What a block is known by, of all that it says.
SPOKEN = ("title", "text", "how", "caption")


@dataclass(frozen=True, slots=True)
class Part:
    """A block of a page as the board picks it: its id, what kind it is, how it begins."""

    key: str
    label: str
    excerpt: str


def parts_of(page: KnowledgePage) -> list[Part]:
    """Every block of the page, in the order of its fields."""
    return [
        Part(str(block.id), str(block.block.label), " ".join(_words(block.value))[:EXCERPT])
        for _, stream in _streams(page)
        for block in stream
    ]


@transaction.atomic
def withdraw_block(*, actor: User, page: KnowledgePage, key: str, reason: str) -> None:
    """Take the block with this id out of the page, and out of the draft that follows it.

    What is left keeps its badge: nothing was added to what the board judged. The texts that had it
    may not be shown again without the board. Readers see when and why in the list of changes.
    Raises PermissionDenied for who has no seat on the board or may not read the page,
    ValidationError, in a sentence, where the block is not there or is the last.
    """
    Page.objects.select_for_update().get(pk=page.pk)
    standing: Any = type(page).objects.get(pk=page.pk)
    reader = reader_for(actor)
    if not (reader.has_role(*SEATED) and reader.holds(standing.audience) and standing.live):
        raise PermissionDenied
    if standing.alias_of_id is not None:
        raise ValidationError(ALIAS)
    if not reason.strip():
        raise ValidationError(REASON_NEEDED)
    before = fingerprint(standing)
    draft: Any = standing.get_latest_revision_as_object()
    label = _take_out(standing, key)
    if label is None:
        raise ValidationError(GONE)
    note = NOTE.format(label=label.lower(), reason=reason.strip())
    is_ahead = standing.has_unpublished_changes
    _write_note(standing, note)
    try:
        revision = standing.save_revision(user=actor)
    except ValidationError:
        raise ValidationError(LAST_ONE) from None
    if is_ahead:
        _take_out(draft, key)
        _write_note(draft, note)
        draft.save_revision(user=actor, clean=False)
    _release(standing, standing.release)
    told = {"page": standing, "actor": actor, "before": before, "after": fingerprint(standing)}
    shortened.send(sender=type(standing), **told)
    audit.record("knowledgebank.withdraw_block", actor=actor, obj=page, details={"block": key})
    # Read again: the object at hand takes its page's latest text for this one.
    Revision.objects.get(pk=revision.pk).publish(user=actor, skip_permission_checks=True)


def _streams(page: Any) -> Iterator[tuple[str, Any]]:
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            yield field.name, getattr(page, field.name)


def _take_out(page: Any, key: str) -> str | None:
    """Remove the block; gives what kind it was, or None where it is not there."""
    for _, stream in _streams(page):
        for index, block in enumerate(stream):
            if str(block.id) == key:
                label = str(block.block.label)
                del stream[index]
                return label
    return None


def _write_note(page: Any, note: str) -> None:
    page.change_notes.add(ChangeNote(text=note, significance=Significance.IMPORTANT))


def _release(page: KnowledgePage, former: Release | None) -> None:
    """What stands is what was judged, less a part: it keeps the numbers and the day of its badge.

    Its revision too, so that who wrote since then stay authors of what comes next.
    """
    Release.objects.filter(page=page, revoked_at=None).update(revoked_at=timezone.now())
    mark = fingerprint(page)
    if former is None:
        Release.objects.create(page=page, way=Release.Way.IMPORT, fingerprint=mark)
        return
    kept = {
        field.name: getattr(former, field.name)
        for field in Release._meta.concrete_fields
        if not field.primary_key and field.name not in ("fingerprint", "revoked_at")
    }
    copy = Release.objects.create(**kept, fingerprint=mark)
    Release.objects.filter(pk=copy.pk).update(released_at=former.released_at)


def _words(value: Any) -> Iterator[str]:
    """The text of a block; what it points at, such as a file, has readers of its own."""
    if isinstance(value, str):
        yield value
    elif hasattr(value, "source"):
        yield text_of(value.source)
    elif isinstance(value, dict):
        yield from (word for name in SPOKEN if name in value for word in _words(value[name]))
    elif hasattr(value, "bound_blocks"):
        yield from (word for child in value.bound_blocks for word in _words(child.value))
