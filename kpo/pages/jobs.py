"""Publishing and taking down on schedule; one refusal does not stop the rest."""

from __future__ import annotations

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django_tasks import task
from wagtail.models import Page, Revision

from kpo.audit import log as audit
from kpo.jobs import name, periodic

logger = structlog.get_logger(__name__)


@periodic(cron="* * * * *")
@name("Geplande pagina's publiceren")
@task()
def publish_scheduled() -> None:
    """Publish revisions whose moment has come, take down pages whose end has come.

    A refusal is recorded, and the revision's schedule is cleared, so that it is reported once.
    """
    for revision in _due_revisions():
        _publish(revision)
    for page in Page.objects.filter(live=True, expire_at__lt=timezone.now()).specific():
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _due_revisions() -> list[Revision]:
    due = Revision.page_revisions.filter(approved_go_live_at__lt=timezone.now())
    return list(due.order_by("approved_go_live_at"))


def _publish(revision: Revision) -> None:
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except ValidationError as refusal:
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        reason = " ".join(refusal.messages)
        logger.warning("pages.scheduled_publish_refused", page=revision.object_id)
        audit.record(
            "pages.publish_scheduled",
            actor=None,
            obj=revision.content_object,
            outcome="refused",
            details={"reason": reason},
        )
