"""What follows for an offer when its page changes, goes before the board or is published."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.signals import task_rejected, task_submitted

from knowledgebank.models import Offer, OfferConsent, OfferFile, Practice, ReviewItem
from knowledgebank.offering import consent, followed, notices
from knowledgebank.offering.files import enclosed
from knowledgebank.review import conditions, enclosures
from knowledgebank.review.content import fingerprint_of
from kpo.audit import log as audit
from kpo.files import actions as files
from kpo.files.models import Document
from kpo.files.signals import file_refused
from kpo.inbox.models import Follow
from kpo.inbox.telling import tell
from kpo.pages.signals import audience_changed, went_live
from kpo.people import tokens
from kpo.people.models import User

NAME = "knowledgebank.offering"


def ask_again(sender: type[Revision], instance: Revision, **kwargs: Any) -> None:
    """Tell the submitter, once per consent, that the text is another than was agreed to."""
    if instance.base_content_type.model_class() is not Page:
        return
    offer = _offer_of(int(instance.object_id))
    last = OfferConsent.objects.filter(offer=offer).last() if offer is not None else None
    if offer is None or last is None or not last.is_given:
        return
    if fingerprint_of(instance) == last.fingerprint:
        return
    event, facts = f"{offer.uuid}:{last.uuid}", {"outcome": "lapsed"}
    tell(notices.CONSENT, offer, event=event, actor=instance.user, facts=facts)


def _offer_of(page: int) -> Offer | None:
    return Offer.objects.taken_in().filter(pages=page).first()


def tell_of_board(sender: type[ReviewItem], instance: ReviewItem, **kwargs: Any) -> None:
    _step(instance.page_id, str(instance.uuid), "in_review")


def tell_of_return(sender: type[ReviewItem], instance: ReviewItem, **kwargs: Any) -> None:
    _step(instance.page_id, str(instance.uuid), "returned")


def _step(page: int, event: str, outcome: str) -> None:
    offer = _offer_of(page)
    if offer is not None:
        facts = {"outcome": outcome}
        tell(notices.STEP, offer, event=f"{event}:{outcome}", facts=facts)


def publish_offer(sender: type, page: Any, since: datetime | None, **kwargs: Any) -> None:
    """Open the files to the readers of the page, and tell who sent it in."""
    offer = _offer_of(page.pk) if isinstance(page, Practice) else None
    if offer is None:
        return
    own = [row.document_id for row in offer.files.all()]
    for row in page.files.filter(document__in=own, document__audience=tokens.NOBODY):
        row.document.audience = page.audience
        row.document.save(update_fields=["audience"])
        details = {"before": tokens.NOBODY, "after": page.audience}
        audit.record("files.change_audience", actor=None, obj=row.document, details=details)
    if offer.published_at is None:
        Offer.objects.filter(pk=offer.pk).update(published_at=timezone.now())
        _step(page.pk, str(offer.uuid), "published")


def carry_consent(
    sender: type, page: Any, actor: User, before: str, after: str, **kwargs: Any
) -> None:
    """What was agreed to holds of what is left of it when the board takes a part out."""
    offer = _offer_of(page.pk)
    given = consent.answer_to(offer, before) if offer is not None else None
    if offer is not None and given is not None and given.is_given:
        OfferConsent.objects.create(
            offer=offer,
            fingerprint=after,
            audience=given.audience,
            is_given=True,
            is_by_board=True,
            person=actor,
        )
        _step(page.pk, f"{offer.uuid}:{after}", "shortened")


def tell_of_refusal(sender: type[Document], instance: Document, actor: User, **kwargs: Any) -> None:
    """Who sent it in can take the file away: until then nothing can be done with the offer."""
    waiting = Offer.objects.filter(state__in=(Offer.State.DRAFT, Offer.State.SENT))
    for offer in waiting.filter(files__document=instance):
        tell(notices.FILE, offer, event=f"{offer.uuid}:{instance.uuid}", actor=actor)


def remove_bytes(sender: type[OfferFile], instance: OfferFile, **kwargs: Any) -> None:
    """A file that was for nobody, and stands on no page, goes with the offer."""
    document = instance.document
    if document.audience == tokens.NOBODY and not document.practice_files.exists():
        files.remove(actor=None, file=document)


def connect() -> None:
    conditions.register(consent.lacking)
    enclosures.register(enclosed)
    conditions.shortened.connect(carry_consent, dispatch_uid=NAME)
    audience_changed.connect(consent.refuse_wider, dispatch_uid=NAME)
    post_save.connect(ask_again, sender=Revision, dispatch_uid=NAME)
    task_submitted.connect(tell_of_board, sender=ReviewItem, dispatch_uid=NAME)
    task_rejected.connect(tell_of_return, sender=ReviewItem, dispatch_uid=NAME)
    went_live.connect(publish_offer, dispatch_uid=NAME)
    file_refused.connect(tell_of_refusal, sender=Document, dispatch_uid=NAME)
    post_delete.connect(remove_bytes, sender=OfferFile, dispatch_uid=NAME)
    post_delete.connect(followed.forget_lines, sender=Follow, dispatch_uid=NAME)
