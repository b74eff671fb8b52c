"""Verbs of ambassadors: who guards the content of which theme."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from knowledgebank.models import Ambassador, ThemePage
from knowledgebank.querysets import SEATED
from knowledgebank.review.ambassadors import candidates
from knowledgebank.review.notices import APPOINTED
from kpo.audit import log as audit
from kpo.inbox.telling import tell
from kpo.people.models import User
from kpo.people.reader import reader_for

ALREADY = "{name} is al ambassadeur van dit thema."
NOT_A_READER = "{name} mag dit thema niet lezen en kan het dus niet bewaken."


@transaction.atomic
def appoint(*, actor: User, theme: ThemePage, person: User) -> Ambassador:
    """Make somebody ambassador of a theme.

    Raises PermissionDenied for who has no seat on the board or may not read the theme,
    ValidationError for who cannot be appointed.
    """
    _require_seat(actor, theme)
    if not candidates().filter(pk=person.pk).exists():
        raise PermissionDenied
    if not reader_for(person).holds(theme.audience):
        raise ValidationError(NOT_A_READER.format(name=person.get_full_name()))
    guard, is_new = Ambassador.objects.get_or_create(theme=theme, person=person)
    if not is_new:
        raise ValidationError(ALREADY.format(name=person.get_full_name()))
    facts = {"person": str(person.uuid)}
    audit.record("knowledgebank.appoint_ambassador", actor=actor, obj=theme, details=facts)
    tell(APPOINTED, theme, event=f"{theme.uuid}:{guard.pk}", actor=actor, facts=facts)
    return guard


@transaction.atomic
def dismiss(*, actor: User, ambassador: Ambassador) -> None:
    """End an ambassador's work for a theme."""
    _require_seat(actor, ambassador.theme)
    facts = {"person": str(ambassador.person.uuid)}
    audit.record(
        "knowledgebank.dismiss_ambassador", actor=actor, obj=ambassador.theme, details=facts
    )
    ambassador.delete()


def _require_seat(actor: User, theme: ThemePage) -> None:
    reader = reader_for(actor)
    if not reader.has_role(*SEATED) or not reader.holds(theme.audience):
        raise PermissionDenied
