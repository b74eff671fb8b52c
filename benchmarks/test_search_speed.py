"""What search costs as the site grows, on both engines, beside the engines by themselves.

Clock time, since an engine may do its work in another process. Sizes are numbers of passages;
choose some of them with KPO_BENCH_PASSAGES, such as 2000,20000.
"""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings
from wagtail.models import Page

from benchmarks.memberships.models import Membership
from benchmarks.memory import peak
from benchmarks.ratio import compare, timed
from benchmarks.raw import Raw, RawOpenSearch, RawTantivy
from benchmarks.stock_site.models import StockDocument, StockRoot
from knowledgebank import load_parts
from knowledgebank.models import KnowledgeDocument
from kpo.load_model import PAGES, PASSAGES, RANKS, Load
from kpo.people import tokens
from kpo.people.models import User
from kpo.people.reader import Reader, reader_for
from search import generations, queries, upkeep
from search.dutch import analyze, words
from search.fields import tokens_of
from search.models import Row
from search.questions import Question, parse
from search.records import SearchQuery
from search.stores import store
from search.weights import weights
from tests.factories.people import UserFactory

SIZES = [int(size) for size in os.environ.get("KPO_BENCH_PASSAGES", "2000,20000,200000").split(",")]
MEMBERSHIPS = (1, 50, 500)
QUESTIONS = 12
TURNS = 5
PER_DOCUMENT = PASSAGES // PAGES
GOALS = {"engine": 3.0, "page": 2.0, "memberships": 2.0, "rebuild": 1.5}
BLANK = "/mijn/"
LOOKED_AT = weights().looked_at

pytestmark = pytest.mark.django_db
clock = time.perf_counter


@dataclass
class Loaded:
    """A site of some size, and people who hold some of its spaces."""

    passages: int
    people: dict[int, User]
    questions: dict[str, list[str]]
    stock: Sequence[StockDocument] = field(default_factory=list)

    @property
    def few(self) -> User:
        return self.people[MEMBERSHIPS[0]]


@pytest.fixture(params=SIZES)
def loaded(request: pytest.FixtureRequest) -> Loaded:
    load = Load.of("M", 20261122)
    spaces = [UUID(int=load.dice.getrandbits(128), version=4) for _ in range(max(MEMBERSHIPS))]
    people = {count: _member(spaces[:count]) for count in MEMBERSHIPS}
    usual = [tokens.PUBLIC] * 8 + [tokens.ACCOUNTS] * 10 + [tokens.PUBLIC_SECTOR] * 2
    audiences = [*usual, *(f"{tokens.COMMUNITY}:{space}" for space in spaces[:5])]
    count = request.param // PER_DOCUMENT
    made = load_parts.documents(
        load, count, load_parts.themes(load), revisions=1, audiences=audiences
    )
    stock = _stock(made)
    questions = {rank: [load.question(rank) for _ in range(QUESTIONS)] for rank in RANKS}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Loaded(Row.objects.passages().count(), people, questions, stock)


def _member(spaces: Sequence[UUID]) -> User:
    person: User = UserFactory()
    Membership.objects.bulk_create(Membership(person=person, space=space) for space in spaces)
    return person


def _stock(made: Iterator[KnowledgeDocument]) -> list[StockDocument]:
    """The same documents on plain Wagtail pages."""
    root: Any = Page.get_first_root_node()
    above = root.add_child(instance=StockRoot(title="Stock", slug="stock"))
    found = []
    for number, document in enumerate(made):
        text = "\n".join(str(block.value) for block in document.body)
        page = StockDocument(
            title=document.title,
            slug=f"s-{number}",
            summary=document.summary,
            text=text,
            kind=document.kind,
        )
        above.add_child(instance=page)
        found.append(page)
    return found


@pytest.fixture(params=["tantivy", pytest.param("opensearch", marks=pytest.mark.opensearch)])
def raw(request: pytest.FixtureRequest, tmp_path: Path, settings: Settings) -> Raw:
    """The site turned to this engine, and the engine by itself."""
    generations.forget_open()
    if request.param == "tantivy":
        folder = tmp_path / "raw"
        folder.mkdir()
        return RawTantivy(folder)
    node = request.getfixturevalue("on_opensearch")
    return RawOpenSearch(node.url)


