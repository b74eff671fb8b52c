"""What is asked of both twins, and what of an answer cannot be equal."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.test import Client

from kpo.pages.models import ReadablePage
from kpo.people.reader import reader_for
from search import queries
from search.records import SearchQuery
from tests.leaks.twin.site import SEED, Twin
from tests.leaks.twin.words import CLOSED_WORDS, OPEN_COMPOUND, SHARED, questions
from tests.leaks.walk import parts_of

# Made anew for every answer: a nonce, a token against forged forms, a session. And the random name
# of a line in an inbox, which a worker gives it.
FRESH = re.compile(
    r"nonce(?:=\"|-)[\w+/=-]+|csrfmiddlewaretoken\" value=\"\w+|csrftoken=\w+|sessionid=\w+"
    r"|X-CSRFToken[^}]*|expires=[^;]+|/mijn/postvak/[0-9a-f-]{36}/"
)
MOST_PAGES = 5
Transcript = dict[str, str]


def client_of(twin: Twin, name: str) -> Client:
    client = Client()
    if name != "anonymous":
        client.force_login(twin.people[name])
    return client


def transcript(client: Client, addresses: Iterable[str]) -> Transcript:
    """The whole answer to each address, each asked as if nothing was asked before."""
    return {address: _answer(client, address) for address in addresses}


def _answer(client: Client, address: str) -> str:
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    with transaction.atomic():
        response = client.get(address)
        told = "\n".join(f"{where}: {text}" for where, text in parts_of(response))
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(cookies)
    return f"{response.status_code}\n{FRESH.sub('', told)}"


# --- Addresses -----------------------------------------------------------------------------------
def addresses(twin: Twin) -> list[str]:
    """Every list, every open page, every closed page by the address it has on the other site."""
    found = ["/", "/themas/", "/documenten/", "/praktijk/", "/nieuws/", "/sitemap.xml"]
    found += ["/robots.txt", "/bestaat-niet/", "/oud-adres/", "/mijn/gemist/", "/mijn/bewaard/"]
    found += ["/mijn/postvak/", "/mijn/postvak/voorkeuren/", "/mijn/welkom/"]
    found += ["/zoeken/", "/zoeken/suggesties/", "/onderdelen/", "/ontwerp/", "/cms/zoekinzicht/"]
    for page in ReadablePage.objects.filter(slug__regex=r"-(public|accounts)-\d").order_by("slug"):
        found += [page.get_url() or "/", f"/zoeken/verwant/{page.uuid}/"]
        found += [f"/zoeken/in/{page.uuid}/?q={OPEN_COMPOUND}", f"/pagina/{page.uuid}/"]
    for slug in closed_slugs():
        found += [f"/{folder}/{slug}/" for folder in ("themas", "documenten", "nieuws")]
    found += [f"/mensen/{person.uuid}/" for person in twin.people.values()]
    return found


def closed_slugs() -> list[str]:
    levels = ("public-sector", "circle")
    kinds = ("thema-{}", "document-{}-0", "document-{}-1", "nieuws-{}")
    made = [kind.format(f"{level}-{n}") for level in levels for n in range(5) for kind in kinds]
    return [*made, "versmald"]


def searches() -> list[str]:
    """Questions of one word and more, with everything that the form of the search page has."""
    words = [*SHARED, *CLOSED_WORDS, OPEN_COMPOUND]
    more: list[dict[str, str]] = [
        {},
        {"soort": "document"},
        {"volgorde": "datum"},
        {"thema": "thema-public-0"},
        {"thema": "thema-circle-0"},
        {"pagina": "2"},
    ]
    asked = [{"q": word, **extra} for word in words for extra in more]
    asked += [{"q": text} for word in words for text in (f'"{word}"', f"bedrijf -{word}")]
    return [f"/zoeken/?{urlencode(one)}" for one in asked]


def suggestions() -> list[str]:
    words = [*SHARED, *CLOSED_WORDS, "thema", "versmald", "kim", "tweeling"]
    return [f"/zoeken/suggesties/?q={word[:length]}" for word in words for length in (3, 5)]


def questions_asked(number: int) -> list[str]:
    """So many different ones."""
    return list(dict.fromkeys(questions(random.Random(SEED), 2 * number)))[:number]


def two_word_searches(number: int) -> list[str]:
    return [f"/zoeken/?{urlencode({'q': text})}" for text in questions_asked(number)]


# --- Sets ----------------------------------------------------------------------------------------
def found_by(twin: Twin, name: str, texts: Iterable[str]) -> Transcript:
    """Per question its numbers, what is proposed instead, and every hit with its snippets, whatever
    the order."""
    reader = reader_for(twin.people.get(name))
    return {text: _found(reader, text) for text in texts}


def _found(reader: Any, text: str) -> str:
    first = queries.search(reader, SearchQuery(text=text))
    pages = [queries.search(reader, SearchQuery(text=text, page=n)) for n in range(2, MOST_PAGES)]
    hits = {
        hit.key: (hit.title_html, sorted(passage.html for passage in hit.passages))
        for page in [first, *pages[: first.pages - 1]]
        for hit in page.hits
    }
    facets = {name: sorted(counts.items()) for name, counts in first.facets.items()}
    counted = (first.total, sorted(first.types.items()), facets, first.corrected)
    return repr((counted, sorted(hits.items())))
