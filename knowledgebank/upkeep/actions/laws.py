"""The verb of law: an article or ruling has changed, so that what rests on it must be looked at."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from knowledgebank.citations import normalize_identifier
from knowledgebank.models import Concern, KnowledgePage, LawChange
from knowledgebank.upkeep import notices
from knowledgebank.upkeep.citing import cited_for, pages_citing
from knowledgebank.upkeep.people import can_mark_law
from kpo.audit import log as audit
from kpo.inbox.telling import tell
from kpo.people.models import User
from kpo.people.reader import reader_for

NOT_CITED = "Geen pagina die jij mag lezen verwijst hiernaar."
KNOWN = "Deze wijziging is al gemeld: van dezelfde datum staat er al een."


@transaction.atomic
def mark_changed(
    *, actor: User, identifier: str, what: str, since: date, url: str = ""
) -> LawChange:
    """Put every page that rests on this article, law or ruling in the queue, and no other.

    Also pages that the actor may not read: who keeps those sees them, nobody else. Raises
    PermissionDenied for who may not, ValidationError for what no page of the actor cites.
    """
    reader = reader_for(actor)
    if not can_mark_law(reader):
        raise PermissionDenied
    identifier = normalize_identifier(identifier)
    if identifier not in {cited.identifier for cited in cited_for(reader)}:
        raise ValidationError(NOT_CITED)
    change, is_new = LawChange.objects.get_or_create(
        identifier=identifier,
        since=since,
        defaults={"what": what.strip(), "url": url, "person": actor},
    )
    if not is_new:
        raise ValidationError(KNOWN)
    audit.record(
        "knowledgebank.mark_law_changed",
        actor=actor,
        obj=change,
        details={"identifier": identifier, "since": since.isoformat()},
    )
    for page in pages_citing(identifier).order_by("pk"):
        _put_in_queue(actor, change, page)
    return change


def _put_in_queue(actor: User, change: LawChange, page: KnowledgePage) -> None:
    concern = Concern.objects.create(
        page=page, law=change, reason=Concern.Reason.LAW, revision_id=page.live_revision_id
    )
    facts = {"outcome": "law"}
    tell(notices.RAISED, concern, event=str(concern.uuid), actor=actor, facts=facts)
