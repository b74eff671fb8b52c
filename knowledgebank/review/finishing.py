"""What Wagtail does when a workflow ends well. It looks for this before models are there."""

from __future__ import annotations

from typing import Any

from django.apps import apps


def publish_reviewed(workflow_state: Any, user: Any = None) -> None:
    """Publish the text that the votes are about.

    Wagtail's own choice is the latest text, which may be another; that one is published where the
    board had no say in the workflow.
    """
    releases: Any = apps.get_model("knowledgebank", "Release").objects
    release = releases.filter(item__workflow_state=workflow_state).first()
    revision = release.revision if release else None
    latest = workflow_state.content_object.get_latest_revision()
    (revision or latest).publish(user=user, skip_permission_checks=release is not None)
