"""Every verb, and every action of Wagtail, with which what can be found changes.

The test beside this fails for one that stands in none of these.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from knowledgebank.actions import make_current, make_obsolete, withdraw
from knowledgebank.importing import pages as importing
from knowledgebank.models import (
    Barrier,
    DocumentFile,
    DocumentIndexPage,
    EventPage,
    GlossaryPage,
    GlossaryTerm,
    Initiative,
    KnowledgeDocument,
    NewsIndexPage,
    NewsPage,
    Offer,
    PlainPage,
    Practice,
    PracticeFile,
    RegionPage,
    ReviewItem,
    ThemeIndexPage,
    ThemePage,
)
from knowledgebank.offering.actions.drafting import show_name
from knowledgebank.review.actions.blocks import withdraw_block
from knowledgebank.review.parts import parts_of
from kpo.casedata import actions as casedata
from kpo.casedata.models import Hold
from kpo.files import actions as files
from kpo.files.models import Document, FilePage
from kpo.files.signals import text_extracted
from kpo.files.states import ScanState
from kpo.pages.actions import change_audience
from kpo.pages.jobs import publish_scheduled
from kpo.people import tokens
from kpo.people.actions import accounts, employer, erasure, invitations, organisations, profile
from kpo.people.models import EmployerChange, Invitation, Organisation, User
from kpo.people.models.invitation import digest
from tests.factories import review
from tests.factories.files import document
from tests.factories.pages import knowledge_document
from tests.factories.people import OrganisationFactory
from tests.search.fields_of_records import BODY, NEW
from tests.search.world import World


@dataclass(frozen=True)
class Way:
    """`change` is to change the index for all of `models`; `before` is what must hold first."""

    change: Callable[[World], object]
    models: tuple[type, ...]
    before: Callable[[World], object] = lambda world: None


def publish(world: World) -> None:
    page = world[KnowledgeDocument]
    page.title = NEW
    page.save_revision().publish()


def put_before_board(world: World) -> None:
    """With all votes but one."""
    page = world[KnowledgeDocument]
    review.approve(review.reviewer(0), review.submitted(world.editor, page))


def take_block_out(world: World) -> None:
    page = world[KnowledgeDocument]
    key = parts_of(page)[0].key
    withdraw_block(actor=review.reviewer(0), page=page, key=key, reason=WHY)


def give_last_vote(world: World) -> None:
    item = ReviewItem.objects.get(page_id=world[KnowledgeDocument].pk)
    review.approve(review.reviewer(1), item)


def publish_on_time(world: World) -> None:
    page = world[KnowledgeDocument]
    page.title, page.go_live_at = NEW, timezone.now() - timedelta(minutes=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    publish_scheduled.call()


def expire(world: World) -> None:
    Page.objects.filter(pk=world[NewsPage].pk).update(expire_at=timezone.now())
    publish_scheduled.call()


def rename_above(world: World) -> None:
    index = ThemeIndexPage.objects.get()
    index.slug = "anders"
    index.save_revision().publish()


def move_above(world: World) -> None:
    DocumentIndexPage.objects.get().move(world[PlainPage], pos="last-child")


def alias_of(world: World) -> Any:
    page = world[NewsPage]
    return page.create_alias(update_slug="alias")


def extract(world: World) -> None:
    file = world[Document]
    FilePage.objects.filter(document=file).update(text=NEW)
    text_extracted.send(sender=Document, document=file)


def reorder(world: World) -> None:
    page = world[KnowledgeDocument]
    DocumentFile.objects.create(page=page, document=document(audience="public"), sort_order=9)


def another_file(world: World) -> None:
    row = world[DocumentFile]
    row.document = document(audience="public", pages=(NEW,))
    row.save()


def another_file_of_practice(world: World) -> None:
    row = world[PracticeFile]
    row.document, row.sort_order = document(audience="public", pages=(NEW,)), 9
    row.save()


def without_themes(world: World) -> None:
    for model in WITH_THEME:
        page = world[model]
        page.themes = []
        page.save()


def held(world: World) -> Hold:
    file = world[Document]
    file.is_held = True
    file.save()
    return casedata.hold(actor=None, obj=file, place="files", findings=[])


def arrival(world: World) -> EmployerChange:
    person = world[User]
    return EmployerChange(
        person=person,
        new_email="nieuw@voorbeeld.nl",
        new_organisation=OrganisationFactory(),
        old_organisation=person.organisation,
    )


def set_state(**fields: Any) -> Callable[[World], object]:
    def act(world: World) -> None:
        file = world[Document]
        for name, value in fields.items():
            setattr(file, name, value)
        file.save()

    return act


def accept(world: World) -> None:
    secret = "geheim"
    invitations.invite(
        actor=world.administrator,
        email="nieuw@gemeente.example",
        organisation=world[Organisation],
        first_name="Sam",
        last_name="Nieuw",
    )
    Invitation.objects.update(secret_digest=digest(secret))
    newcomer = invitations.Newcomer(
        first_name="Sam", last_name="Nieuw", password="een-lange-zin-42"
    )
    invitations.accept(secret=secret, newcomer=newcomer)


def make_page(world: World) -> None:
    made = NewsPage(title=NEW, slug="anders", audience="public", intro=NEW, body=BODY)
    NewsIndexPage.objects.get().add_child(instance=made)


def take_in(world: World) -> None:
    page = knowledge_document(live=False)
    page.save_revision()
    importing.publish(page)


def save_anew(world: World) -> None:
    organisation = world[Organisation]
    organisation.name = NEW
    organisations.save_organisation(actor=world.administrator, organisation=organisation)


def verb(call: Callable[..., object], *models: type, **fields: Any) -> Way:
    """A verb of an app: `fields` are its arguments, those that are functions given the world."""

    def change(world: World) -> object:
        return call(**{k: v(world) if callable(v) else v for k, v in fields.items()})

    return Way(change, models)


def its(model: type) -> Callable[[World], Any]:
    return lambda world: world[model]


def editor(world: World) -> User:
    return world.editor


def administrator(world: World) -> User:
    return world.administrator


WHY = "Omdat het zo is."
WITH_THEME = (KnowledgeDocument, Practice, EventPage)
KNOWN = (*WITH_THEME, ThemePage, RegionPage, NewsPage, PlainPage, GlossaryPage)

WAYS: dict[str, Way] = {
    # Wagtail's own, by whatever screen or job.
    "wagtail.actions.publish_page_revision": Way(publish, (KnowledgeDocument,)),
    "wagtail.actions.unpublish_page": Way(lambda w: [w[m].unpublish() for m in KNOWN], KNOWN),
    "wagtail.actions.delete_page": Way(lambda w: [w[m].delete() for m in KNOWN], KNOWN),
    "wagtail.actions.move_page": Way(move_above, (KnowledgeDocument,)),
    "another address above": Way(rename_above, (ThemePage,)),
    "published on time": Way(publish_on_time, (KnowledgeDocument,)),
    "taken down on time": Way(expire, (NewsPage,)),
    # What a record is made of.
    "text_extracted": Way(extract, (KnowledgeDocument,)),
    "another file": Way(another_file, (KnowledgeDocument,)),
    "a file less": Way(lambda w: w[DocumentFile].delete(), (KnowledgeDocument,)),
    "another file of a practice": Way(another_file_of_practice, (Practice,)),
    "a file of a practice less": Way(lambda w: w[PracticeFile].delete(), (Practice,)),
    "a theme less": Way(without_themes, WITH_THEME),
    "a theme closed": verb(
        change_audience, *WITH_THEME, ThemePage,
        actor=editor, page=its(ThemePage), audience=tokens.ACCOUNTS,
    ),
    "a theme taken down": Way(lambda w: w[ThemePage].unpublish(), WITH_THEME),
    "a theme deleted": Way(lambda w: w[ThemePage].delete(), (*WITH_THEME, ThemePage)),
    "a barrier deleted": Way(lambda w: w[Barrier].delete(), (ThemePage,)),
    "a term deleted": Way(lambda w: w[GlossaryTerm].delete(), (GlossaryPage,)),
    "an initiative less": Way(lambda w: w[Initiative].delete(), (RegionPage,)),
    "a person deleted": Way(lambda w: w[User].delete(), (User,)),
    # Verbs.
    "kpo.pages.actions.change_audience": verb(
        change_audience, PlainPage,
        actor=editor, page=its(PlainPage), audience=tokens.NOBODY,
    ),
    "knowledgebank.actions.make_obsolete": verb(
        make_obsolete, Practice, actor=editor, page=its(Practice), reason=WHY
    ),
    "knowledgebank.actions.make_current": Way(
        lambda w: make_current(actor=w.editor, page=w[Practice]), (Practice,),
        lambda w: make_obsolete(actor=w.editor, page=w[Practice], reason=WHY),
    ),
    "knowledgebank.actions.withdraw": verb(
        withdraw, ThemePage, actor=editor, page=its(ThemePage), reason=WHY
    ),
    "knowledgebank.offering.actions.drafting.show_name": verb(
        show_name, Practice,
        actor=lambda w: w[Offer].person, offer=its(Offer), is_shown=True,
    ),
    "knowledgebank.review.actions.appraisals.appraise": Way(
        give_last_vote, (KnowledgeDocument,), put_before_board
    ),
    "knowledgebank.review.actions.blocks.withdraw_block": Way(
        take_block_out, (KnowledgeDocument,)
    ),
    "kpo.files.actions.change_audience": verb(
        files.change_audience, KnowledgeDocument,
        actor=editor, file=its(Document), audience=tokens.ACCOUNTS,
    ),
    "kpo.files.actions.read_again": verb(
        files.read_again, KnowledgeDocument, actor=editor, file=its(Document)
    ),
    "kpo.files.actions.release_unscanned": Way(
        lambda w: files.release_unscanned(
            actor=w.administrator,
            file=w[Document],
            reason=WHY,
            seen=files.mark_of_bytes(w[Document]),
        ),
        (KnowledgeDocument,),
        set_state(scan_state=ScanState.UNSCANNED),
    ),
    "kpo.casedata.actions.release": Way(
        lambda w: casedata.release(actor=w.editor, held=Hold.objects.get(), reason=WHY),
        (KnowledgeDocument,),
        held,
    ),
    "kpo.people.actions.accounts.deactivate": verb(
        accounts.deactivate, User, actor=administrator, person=its(User)
    ),
    "kpo.people.actions.accounts.reactivate": Way(
        lambda w: accounts.reactivate(actor=w.administrator, person=w[User]), (User,),
        lambda w: accounts.deactivate(actor=w.administrator, person=w[User]),
    ),
    "kpo.people.actions.profile.change_profile": verb(
        profile.change_profile, User, actor=its(User), fields={"function": NEW}
    ),
    "kpo.people.actions.erasure.erase_person": verb(
        erasure.erase_person, User, actor=None, person=its(User), reason=WHY
    ),
    "a person to another employer": verb(
        employer.move, User, person=its(User), change=arrival
    ),
    "kpo.people.actions.organisations.save_organisation": Way(
        save_anew, (User, KnowledgeDocument, Practice, EventPage, RegionPage)
    ),
}  # fmt: skip

# New things come to be found, under a key that was not there before.
COMING: dict[str, Callable[[World], object]] = {
    "wagtail.actions.create_page": make_page,
    "wagtail.actions.create_alias": alias_of,
    "wagtail.actions.copy_page": lambda w: w[NewsPage].copy(update_attrs={"slug": "kopie"}),
    "kpo.people.actions.invitations.accept": accept,
    "an import": take_in,
}

# Verbs and actions that write nothing a record reads, or do so by one that is exercised above.
ASIDE = {
    "knowledgebank.actions": {"vote_helpful", "send_contact_message", "handle_contact_message"},
    "kpo.casedata.actions": {
        "go_on",
        # The caller sets the thing aside, by saving it; removing is `remove` of files.
        "hold",
        "remove",
    },
    "kpo.files.actions": {
        # A new file is on no page yet; one that is on a page is protected from removal.
        "store_document",
        "store_image",
        "remove",
        "retry_job",
        # What no scanner saw is in no index, and stays out of it.
        "refuse_unscanned",
    },
    # An offer is found as the page that is made of it; what is published is by `appraise`.
    "knowledgebank.offering.actions.consenting": {"agree", "go_on_without", "not_yet"},
    "knowledgebank.offering.actions.drafting": {
        "add_file",
        "delete",
        "remove_file",
        "reopen",
        "save_draft",
        "send",
        "withdraw",
        "write_back",
    },
    "knowledgebank.offering.actions.handling": {"ask_back", "ask_consent", "decline", "take_in"},
    # What stands changes by `appraise`, or as an operator's import publishes it.
    "knowledgebank.review.actions.ambassadors": {"appoint", "dismiss"},
    "knowledgebank.review.actions.appraisals": {"count_again"},
    "knowledgebank.review.actions.decisions": {"record_decision"},
    "knowledgebank.review.actions.methods": {
        "begin_version",
        "discard_version",
        "put_in_force",
        "save_version",
    },
    "knowledgebank.review.actions.releases": {"let_in"},
    "knowledgebank.review.actions.reviewers": {"ask", "pass_on", "take_up"},
    "knowledgebank.review.actions.rounds": {"escalate", "submit", "withdraw"},
    "knowledgebank.review.actions.rules": {"delete_rule", "save_rule"},
    "knowledgebank.upkeep.actions.concerns": {
        "close_concern",
        "hand_over",
        "raise_concern",
        "take_back",
        "take_up",
    },
    "knowledgebank.upkeep.actions.dates": {"confirm"},
    "knowledgebank.upkeep.actions.laws": {"mark_changed"},
    "knowledgebank.insight.actions": {"set_goal"},
    "knowledgebank.agenda.actions": {"make_feed", "withdraw_feed"},
    "kpo.inbox.message_actions": {
        "answer_message",
        "block_sender",
        "handle_report",
        "report_message",
        "unblock",
        "write_message",
    },
    "kpo.inbox.actions": {
        "be_away",
        "be_back",
        "choose_channels",
        "discard",
        "end_first_visit",
        "follow",
        "follow_person",
        "keep",
        "mail_again",
        "mark_all_read",
        "mark_read",
        "mark_unread_again",
        "mute",
        "stop_mail",
        "unfollow",
        "unfollow_person",
        "unmute",
    },
    "kpo.people.actions.accounts": {"end_sessions"},
    # Circles are asked at each question, and roles are in no record.
    "kpo.people.actions.circles": {
        "save_circle",
        "add_to_circle",
        "remove_from_circle",
        "delete_circle",
    },
    # Who accepts is found, by `accept`.
    "kpo.people.actions.invitation_lists": {"discard_list", "read_list", "send_list"},
    "kpo.people.actions.roles": {"set_roles"},
    "kpo.people.actions.employer": {
        # By `move`, where the person is saved.
        "confirm_change",
        "ask_change",
        "prove_address",
        "cancel_change",
        "refuse_change",
        "decide_renewal",
    },
    "kpo.people.actions.factors": {"ask_reset", "consent_to_reset", "end_reset"},
    "kpo.people.actions.invitations": {"invite", "invite_again", "withdraw"},
    "kpo.people.actions.requests": {"accept_request", "reject_request"},
    "search.actions": {"report_missing", "handle_report"},
    # Synonyms widen the question and pins order the answer; neither is in the index.
    "search.synonym_actions": {"save_synonym", "delete_synonym"},
    "search.pin_actions": {"save_pin", "delete_pin"},
    "wagtail.actions": {
        "base",
        "registry",
        "create",
        "edit",
        "edit_page",
        "delete",
        "convert_alias",
        "copy_for_translation",
        # A revision is no more than a draft until it is published.
        "publish_revision",
        "revert_to_page_revision",
        "revert_to_revision",
        "unpublish",
    },
}
