"""Wagtail's mails about workflows, sent to those only who may meet the page in the CMS.

Wagtail mails the whole group of a task, and whoever handed a page in: it knows no audiences. A page
class whose reviews are told of in the inbox says so with `mails_workflow`. Comments it mails to
everyone who took part, with what they say: those are never mailed.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_save
from wagtail.admin import mail
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted
from wagtail.users.models import UserProfile

from kpo.pages.permissions import can_work_on
from kpo.people.models import User


class HeldMixin:
    """Leaves out who does not hold the audience of the page at the moment of sending."""

    def get_recipient_users(self, instance: Any, **kwargs: Any) -> list[User]:
        notifier: Any = super()
        page = page_of(instance)
        if not page.specific_deferred.mails_workflow:
            return []
        found = notifier.get_recipient_users(instance, **kwargs)
        return [person for person in found if person.is_active and can_work_on(person, page)]


def page_of(state: TaskState | WorkflowState) -> Page:
    whole = state.workflow_state if isinstance(state, TaskState) else state
    page: Page = whole.content_object
    return page


class TaskSubmitted(HeldMixin, mail.GroupApprovalTaskStateSubmissionEmailNotifier):
    pass


class WorkflowSubmitted(HeldMixin, mail.WorkflowStateSubmissionEmailNotifier):
    pass


class WorkflowApproved(HeldMixin, mail.WorkflowStateApprovalEmailNotifier):
    pass


class WorkflowRejected(HeldMixin, mail.WorkflowStateRejectionEmailNotifier):
    pass


# Signals keep no receivers alive.
NOTIFIERS = (
    (task_submitted, TaskSubmitted(), TaskState, "group_approval_task_submitted"),
    (workflow_submitted, WorkflowSubmitted(), WorkflowState, "workflow_state_submitted"),
    (workflow_rejected, WorkflowRejected(), WorkflowState, "workflow_state_rejected"),
    (workflow_approved, WorkflowApproved(), WorkflowState, "workflow_state_approved"),
)


def mail_no_comments(instance: UserProfile, **kwargs: Any) -> None:
    """Keep a profile from asking for mails about comments."""
    instance.updated_comments_notifications = False


def connect() -> None:
    """Take the places of Wagtail's own notifiers: what has their names already is kept."""
    pre_save.connect(mail_no_comments, sender=UserProfile, dispatch_uid="kpo.pages.comments")
    for signal, notifier, sender, name in NOTIFIERS:
        uid = f"{name}_email_notification"
        signal.disconnect(sender=sender, dispatch_uid=uid)
        signal.connect(notifier, sender=sender, dispatch_uid=uid)
