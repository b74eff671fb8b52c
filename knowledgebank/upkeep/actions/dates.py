"""The verb of dates: say of pages that they still hold."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from knowledgebank.models import Confirmation, KnowledgePage
from knowledgebank.upkeep.dates import next_date, set_dates
from knowledgebank.upkeep.people import can_confirm
from kpo.audit import log as audit
from kpo.people.models import User
from kpo.people.reader import reader_for

REASON_NEEDED = "Schrijf waaruit blijkt dat het nog klopt. Lezers zien het bij ‘Wijzigingen’."
NOTHING_CHOSEN = "Kies ten minste één pagina."


@transaction.atomic
def confirm(*, actor: User, pages: Sequence[KnowledgePage], reason: str) -> list[Confirmation]:
    """Say that these pages still hold: each gets a new date and a line in its history.

    All or none. Raises PermissionDenied where the actor may not say it of one of them,
    ValidationError without a page or a reason.
    """
    if not pages:
        raise ValidationError(NOTHING_CHOSEN)
    if not reason.strip():
        raise ValidationError(REASON_NEEDED)
    # In one order, so that two people with the same list wait for each other.
    keys = sorted(page.pk for page in pages)
    rows = KnowledgePage.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",))
    return [_confirm(actor, page, reason.strip()) for page in list(rows)]


def _confirm(actor: User, page: KnowledgePage, reason: str) -> Confirmation:
    if not can_confirm(reader_for(actor), page):
        raise PermissionDenied
    today = timezone.localdate()
    due_on = next_date(page.specific, today)
    set_dates(page.specific, reviewed_on=today, due_on=due_on)
    audit.record(
        "knowledgebank.confirm", actor=actor, obj=page, details={"due_on": due_on.isoformat()}
    )
    return Confirmation.objects.create(
        page=page,
        person=actor,
        organisation=actor.organisation,
        reason=reason,
        on=today,
        due_on=due_on,
    )
