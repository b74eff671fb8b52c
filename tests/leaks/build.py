"""What is asked for: a data set in which every text that is not public holds a token of its own."""

from __future__ import annotations

from django.db import connection
from wagtail.models import Page

from kpo import jobs
from kpo.files.models import Document, Image
from kpo.people import tokens
from kpo.people.models import Circle
from tests.leaks.canaries import (
    cms,
    content,
    files,
    offers,
    people,
    records,
    reviews,
    searching,
    upkeep,
    waiting,
)
from tests.leaks.ledger import FIRST_NUMBER, Ledger, in_cms, published
from tests.leaks.personas import Persona
from tests.leaks.world import World

NUMBERED = (Page, Document, Image)


def build_world(circle: Circle, personas: dict[str, Persona]) -> World:
    """Content for every audience, and the working records around it."""
    world = World(Ledger(), personas, circle)
    number_from_afar()
    held = tokens.circle_token(circle.uuid)
    for audience in (tokens.PUBLIC, tokens.ACCOUNTS, tokens.PUBLIC_SECTOR, held):
        content.add_content(world, audience)
    content.add_drafts(world, held)
    content.add_withdrawn(world, held)
    people.add_people(world)
    waiting.add_waiting(world)
    trouble = files.add_troubled_files(world, held)
    records.add_records(world)
    searching.add_searching(world)
    jobs.drain()
    trouble()
    for image in world.images:
        image.get_rendition("width-20")
    cms.add_work(world, held)
    reviews.add_reviews(world)
    upkeep.add_upkeep(world)
    offers.add_offers(world)
    records.add_failed_job(world)
    note_numbers(world)
    # Readers see this name at everything that is for the circle.
    world.ledger.note(circle.name, "circle name", lambda persona: True)
    return world


def number_from_afar() -> None:
    """Let row numbers start where no other figure is; undone with the transaction."""
    with connection.cursor() as cursor:
        for place, model in enumerate(NUMBERED):
            table, column = model._meta.db_table, model._meta.pk.column
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, column])
            sequence = cursor.fetchone()[0]
            first = FIRST_NUMBER + 10_000 * place
            cursor.execute(f"ALTER SEQUENCE {sequence} RESTART WITH {first}")


def note_numbers(world: World) -> None:
    """Row numbers of what is closed count as tokens: they tell that it is there."""
    for page in world.pages:
        held = getattr(page, "working_audience", page.audience)
        reads = published(held) if page.live and page.audience == held else in_cms(held)
        if held != tokens.PUBLIC or not page.live:
            world.ledger.note(str(page.pk), f"number of page ({held.split(':')[0]})", reads)
    for file in (*world.documents, *world.images):
        if file.audience != tokens.PUBLIC:
            what = f"number of file ({file.audience.split(':')[0]})"
            world.ledger.note(str(file.pk), what, published(file.audience))
