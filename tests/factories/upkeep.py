"""Concerns and who deals with them."""

from __future__ import annotations

from typing import Any

from knowledgebank.models import Ambassador, Concern, KnowledgePage
from knowledgebank.upkeep.actions.concerns import close_concern, raise_concern
from kpo.people.models import User
from kpo.people.roles import Role
from tests.factories.people import UserFactory


def concern(page: KnowledgePage, person: User | None = None, **fields: Any) -> Concern:
    """Raised as a reader does it."""
    values = {"reason": Concern.Reason.OUTDATED, "text": "Het is nu anders."} | fields
    return raise_concern(actor=person or UserFactory(), page=page, **values)


def closed(concern: Concern, actor: User, explanation: str = "We keken het na.") -> Concern:
    close_concern(
        actor=actor,
        concern=concern,
        outcome=Concern.Outcome.STILL_RIGHT,
        explanation=explanation,
    )
    concern.refresh_from_db()
    return concern


def ambassador(theme: Any, **fields: Any) -> User:
    """Somebody who guards this theme."""
    person: User = UserFactory(**({"roles": [Role.AMBASSADOR]} | fields))
    Ambassador.objects.create(theme=theme, person=person)
    return person
