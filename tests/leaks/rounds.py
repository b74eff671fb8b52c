"""Going round: every route, every page and every word, as everybody or as a sample of them."""

from __future__ import annotations

import itertools
import random
import re
from dataclasses import dataclass, field

import pytest

from kpo.pages.models import ReadablePage
from tests.leaks.conftest import WHOLE
from tests.leaks.forms import FORM, body_of
from tests.leaks.ledger import PREFIX
from tests.leaks.never_opened import NEVER_OPENED
from tests.leaks.personas import Persona
from tests.leaks.routes import Route
from tests.leaks.rows import Filler
from tests.leaks.walk import Walk
from tests.leaks.world import World

# How many addresses of a route each persona asks for.
ADDRESSES = 10 if WHOLE else 1
# How many the likely openers try, before a route counts as opened by nobody.
TRIED = 24
METHODS = ("HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
LIKELY = ("administrator", "editor", "public_account")
# Who opens what no one of the likely ones does.
OPENERS = (
    *LIKELY,
    "circle_editor",
    "organisation_administrator",
    "changing_employer",
    "private_account",
    "anonymous",
    "invited",
    "auditor",
    "board_member",
    "factor_not_set_up",
    "half_signed_in",
)
EXCUSED = {name for names in NEVER_OPENED.values() for name in names}


@dataclass
class Round:
    """What going through a part of the routes came to."""

    walk: Walk
    asked: int = 0
    unknown: list[str] = field(default_factory=list)


def askers(route: Route, world: World, dice: random.Random) -> list[Persona]:
    """Who asks for a route: everybody, or in the sample who is likely to open it and some more."""
    everybody = list(world.personas.values())
    if WHOLE:
        return everybody
    likely = [world.personas[name] for name in LIKELY]
    others = [one for one in everybody if one not in likely]
    return [*dice.sample(likely, 2), dice.choice(others)]


def walk_routes(round_: Round, routes: list[Route], dice: random.Random) -> None:
    """Ask for every route; notes those whose parameters the harness cannot fill in."""
    walk = round_.walk
    filler = Filler(walk.world)
    for route in routes:
        try:
            addresses = filler.addresses(route)
        except KeyError as missing:
            round_.unknown.append(f"{route.name} ({route.path}): {missing}")
            continue
        asking = askers(route, walk.world, dice)
        round_.asked += len(asking)
        for persona in asking:
            for address in dice.sample(addresses, min(ADDRESSES, len(addresses))):
                walk.ask(persona, "GET", address)
            ask_otherwise(walk, persona, route, dice.choice(addresses), dice)
        if route.name not in EXCUSED and route.pattern not in walk.opened:
            open_by_trying(walk, route, addresses)


def ask_otherwise(
    walk: Walk, persona: Persona, route: Route, address: str, dice: random.Random
) -> None:
    """The other methods, in the sample one of them; a POST with a complete form."""
    for method in METHODS if WHOLE else (dice.choice(METHODS),):
        walk.ask(persona, method, address, body_of(route.name), FORM)


def open_by_trying(walk: Walk, route: Route, addresses: list[str]) -> None:
    """Ask further until somebody opens the route; the throws may have missed its one address."""
    openers = [walk.world.personas[name] for name in OPENERS]
    for persona, method, address in itertools.product(openers, ("GET", "POST"), addresses[:TRIED]):
        walk.ask(persona, method, address, body_of(route.name), FORM)
        if route.pattern in walk.opened:
            return


def walk_pages(walk: Walk, personas: list[Persona], dice: random.Random) -> None:
    """Every page, file and search for every text, as these personas."""
    addresses = [page.get_url() or "" for page in ReadablePage.objects.all()]
    for document in walk.world.documents:
        addresses += [document.url, f"/bestanden/{document.uuid}/"]
        addresses += [f"/bestanden/{document.uuid}/voorbeeld.png"]
    for image in walk.world.images:
        addresses += [image.get_rendition("width-20").url]
    addresses += ["/cms/logboek/", "/cms/logboek/csv/", "/sitemap.xml", "/robots.txt"]
    words = walk.world.ledger.words
    for persona in personas:
        for address in addresses if WHOLE else dice.sample(addresses, len(addresses) // 2):
            walk.ask(persona, "GET", address)
        ask_for_words(walk, persona, words if WHOLE else dice.sample(words, len(words) // 32))
        walk.crawl(persona, 300 if WHOLE else 12)


def ask_for_words(walk: Walk, persona: Persona, words: list[str]) -> None:
    for token in words:
        walk.ask(persona, "GET", f"/zoeken/?q={token}")
        walk.ask(persona, "GET", f"/zoeken/suggesties/?q={token[:14]}")


def troubles(walk: Walk, caplog: pytest.LogCaptureFixture) -> list[str]:
    """Every token in an answer, a mail or the log that should not be there, and what broke."""
    walk.check_mail()
    # Whoever keeps the log may see numbers, and no words.
    words = "\n".join(re.findall(rf"{PREFIX}\w+", caplog.text))
    walk.check(walk.world.personas["anonymous"], "log", {"log": words})
    return sorted({str(leak) for leak in walk.leaks})[:60] + walk.errors[:20]


def untold(round_: Round, routes: list[Route]) -> list[str]:
    """Routes that the harness could not fill in, or that nobody opened."""
    found = [f"kan het adres niet invullen: {name}" for name in round_.unknown]
    closed = {route.name for route in routes if route.pattern not in round_.walk.opened}
    return found + [f"door niemand geopend: {name}" for name in sorted(closed - EXCUSED)]


def counts(round_: Round, routes: list[Route]) -> dict[str, int]:
    """What going through these routes came to, for the line at the end."""
    walk = round_.walk
    return {
        "routes": len(routes),
        "opened": sum(route.pattern in walk.opened for route in routes),
        "personas": len(walk.world.personas),
        "tokens": len(walk.world.ledger.rules),
        "requests": walk.requests,
        "leaks": len(walk.leaks),
    }
