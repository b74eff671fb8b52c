"""What lies about in the CMS: comments, workflows, collections, aliases and uploads in progress."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import (
    Collection,
    Comment,
    CommentReply,
    GroupApprovalTask,
    Site,
    UploadedFile,
    Workflow,
    WorkflowTask,
)

from kpo.files.models import Document, Image
from kpo.pages.models import SiteFurniture
from kpo.people import tokens
from kpo.people.models import User
from kpo.people.roles import Role
from tests.leaks.ledger import editors, in_cms, in_cms_at_all
from tests.leaks.world import World


def add_work(world: World, held: str) -> None:
    workflow = _workflow(world)
    for audience, name in ((tokens.ACCOUNTS, "editor"), (held, "circle_editor")):
        page = next(one for one in world.pages if one.audience == audience and one.mails_workflow)
        author = world.person(name)
        _comment(world, page, author)
        _submit(world, page, workflow, author)
        EditingSession.objects.create(
            user=author,
            content_type=page.get_content_type(),
            object_id=page.pk,
            last_seen_at=timezone.now(),
        )
        _schedule(page)
        _alias(world, page, author)
    root = Collection.get_first_root_node()
    assert root is not None
    root.add_child(name=world.ledger.token("collection", editors))
    for model in (Document, Image):
        UploadedFile.objects.create(
            for_content_type=ContentType.objects.get_for_model(model),
            file=ContentFile(b"proef", name="half.txt"),
            uploaded_by_user=world.person("editor"),
        )
    SiteFurniture.for_site(Site.objects.get(is_default_site=True)).save()


def _workflow(world: World) -> Workflow:
    """One step, by the editors."""
    task = GroupApprovalTask.objects.create(name=world.ledger.token("task", in_cms_at_all))
    task.groups.add(Group.objects.get(name=Role.EDITOR))
    workflow = Workflow.objects.create(name=world.ledger.token("workflow", in_cms_at_all))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow


def _comment(world: World, page: Any, author: User) -> None:
    """Beside a field, with an answer."""
    said = in_cms(page.audience)
    comment = Comment.objects.create(
        page_id=page.pk,
        user=author,
        text=world.ledger.token("comment", said),
        contentpath="title",
    )
    CommentReply.objects.create(
        comment=comment, user=author, text=world.ledger.token("answer to comment", said)
    )


def _submit(world: World, page: Any, workflow: Workflow, author: User) -> None:
    """Sent back once with a comment, and handed in again."""
    workflow.start(page, author)
    said = world.ledger.token("comment in a workflow", in_cms(page.audience))
    page.refresh_from_db()
    page.current_workflow_task_state.reject(user=author, comment=said)
    type(page).objects.get(pk=page.pk).current_workflow_state.resume(user=author)


def _schedule(page: Any) -> None:
    """A revision that waits for its hour."""
    revision = page.get_latest_revision()
    revision.approved_go_live_at = timezone.now() + timedelta(days=30)
    revision.save(update_fields=["approved_go_live_at"])


def _alias(world: World, page: Any, author: User) -> None:
    alias = page.specific.create_alias(user=author, update_slug=f"alias-van-{page.pk}")
    world.pages.append(type(page).objects.get(pk=alias.pk))
