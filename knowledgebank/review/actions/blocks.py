"""The verb of taking one block out of a page that stands: what turned out wrong is gone at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from knowledgebank.models import ChangeNote, KnowledgePage, Release
from knowledgebank.querysets import SEATED
from knowledgebank.review.conditions import shortened
from knowledgebank.review.content import fingerprint
from knowledgebank.review.gate import release_of
from knowledgebank.review.locking import hold
from knowledgebank.review.parts import streams_of
from knowledgebank.vocabulary import Significance
from kpo.audit import log as audit
from kpo.people.models import User
from kpo.people.reader import reader_for

ALIAS = "Deze pagina toont een andere. Haal het onderdeel daar weg."
GONE = "Dit onderdeel staat niet meer op de pagina."
LAST_ONE = "Zonder dit onderdeel blijft er niets over. Trek dan de hele pagina in."
REASON_NEEDED = "Geef een reden: lezers zien die bij de wijzigingen."
NOTE = "Ingetrokken door de redactieraad ({label}): {reason}"


@transaction.atomic
def withdraw_block(*, actor: User, page: KnowledgePage, key: str, reason: str) -> None:
    """Take the block with this id out of the page, out of the text that goes live by itself on a
    later moment, and out of the draft that follows.

    What is left keeps its badge: nothing was added to what the board judged. The texts that had it
    may not be shown again without the board. Readers see when and why in the list of changes.
    Raises PermissionDenied for who has no seat on the board or may not read the page,
    ValidationError, in a sentence, where the block is not there or is the last.
    """
    hold(page.pk)
    standing: Any = type(page).objects.get(pk=page.pk)
    reader = reader_for(actor)
    if not (reader.has_role(*SEATED) and reader.holds(standing.audience) and standing.live):
        raise PermissionDenied
    if standing.alias_of_id is not None:
        raise ValidationError(ALIAS)
    if not reason.strip():
        raise ValidationError(REASON_NEEDED)
    texts = _texts_of(standing)
    labels = [_take_out(text.page, key) for text in texts]
    if labels[0] is None:
        raise ValidationError(GONE)
    note = NOTE.format(label=labels[0].lower(), reason=reason.strip())
    texts = [text if _is_whole(text.page) else text.as_draft() for text in texts]
    if not texts[0].is_live:
        raise ValidationError(LAST_ONE)
    Release.objects.filter(page=standing, revoked_at=None).update(revoked_at=timezone.now())
    saved = [_save(text, note, actor) for text in texts]
    audit.record("knowledgebank.withdraw_block", actor=actor, obj=page, details={"block": key})
    # Read again: the object at hand takes its page's latest text for this one.
    Revision.objects.get(pk=saved[0].pk).publish(user=actor, skip_permission_checks=True)
    for text, revision in zip(texts, saved, strict=True):
        # Publishing ends every schedule of the page; the moment of the other text stays its own.
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=text.goes_live_at)


@dataclass(frozen=True)
class _Text:
    """A state of the page that the block is taken out of; `release` is what let readers see it."""

    page: Any
    mark: str
    release: Release | None = None
    is_live: bool = False
    goes_live_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """Whether readers have it, or get it by itself."""
        return self.is_live or self.goes_live_at is not None

    def as_draft(self) -> _Text:
        """Not to be shown by itself: nothing readable is left of it."""
        return _Text(self.page, self.mark)


def _texts_of(standing: Any) -> list[_Text]:
    """What readers have; then what goes live by itself, if anything; then the draft after it."""
    texts = [_Text(standing, fingerprint(standing), standing.release, is_live=True)]
    waiting = standing.scheduled_revision
    if waiting is not None:
        page = waiting.as_object()
        mark = fingerprint(page)
        release = release_of(standing, mark)
        texts.append(_Text(page, mark, release, goes_live_at=waiting.approved_go_live_at))
    is_ahead = standing.has_unpublished_changes
    if is_ahead and (waiting is None or not waiting.is_latest_revision()):
        draft = standing.get_latest_revision_as_object()
        texts.append(_Text(draft, fingerprint(draft)))
    return texts


def _take_out(page: Any, key: str) -> str | None:
    """Remove the block; gives what kind it was, or None where it is not there."""
    for _, stream in streams_of(page):
        for index, block in enumerate(stream):
            if str(block.id) == key:
                label = str(block.block.label)
                del stream[index]
                return label
    return None


def _is_whole(page: Any) -> bool:
    """Whether something is left in each part that a page of this kind cannot do without."""
    streams = [page._meta.get_field(name) for name, stream in streams_of(page) if not len(stream)]
    return all(field.blank for field in streams)


def _write_note(page: Any, note: str) -> None:
    page.change_notes.add(ChangeNote(text=note, significance=Significance.IMPORTANT))


def _save(text: _Text, note: str, actor: User) -> Revision:
    """The text without the block as a revision; what stands is no newer than what it keeps.

    Each in turn, so that whoever hears of a revision finds what was carried over for that one.
    """
    moment = timezone.now()
    _write_note(text.page, note)
    _let_stand(text, actor)
    revision: Revision = text.page.save_revision(user=actor, clean=False)
    if text.stands:
        Revision.objects.filter(pk=revision.pk).update(created_at=moment)
    return revision


def _let_stand(text: _Text, actor: User) -> None:
    """What stands, or is to, is what was judged, less a part: it keeps the numbers and the day of
    its badge, and what others found good of it.

    Its revision too, so that who wrote since then stay authors of what comes next. A text that
    nobody let through before is not let through by this.
    """
    if not text.stands:
        return
    mark = fingerprint(text.page)
    if text.release is not None:
        _copy(text.release, mark)
    elif text.is_live:
        Release.objects.create(page=text.page, way=Release.Way.IMPORT, fingerprint=mark)
    told = {"page": text.page, "actor": actor, "before": text.mark, "after": mark}
    shortened.send(sender=type(text.page), **told)


def _copy(former: Release, mark: str) -> None:
    kept = {
        field.name: getattr(former, field.name)
        for field in Release._meta.concrete_fields
        if not field.primary_key and field.name not in ("fingerprint", "revoked_at")
    }
    copy = Release.objects.create(**kept, fingerprint=mark)
    Release.objects.filter(pk=copy.pk).update(released_at=former.released_at)
