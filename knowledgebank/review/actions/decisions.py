"""The verb of the board's meeting: write down what it decided on an item."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from knowledgebank.models import Decision, ReviewItem
from knowledgebank.querysets import SEATED
from knowledgebank.review import people
from kpo.audit import log as audit
from kpo.people.models import User
from kpo.people.reader import reader_for

DECISION_NEEDED = "Schrijf op wat de redactieraad besloot."


@transaction.atomic
def record_decision(*, actor: User, item: ReviewItem, text: str) -> Decision:
    """Write down what the board decided on an item, besides the votes.

    Raises PermissionDenied for who is not of the board or may not see the item.
    """
    reader = reader_for(actor)
    if not reader.has_role(*SEATED) or not people.may_see(reader, item):
        raise PermissionDenied
    if not text.strip():
        raise ValidationError(DECISION_NEEDED)
    decision = Decision.objects.create(item=item, text=text.strip(), decided_by=actor)
    audit.record("knowledgebank.record_decision", actor=actor, obj=item)
    return decision
