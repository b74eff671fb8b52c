"""What follows when a text before the board changes: votes lapse, people hear, tasks end."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import connection
from django.db.models.signals import post_save, pre_save
from django.utils import timezone
from wagtail.models import Comment, CommentReply, Page, Revision
from wagtail.signals import task_approved, task_cancelled, task_rejected, task_submitted

from knowledgebank.models import Barrier, KnowledgePage, ReviewItem
from knowledgebank.review import notices
from knowledgebank.review.content import fingerprint, fingerprint_of
from knowledgebank.review.gate import release_of
from knowledgebank.review.locking import hold
from knowledgebank.review.shown import pages_showing
from kpo.audit import log as audit
from kpo.files.models import Document, Image
from kpo.files.signals import bytes_replaced
from kpo.inbox.telling import settle, tell

TASKS = (
    notices.SUBMITTED,
    notices.ASKED,
    notices.RESTARTED,
    notices.REMINDED,
    notices.ESCALATED,
)


def remember_votes(sender: type[Revision], instance: Revision, **kwargs: Any) -> None:
    """Before a text is written over: which votes were on what it held until now.

    The page comes first here too: the last vote publishes it, and then writes to its revision.
    """
    if instance.pk is None or instance.base_content_type.model_class() is not Page:
        return
    item = ReviewItem.objects.open().filter(page_id=int(instance.object_id)).first()
    if item is None or not connection.in_atomic_block:
        return
    hold(item.page_id)
    if item.revision_id == instance.pk and item.appraisals.exists():
        vars(instance)["held"] = fingerprint_of(Revision.objects.get(pk=instance.pk))
        vars(instance)["held_for"] = item


def follow_text(sender: type[Revision], instance: Revision, **kwargs: Any) -> None:
    """A text before the board was written over: the votes on what it was before have lapsed."""
    item = vars(instance).pop("held_for", None)
    if item is not None:
        _tell_of_lapse(item, vars(instance).pop("held"), instance)


def follow_latest(
    sender: type[KnowledgePage],
    instance: KnowledgePage,
    update_fields: Collection[str] | None = None,
    **kwargs: Any,
) -> None:
    """Let an open item be about what its page calls the latest text.

    Wagtail goes on after the votes only then. It is followed where the page says so, and not where
    a revision is made: an autosave that began before a text was handed in can end after it. Who
    saves a page has its row; `rounds.locked` and the start of a round take that first as well.
    """
    if update_fields is not None and "latest_revision" not in update_fields:
        return
    latest = instance.latest_revision
    if latest is None:
        return
    items = ReviewItem.objects.open().filter(page_id=instance.pk).exclude(revision=latest)
    for item in items.select_for_update(of=("self", "taskstate_ptr")):
        before = item.revision
        ReviewItem.objects.filter(pk=item.pk).update(revision=latest)
        if not latest.is_latest_revision():
            # Wagtail calls the newest the latest, and a page with a newer one unfinished.
            Revision.objects.filter(pk=latest.pk).update(created_at=timezone.now())
        if item.appraisals.exists():
            _tell_of_lapse(item, fingerprint_of(before), latest)


def _tell_of_lapse(item: ReviewItem, before: str, revision: Revision) -> None:
    """Who voted on the text with the fingerprint `before` hears that it is another one now."""
    if (
        fingerprint_of(revision) == before
        or not item.appraisals.filter(fingerprint=before).exists()
    ):
        return
    audit.record("knowledgebank.restart_review", actor=revision.user, obj=item)
    tell(notices.RESTARTED, item, event=f"{item.uuid}:{before[:32]}", actor=revision.user)


def tell_board(sender: type[ReviewItem], instance: ReviewItem, user: Any, **kwargs: Any) -> None:
    """Whoever submitted, with which button: who may judge it hears of it."""
    event = str(instance.uuid)
    tell(notices.SUBMITTED, instance, event=event, actor=user, due_on=instance.due_on)


def end_tasks(sender: type[ReviewItem], instance: ReviewItem, **kwargs: Any) -> None:
    """Decided or taken back, also with a button of Wagtail's: nobody has to do anything more."""
    for kind in TASKS:
        settle(kind, instance)


def tell_of_comment(sender: Any, instance: Any, created: bool, **kwargs: Any) -> None:
    """A comment or a reply in the CMS, at a text before the board."""
    page_id = instance.page_id if isinstance(instance, Comment) else instance.comment.page_id
    item = ReviewItem.objects.open().filter(page_id=page_id).first()
    if created and item is not None:
        event = f"{item.uuid}:{sender._meta.model_name}:{instance.pk}"
        tell(notices.COMMENTED, item, event=event, actor=instance.user)


def judge_anew(instance: Barrier | Document | Image, **kwargs: Any) -> None:
    """What a page shows was changed elsewhere: the page has the badge of what it shows now."""
    for page in pages_showing(instance):
        release = release_of(page, fingerprint(page))
        KnowledgePage.objects.filter(pk=page.pk).exclude(release=release).update(release=release)


def connect() -> None:
    post_save.connect(judge_anew, sender=Barrier, dispatch_uid="knowledgebank.review.following")
    bytes_replaced.connect(judge_anew, dispatch_uid="knowledgebank.review.following")
    for model in (Comment, CommentReply):
        post_save.connect(
            tell_of_comment, sender=model, dispatch_uid="knowledgebank.review.following"
        )
    for signal in (task_approved, task_rejected, task_cancelled):
        signal.connect(end_tasks, sender=ReviewItem, dispatch_uid="knowledgebank.review.following")
    task_submitted.connect(
        tell_board, sender=ReviewItem, dispatch_uid="knowledgebank.review.following"
    )
    pre_save.connect(remember_votes, sender=Revision, dispatch_uid="knowledgebank.review.votes")
    post_save.connect(follow_text, sender=Revision, dispatch_uid="knowledgebank.review.following")
    for page in KnowledgePage.__subclasses__():
        post_save.connect(follow_latest, sender=page, dispatch_uid="knowledgebank.review.latest")
