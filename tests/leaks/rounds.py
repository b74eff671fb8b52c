"""Going round: every route, every page and every word, as everybody or as a sample of them."""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter
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
from tests.leaks.walk import Walk, route_of

# How many addresses of a route each persona asks for.
ADDRESSES = 10 if WHOLE else 1
# How many addresses, from all over the list, are tried before those beside them.
SPREAD = 12
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
    openers: Counter[tuple[str, str]] = field(default_factory=Counter)

    def ask(self, persona: Persona, method: str, address: str, route: Route) -> bool:
        """Whether the route opened for this persona; which is remembered for its neighbors."""
        response = self.walk.ask(persona, method, address, body_of(route.name), FORM)
        opens = response is not None and route.pattern in route_of(address, response)
        if opens:
            self.openers.update((name, persona.name) for name in neighborhood(route))
        return opens

    def likeliest(self, route: Route) -> list[Persona]:
        """Who may open a route, first who opened most of its neighbors."""
        screen, space = neighborhood(route)

        def opened(name: str) -> tuple[int, int]:
            return self.openers[screen, name], self.openers[space, name]

        names = sorted(OPENERS, key=opened, reverse=True)
        return [self.walk.world.personas[name] for name in names]


def neighborhood(route: Route) -> tuple[str, str]:
    """The first word and the namespace of a name, which routes of one screen and app share."""
    space = route.name.rpartition(":")[0]
    return route.name.partition("_")[0], f"{space}:"


def askers(round_: Round, route: Route, dice: random.Random) -> list[Persona]:
    """Who asks for a route: everybody, or in the sample who is likely to open it and another."""
    everybody = list(round_.walk.world.personas.values())
    if WHOLE:
        return everybody
    likeliest = round_.likeliest(route)[0]
    return [likeliest, dice.choice([one for one in everybody if one is not likeliest])]


def walk_routes(round_: Round, routes: list[Route], dice: random.Random) -> None:
    """Ask for every route; notes those whose parameters the harness cannot fill in."""
    filler = Filler(round_.walk.world)
    for route in routes:
        try:
            addresses = filler.addresses(route)
        except KeyError as missing:
            round_.unknown.append(f"{route.name} ({route.path}): {missing}")
            continue
        asking = askers(round_, route, dice)
        round_.asked += len(asking)
        opens = [ask_for_route(round_, persona, route, addresses, dice) for persona in asking]
        if route.name not in EXCUSED and not any(opens):
            open_by_trying(round_, route, addresses)


def ask_for_route(
    round_: Round, persona: Persona, route: Route, addresses: list[str], dice: random.Random
) -> bool:
    """Ask by GET and by the other methods, in the sample one of them; a POST with a whole form."""
    some = dice.sample(addresses, min(ADDRESSES, len(addresses)))
    asked = [("GET", address) for address in some]
    others = METHODS if WHOLE else (dice.choice(METHODS),)
    asked += [(method, dice.choice(addresses)) for method in others]
    # A list: one that opens keeps none of the others from being asked.
    opens = [round_.ask(persona, method, address, route) for method, address in asked]
    return any(opens)


def open_by_trying(round_: Round, route: Route, addresses: list[str]) -> None:
    """Ask further until somebody opens the route; the throws may have missed its one address.

    The likeliest persona and the first address come first, and the least likely pairs last.
    """
    people = list(enumerate(round_.likeliest(route)))
    places = list(enumerate(spread(addresses)))
    pairs = sorted(itertools.product(people, places), key=lambda pair: pair[0][0] + pair[1][0])
    for ((_, persona), (_, address)), method in itertools.product(pairs, ("GET", "POST")):
        if round_.ask(persona, method, address, route):
            return


def spread(addresses: list[str]) -> list[str]:
    """The same, of every part of the list some first: neighbors in it are mostly alike."""
    step = max(len(addresses) // SPREAD, 1)
    return [address for start in range(step) for address in addresses[start::step]]


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
        for address in addresses if WHOLE else dice.sample(addresses, len(addresses) // 3):
            walk.ask(persona, "GET", address)
        ask_for_words(walk, persona, words if WHOLE else dice.sample(words, len(words) // 48))
        walk.crawl(persona, 300 if WHOLE else 8)


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
