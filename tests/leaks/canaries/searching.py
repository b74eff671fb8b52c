"""What search keeps beside the index: questions, what is missing, and words that mean the same."""

from __future__ import annotations

from django.utils import timezone

from knowledgebank.models import ThemePage
from knowledgebank.querysets import SEATED
from kpo.people import tokens
from search.insight import COUNTED, FEWEST
from search.models import AskedInMonth, Asking, MissingReport, Synonym
from search.pinned import Pin
from search.synonyms import announce_change
from tests.leaks.ledger import by_roles, editors, either, in_cms
from tests.leaks.personas import ReadBy
from tests.leaks.world import World


def among_figures(audience: str) -> ReadBy:
    """What was asked and not found is among the figures of the board, as far as it may read."""
    return lambda persona: persona.may_read(audience) and persona.has_role(*SEATED)


def add_searching(world: World) -> None:
    """About no theme, and about a theme that most editors may not read."""
    closed = next(
        page
        for page in world.pages
        if isinstance(page, ThemePage) and page.audience.startswith(tokens.CIRCLE)
    )
    for theme, audience, reads in (
        ("", tokens.PUBLIC, editors),
        (closed.slug, closed.audience, in_cms(closed.audience)),
    ):
        _questions(world, theme, either(reads, among_figures(audience)))
        MissingReport.objects.create(
            text=world.ledger.token("words of a report of what is missing", reads),
            remark=world.ledger.token("remark of a report of what is missing", reads),
            theme=theme,
        )
    _synonym(world)
    _pins(world)


def _questions(world: World, theme: str, reads: ReadBy) -> None:
    """Of today and of this month; what too few people asked is shown to nobody."""
    day = timezone.localdate()
    for askers, rule in ((FEWEST, reads), (FEWEST - 1, by_roles())):
        text = world.ledger.token(f"question of {askers} people", rule)
        for number in range(askers):
            asked = {"text": text, "asker": f"vrager-{number}", "is_found": False}
            Asking.objects.create(day=day, theme=theme, **asked)
    AskedInMonth.objects.create(
        month=day.replace(day=1),
        theme=theme,
        text=world.ledger.token("question of this month", reads),
        **dict.fromkeys(COUNTED, FEWEST),
    )


def _synonym(world: World) -> None:
    """Whoever asks for the word finds the others; the list itself is the editors' own."""
    Synonym.objects.create(
        term=world.ledger.token("word of a synonym", editors),
        others=[world.ledger.token("other word of a synonym", editors)],
        note=world.ledger.token("note at a synonym", editors),
    )
    announce_change()


def _pins(world: World) -> None:
    """One of a page for everybody, and one that names a page of the circle too."""
    open_page = next(page for page in world.pages if page.audience == tokens.PUBLIC)
    closed = next(page for page in world.pages if page.audience == world.circle.token)
    for pages, reads in (([open_page], editors), ([open_page, closed], in_cms(closed.audience))):
        Pin.objects.create(
            questions=[world.ledger.token("question of a pin", reads)],
            pages=[page.uuid for page in pages],
            note=world.ledger.token("note of a pin", reads),
        )
