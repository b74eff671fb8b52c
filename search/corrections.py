""" "Bedoelde je": only words that this reader could have found by reading."""

from __future__ import annotations

from collections import defaultdict

from django.db import connection

from kpo.people.reader import Reader
from search.dutch import Word, analyze, tokens
from search.engines.protocol import Answer, Engine
from search.questions import Question, Wanted
from search.weights import weights

SHORTEST = 4
# Words looked at per word that was typed wrong; the best that can still be read is taken.
CONSIDERED = 8
LEAST_ALIKE = 0.3

_NEAR = """
SELECT asked.word, near.word FROM unnest(%s::text[]) AS asked(word), LATERAL (
    SELECT word, max(count) AS count FROM search_word
    WHERE word %% asked.word AND audience = ANY(%s) AND word <> asked.word
    AND similarity(word, asked.word) >= %s
    GROUP BY word ORDER BY similarity(word, asked.word) DESC, max(count) DESC, word LIMIT %s
) AS near
"""


def corrected(
    reader: Reader, text: str, engine: Engine, question: Question, answer: Answer
) -> str | None:
    """The question with readable words in place of those that occur nowhere; None if all occur.

    The list of words only proposes, and may be of yesterday: each proposal must occur in something
    this reader may read now.
    """
    astray = {
        word.text: word
        for word in question.wanted.words
        if word.stem in answer.missing and len(word.text) >= SHORTEST and word.text.isalpha()
    }
    if not astray:
        return None
    near = _near(list(astray), reader)
    readable = _readable([word for words in near.values() for word in words], engine, question)
    better = {
        wrong: next((word for word in words if word in readable), None)
        for wrong, words in near.items()
    }
    return _replaced(text, {wrong: word for wrong, word in better.items() if word})


def _near(astray: list[str], reader: Reader) -> dict[str, list[str]]:
    """Words of the reader's own list that look like each of these, most alike first."""
    near: dict[str, list[str]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, [astray, list(reader.audiences), LEAST_ALIKE, CONSIDERED])
        for wrong, word in cursor.fetchall():
            near[wrong].append(word)
    return near


def _readable(proposed: list[str], engine: Engine, question: Question) -> set[str]:
    """Those that occur in what the question's audiences open."""
    words: dict[str, Word] = {word: analyze(word) for word in proposed}
    if not words:
        return set()
    asked = Question(
        Wanted(words=tuple(words.values())), question.audiences, question.withheld, limit=1
    )
    missing = engine.ask(asked, weights()).missing
    return {text for text, word in words.items() if word.stem not in missing}


def _replaced(text: str, better: dict[str, str]) -> str | None:
    if not better:
        return None
    pieces, at = [], 0
    for word, start, end in tokens(text):
        if word in better:
            pieces += [text[at:start], better[word]]
            at = end
    return "".join([*pieces, text[at:]])