def test_search_speed(loaded: Loaded, raw: Raw, figure: Callable[[str], None]) -> None:
    name = f"{loaded.passages} passages, {store().name}"
    _rebuild(loaded, raw, lambda line: figure(f"{name}: {line}"))
    for rank, questions in loaded.questions.items():
        _questions(loaded, raw, questions, lambda line, r=rank: figure(f"{name}, {r}: {line}"))
    medium = loaded.questions["medium"]
    for count in MEMBERSHIPS[1:]:
        ratio = compare(
            _asking(loaded.people[count], medium), _asking(loaded.few, medium), QUESTIONS, clock
        )
        goal = GOALS["memberships"]
        figure(f"{name}: member of {count} spaces against 1 (goal {goal}): {ratio}")


def _rebuild(loaded: Loaded, raw: Raw, figure: Callable[[str], None]) -> None:
    """Making the index anew, beside making its tokens and handing those to the engine.

    Once before they are compared, since otherwise only ours would meet every word for the first
    time, and an engine that has just started.
    """
    first = timed(upkeep.rebuild, clock)
    with peak() as memory:
        ours = timed(upkeep.rebuild, clock)
    lengths = generations.serving(generations.state()).note().lengths
    baseline = timed(lambda: raw.fill(_texts(lengths)), clock)
    documents = Row.objects.records().count()
    figure(
        f"rebuild {ours / 1000:.1f} s against {baseline / 1000:.1f} s for tokens and the engine: "
        f"{ours / baseline:.2f} (goal {GOALS['rebuild']}); the first {first / 1000:.1f} s; "
        f"{1000 * documents / ours:.0f} documents "
        f"and {1000 * loaded.passages / ours:.0f} passages/s; memory {memory}; {_size()}"
    )


def _texts(lengths: Any) -> Iterator[tuple[str, str, dict[str, str]]]:
    for keys in upkeep.batched_keys():
        for document in upkeep.documents_of(keys):
            yield document.key, document.audience, tokens_of(document, lengths)


def _size() -> str:
    root = getattr(store(), "root", None)
    if root is None:
        return "index in the cluster"
    size = sum(path.stat().st_size for path in root.rglob("*") if path.is_file())
    return f"index {size / 1e6:.1f} MB"


def _questions(
    loaded: Loaded, raw: Raw, questions: Sequence[str], figure: Callable[[str], None]
) -> None:
    reader = reader_for(loaded.few)
    client = Client()
    client.force_login(loaded.few)
    engine = _engine(reader, questions)
    plain = _raw(raw, reader, questions)
    ratio = compare(engine, plain, TURNS * QUESTIONS, clock)
    spread = sorted(timed(engine, clock) for _ in range(TURNS * QUESTIONS))
    p95 = spread[int(0.95 * len(spread))]
    figure(
        f"engine part against the raw engine (goal {GOALS['engine']}): {ratio}; p95 {p95:.1f} ms"
    )
    behind = _asking(loaded.few, questions)
    stock = compare(behind, _wagtail(questions), QUESTIONS, clock)
    figure(f"whole search against stock Wagtail's on the same pages: {stock}")
    pages = itertools.cycle(questions)
    page = compare(
        lambda: client.get("/zoeken/", {"q": next(pages)}),
        lambda: (engine(), client.get(BLANK)),
        QUESTIONS,
        clock,
    )
    figure(f"page against the engine part and a blank page (goal {GOALS['page']}): {page}")


def _engine(reader: Reader, questions: Sequence[str]) -> Callable[[], object]:
    """The engine alone, asked as a search asks it: ranks, counts, facets, what is missing."""
    known = generations.state()
    engine = store().engine(lambda: generations.serving(known))
    asked = [Question(parse(text), reader.audiences, limit=LOOKED_AT) for text in questions]
    turn = itertools.cycle(asked)
    return lambda: engine.ask(next(turn), weights())


def _raw(raw: Raw, reader: Reader, questions: Sequence[str]) -> Callable[[], object]:
    asked = [[form for word in words(text) for form in analyze(word).forms] for text in questions]
    turn = itertools.cycle(asked)
    return lambda: raw.ask(next(turn), reader.audiences)


def _asking(person: User, questions: Sequence[str]) -> Callable[[], object]:
    turn = itertools.cycle(questions)
    return lambda: queries.search(reader_for(person), SearchQuery(next(turn)))


def _wagtail(questions: Sequence[str]) -> Callable[[], object]:
    """Ten hits and how many there are, as Wagtail's handbook asks for them."""
    turn = itertools.cycle(questions)

    def ask() -> object:
        found = StockDocument.objects.live().search(next(turn), operator="or")
        return list(found[:10]), found.count()

    return ask
