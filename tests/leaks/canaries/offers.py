"""Practices that somebody offers, in every state, with what was said about them."""

from __future__ import annotations

from knowledgebank.models import Ambassador, Offer, ThemePage
from knowledgebank.offering.actions import consenting, drafting, handling
from knowledgebank.offering.notices import SENT
from knowledgebank.offering.stages import progress_of
from kpo.files.states import ScanState
from kpo.inbox.models import Notification
from kpo.people import tokens
from kpo.people.roles import Role
from tests.factories import offers
from tests.factories.pages import theme_page
from tests.leaks.ledger import by_roles, editors, either, own
from tests.leaks.personas import ReadBy
from tests.leaks.world import World

WRITTEN = ("title", "summary", "what", "effort", "outcome", "place", "contact_words")
submitter = own("public_account")
# The ambassador of this theme, not everyone who has the role.
handlers = either(submitter, own("ambassador"), by_roles(Role.BOARD_MEMBER, Role.BOARD_CHAIR))
with_editors = either(handlers, editors)


def add_offers(world: World) -> None:
    theme = theme_page(tokens.PUBLIC)
    Ambassador.objects.create(theme=theme, person=world.person("ambassador"))
    _sent(world, theme)
    _taken_in(world, theme)
    _before_board(world, theme)
    _declined(world, theme)
    _draft(world, theme)
    _withdrawn(world, theme)
    _tell_everybody(world)


def _tell_everybody(world: World) -> None:
    """A line in every inbox, also of who may not see the offer."""
    people = [one.person for one in world.personas.values() if one.person is not None]
    Notification.objects.bulk_create(
        Notification(
            person=person,
            kind=SENT.name,
            event=f"proef:{offer.uuid}",
            item_type="offer",
            item_uuid=offer.uuid,
        )
        for person in people
        for offer in Offer.objects.all()
    )


def _texts(world: World, state: str, read_by: ReadBy) -> dict[str, str]:
    return {name: world.ledger.token(f"{name} of offer ({state})", read_by) for name in WRITTEN}


def _add_file(world: World, offer: Offer, state: str, read_by: ReadBy, **fields: ScanState) -> None:
    def new(what: str) -> str:
        return world.ledger.token(f"{what} of file of offer ({state})", read_by)

    content = new("content").encode()
    named = {"title": new("title"), "original_name": f"{new('name')}.txt", "content": content}
    offers.with_file(offer, **named, **fields)


def _draft(world: World, theme: ThemePage) -> None:
    texts = _texts(world, "draft", submitter)
    offer = offers.draft(world.person("public_account"), themes=[theme], **texts)
    _add_file(world, offer, "draft", submitter)


def _sent(world: World, theme: ThemePage) -> None:
    texts = _texts(world, "sent", handlers)
    offer = offers.sent(world.person("public_account"), themes=[theme], **texts)
    _add_file(world, offer, "sent", handlers)
    # The administrator who lets it through is no handler, and is told no name.
    _add_file(world, offer, "sent, not scanned", handlers, scan_state=ScanState.UNSCANNED)
    question = world.ledger.token("question about offer", handlers)
    handling.ask_back(actor=world.person("ambassador"), offer=offer, text=question)
    answer = world.ledger.token("answer about offer", handlers)
    drafting.write_back(actor=world.person("public_account"), offer=offer, text=answer)


def _taken_in(world: World, theme: ThemePage) -> None:
    """Edited, laid before the submitter, and not good yet."""
    texts = _texts(world, "taken in", with_editors)
    person = world.person("public_account")
    offer = offers.asked(person, world.person("ambassador"), themes=[theme], **texts)
    remark = world.ledger.token("remark on the edited text", with_editors)
    seen = progress_of(offer).mark
    consenting.not_yet(actor=person, offer=offer, seen=seen, remark=remark)


def _before_board(world: World, theme: ThemePage) -> None:
    """Who judges it opens its file; nobody else does who does not handle it."""
    judging = either(with_editors, by_roles(Role.REVIEWER))
    texts = _texts(world, "before the board", judging)
    person = world.person("public_account")
    offer = offers.draft(person, themes=[theme], **texts)
    _add_file(world, offer, "before the board", judging)
    drafting.send(actor=person, offer=offer)
    guard = world.person("ambassador")
    page = handling.take_in(actor=guard, offer=offers.fresh(offer), audience=tokens.ACCOUNTS)
    handling.ask_consent(actor=guard, offer=offers.fresh(offer))
    offers.agree(offer)
    if not page.workflow_in_progress:
        page.get_workflow().start(page, person)


def _declined(world: World, theme: ThemePage) -> None:
    texts = _texts(world, "declined", handlers)
    offer = offers.sent(world.person("public_account"), themes=[theme], **texts)
    reason = world.ledger.token("reason to decline", handlers)
    handling.decline(actor=world.person("ambassador"), offer=offer, reason=reason)


def _withdrawn(world: World, theme: ThemePage) -> None:
    texts = _texts(world, "withdrawn", submitter)
    offer = offers.sent(world.person("public_account"), themes=[theme], **texts)
    drafting.withdraw(actor=world.person("public_account"), offer=offer)
