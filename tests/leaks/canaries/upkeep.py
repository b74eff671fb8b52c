"""What readers doubted, and what keepers said of it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from knowledgebank.models import Concern, Confirmation, LawChange, Practice, ThemePage
from kpo.people import tokens
from kpo.people.models import User
from tests.factories.people import OrganisationFactory, UserFactory
from tests.leaks.canaries.reviews import judging
from tests.leaks.ledger import either, own, published
from tests.leaks.personas import ReadBy
from tests.leaks.world import World

RAISER = "public_account"


def add_upkeep(world: World) -> None:
    """On every page by somebody else; on what this persona may read by that persona too."""
    raiser = world.personas[RAISER]
    for page in [one for one in world.pages if isinstance(one, ThemePage | Practice)]:
        if not page.live or page.audience == tokens.NOBODY:
            continue
        _concern(world, page, UserFactory(), judging(page.audience))
        _law(world, page)
        Confirmation.objects.create(
            page=page.knowledgepage_ptr,
            organisation=OrganisationFactory(),
            reason=world.ledger.token("why a page still holds", published(page.audience)),
            due_on=timezone.localdate(),
        )
        mine = own(RAISER) if raiser.may_read(page.audience) else own()
        for outcome in ("", Concern.Outcome.FIXED):
            reads = either(judging(page.audience), mine)
            _concern(world, page, world.person(RAISER), reads, outcome)


def _concern(world: World, page: Any, person: User, reads: ReadBy, outcome: str = "") -> None:
    Concern.objects.create(
        page=page.knowledgepage_ptr,
        person=person,
        heading=world.ledger.token("section of a concern", reads),
        quote=world.ledger.token("quoted passage of a concern", reads),
        text=world.ledger.token("words of a concern", reads),
        reason=Concern.Reason.WRONG,
        outcome=outcome,
        explanation=world.ledger.token("outcome of a concern", reads) if outcome else "",
        closed_at=timezone.now() if outcome else None,
    )


def _law(world: World, page: Any) -> None:
    """Names of the cited are for readers of the page; what changed, for who deals with it."""
    label = world.ledger.token("name of a cited article", published(page.audience))
    number = str(len(world.ledger.rules)).rjust(7, "0")
    page.citations.create(identifier=f"BWBR{number}", label=label)
    change = LawChange.objects.create(
        identifier=f"BWBR{number}",
        what=world.ledger.token("what changed in an article", judging(page.audience)),
        since=timezone.localdate(),
    )
    Concern.objects.create(page=page.knowledgepage_ptr, law=change, reason=Concern.Reason.LAW)
