"""Holes made on purpose in search, each with what to ask; twins that stay equal prove nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.test import Client

from kpo.people import tokens
from kpo.people.models import Circle
from kpo.people.reader import ANONYMOUS, Reader
from search import corrections, hits, queries, similar, suggestions, upkeep, vocabulary
from search.engines import opensearch_index, tantivy_index
from search.engines.halves import OPEN, OPEN_AUDIENCES
from search.models import Row
from tests.leaks.twin.asking import Transcript, transcript
from tests.leaks.twin.words import CLOSED_WORDS, OPEN_COMPOUND, SHARED

Patch = pytest.MonkeyPatch


@dataclass(frozen=True)
class Mutant:
    """A hole, and where it shows; `is_indexed` if the index has to be made by it."""

    name: str
    make: Callable[[Patch], None]
    addresses: tuple[str, ...]
    is_indexed: bool = False

    def transcript(self, client: Client, patch: Patch, **names: Any) -> Transcript:
        """What is told while the hole is there; an index that was made by it stays."""
        addresses = [address.format(**names) for address in self.addresses]
        with patch.context() as during:
            self.make(during)
            if self.is_indexed:
                upkeep.rebuild()
            return transcript(client, addresses)


def _insider(reader: Reader) -> Reader:
    """The same person, who may read everything."""
    circles = {circle.token for circle in Circle.objects.all()}
    return replace(reader, audiences=reader.audiences | circles | {tokens.PUBLIC_SECTOR})


def _ignore_audiences(patch: Patch) -> None:
    really: Any = queries.search
    patch.setattr(queries, "search", lambda reader, query: really(_insider(reader), query))


def _numbers_of_an_insider(*names: str) -> Callable[[Patch], None]:
    """The engine counts what everybody may read."""

    def make(patch: Patch) -> None:
        really = queries._from_index

        def counted(known: Any, question: Any, weight: Any) -> Any:
            reply = really(known, question, weight)
            every = _insider(ANONYMOUS).audiences | question.audiences
            other = really(known, replace(question, audiences=every), weight).answer
            answer = replace(reply.answer, **{name: getattr(other, name) for name in names})
            return replace(reply, answer=answer)

        patch.setattr(queries, "_from_index", counted)

    return make


def _suggest_everything(patch: Patch) -> None:
    really = suggestions.suggest
    patch.setattr(
        suggestions, "suggest", lambda reader, text, limit: really(_insider(reader), text, limit)
    )


def _everything_alike(patch: Patch) -> None:
    really = similar.similar
    patch.setattr(
        "search.thing_views.similar", lambda reader, thing: really(_insider(reader), thing)
    )


def _propose_everything(patch: Patch) -> None:
    really = corrections._near
    patch.setattr(corrections, "_near", lambda astray, reader: really(astray, _insider(reader)))
    patch.setattr(corrections, "_readable", lambda proposed, engine, question: set(proposed))


def _words_of_closed_texts(patch: Patch) -> None:
    """The list of corrections takes words of closed texts for public ones."""
    patch.setattr(corrections, "_readable", lambda proposed, engine, question: set(proposed))
    every = [*vocabulary.OPEN_AUDIENCES, *_insider(ANONYMOUS).audiences]
    patch.setattr(vocabulary, "OPEN_AUDIENCES", frozenset(every))
    taken = vocabulary._FILL.replace("SELECT word, audience", "SELECT word, 'public'")
    patch.setattr(vocabulary, "_FILL", taken.replace("GROUP BY word, audience", "GROUP BY word"))


def _one_index(patch: Patch) -> None:
    """Closed documents count in how rare a word is, and in how long a text usually is."""
    for module in (tantivy_index, opensearch_index):
        patch.setattr(module, "half_of", lambda audience: OPEN)


def _history_kept(patch: Patch) -> None:
    """Closed documents were open once, and the index was not made anew when they were closed."""
    with pytest.MonkeyPatch.context() as before:
        _one_index(before)
        upkeep.rebuild()
    for keys in upkeep.batched_keys():
        closed = Row.objects.records().filter(key__in=keys).exclude(audience__in=OPEN_AUDIENCES)
        upkeep._write(dict(closed.values_list("key", "version")), None)


def _number_of_the_row(patch: Patch) -> None:
    """What the database numbers a page by stands in its address."""
    really = hits.present

    def numbered(*given: Any) -> Any:
        return [
            replace(hit, url=f"{hit.url}?nummer={Row.objects.records().get(key=hit.key).pk}")
            for hit in really(*given)
        ]

    patch.setattr(hits, "present", numbered)


def _learn_closed_words(patch: Patch) -> None:
    patch.setattr(upkeep, "_open_records", Row.objects.records)


COMMON = tuple(f"/zoeken/?q={word}" for word in SHARED[:6])
PAIRS = tuple(f"/zoeken/?q={left}+{right}" for left in SHARED[3:9] for right in SHARED[12:14])
# Those that make an index of their own come last.
MUTANTS = (
    Mutant("audience ignored", _ignore_audiences, COMMON[:2]),
    Mutant("total unfiltered", _numbers_of_an_insider("total"), COMMON[:2]),
    Mutant("facets unfiltered", _numbers_of_an_insider("facets", "types"), COMMON[:2]),
    Mutant(
        "suggestions unfiltered", _suggest_everything, (f"/zoeken/suggesties/?q={CLOSED_WORDS[0]}",)
    ),
    Mutant("what is alike unfiltered", _everything_alike, ("/zoeken/verwant/{theme}/",)),
    Mutant(
        "what occurs unfiltered",
        _numbers_of_an_insider("missing"),
        (f"/zoeken/?q={CLOSED_WORDS[3]}",),
    ),
    Mutant("corrections unfiltered", _propose_everything, (f"/zoeken/?q={CLOSED_WORDS[2][:-2]}r",)),
    Mutant(
        "corrections from closed texts",
        _words_of_closed_texts,
        (f"/zoeken/?q={CLOSED_WORDS[2][:-2]}r",),
        is_indexed=True,
    ),
    Mutant("row numbers told", _number_of_the_row, COMMON[:1]),
    Mutant("one index for open and closed", _one_index, PAIRS, is_indexed=True),
    Mutant("what was once open counts on", _history_kept, PAIRS),
    Mutant(
        "closed words teach the splitter",
        _learn_closed_words,
        (f"/zoeken/?q={OPEN_COMPOUND[-7:]}", f"/zoeken/?q={OPEN_COMPOUND}"),
        is_indexed=True,
    ),
)
