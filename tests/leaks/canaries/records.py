"""Working records: what people sent, kept and answered, and what the platform noted."""

from __future__ import annotations

import json

from django.db import connection
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from knowledgebank.agenda.actions import make_feed
from knowledgebank.models import ContactMessage, GlossaryTerm, HelpfulVote
from knowledgebank.notices import CHANGED, NEW
from knowledgebank.querysets import BOARD
from kpo.audit.log import record
from kpo.casedata.models import Pattern
from kpo.files.jobs import extract_text
from kpo.inbox.models import Bookmark, Follow, Message, Mute, Notification
from kpo.items import all_types, type_of
from kpo.people import tokens
from kpo.people.models import Block, Circle, User
from kpo.people.reader import reader_for
from kpo.people.roles import Role
from tests.leaks.ledger import administrators, by_roles, editors, either, own, published
from tests.leaks.world import World

ITEMS = {model for one in all_types() for model in one.models}


def add_records(world: World) -> None:
    reader = world.person("public_account")
    page = world.pages[0]
    HelpfulVote.objects.create(
        page=page,
        person=reader,
        is_helpful=False,
        # Who guards the theme reads on its work list what readers missed.
        reason=world.ledger.token("vote reason", either(own("public_account"), by_roles(*BOARD))),
    )
    _message(world)
    Follow.objects.create(person=reader, page=page)
    listed = User.objects.listed_for(reader_for(reader)).exclude(pk=reader.pk)
    Follow.objects.bulk_create([Follow(person=reader, subject=one) for one in listed])
    Bookmark.objects.create(person=reader, page=page)
    _messages(world)
    _inboxes(world)
    _feeds(world)
    record(
        "leaks.proof",
        actor=reader,
        obj=page,
        details={"note": world.ledger.token("audit detail", by_roles(Role.AUDITOR))},
    )
    _words_of_administrators(world)
    _redirect(world)


def _messages(world: World) -> None:
    """Between two people; of the one that was reported administrators read along."""
    sender, recipient = world.person("private_account"), world.person("public_account")
    between = own("private_account", "public_account")
    Block.objects.create(person=recipient, blocked=world.person("editor"))
    text = world.ledger.token("text of message between two", between)
    Message.objects.create(sender=sender, recipient=recipient, text=text)
    Message.objects.create(
        sender=sender,
        recipient=recipient,
        text=world.ledger.token("text of reported message", either(between, administrators)),
        reported_at=timezone.now(),
        report_reason=world.ledger.token(
            "reason of report", either(own("public_account", "private_account"), administrators)
        ),
    )


def _feeds(world: World) -> None:
    """Everyone's own agenda: whoever has the link reads in it what its owner may read."""
    for persona in world.personas.values():
        if persona.person is not None:
            secret = make_feed(actor=persona.person)
            words = world.ledger.words
            opened = {word for word in words if world.ledger.may_read(word, persona)}
            world.keys[secret] = {word for word in opened if "event" in world.ledger.what(word)}


def _inboxes(world: World) -> None:
    """Everyone once heard of every page, also of what was closed since, and muted it."""
    people = [one.person for one in world.personas.values() if one.person is not None]
    pages = [page for page in world.pages if page.__class__ in ITEMS]
    pairs = [(person, page) for person in people for page in pages]
    told = [
        Notification(
            person=person,
            item_type=type_of(page).name,
            item_uuid=page.uuid,
            kind=kind.name,
            event=f"proef:{page.uuid}",
        )
        for person, page in pairs
        for kind in (CHANGED, NEW)
    ]
    muted = [
        Mute(person=person, item_type=type_of(page).name, item_uuid=page.uuid)
        for person, page in pairs
    ]
    Notification.objects.bulk_create(told)
    Mute.objects.bulk_create(muted)


def _message(world: World) -> None:
    """Sent by somebody with an account, who finds it back among the own data."""

    def new(what: str) -> str:
        return world.ledger.token(f"{what} of message", either(own("public_account"), editors))

    ContactMessage.objects.create(
        name=new("name"),
        email=f"{new('address')}@persona.example",
        person=world.person("public_account"),
        subject=new("subject"),
        text=new("text"),
    )


def _words_of_administrators(world: World) -> None:
    Pattern.objects.create(
        name=world.ledger.token("name of pattern", administrators),
        expression=world.ledger.token("pattern", administrators),
    )
    Circle.objects.create(
        name=world.ledger.token("name of a circle without content", administrators),
        purpose=world.ledger.token("purpose of circle", administrators),
    )
    # The glossary stands on a public page.
    GlossaryTerm.objects.create(
        term=world.ledger.token("term", published(tokens.PUBLIC)),
        meaning=world.ledger.token("meaning", published(tokens.PUBLIC)),
    )


def _redirect(world: World) -> None:
    """From an old address to the page of the circle: no one else may learn where it went."""
    page = next(one for one in world.pages if one.audience == world.circle.token)
    Redirect.objects.create(old_path="/oud-adres", redirect_page=page, is_permanent=True)


def add_failed_job(world: World) -> None:
    """A job that will not be tried again, with what went wrong."""
    job = extract_text.enqueue("00000000-0000-0000-0000-000000000000")
    noted = {
        "explanation": world.ledger.token("explanation of a failed job", administrators),
        "trace": world.ledger.token("trace of a failed job", administrators),
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'failed', args = args || %s::jsonb "
            "WHERE id = %s",
            [json.dumps(noted), job.id],
        )
