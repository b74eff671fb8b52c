"""What it costs to read a page: its words and all their tokens, against Snowball's stems alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import Stemmer

from benchmarks.ratio import compare
from search import fields
from search.dutch import words

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
PAGES, TURNS = 40, 40
# Reading a page costs at most so many times its bare stems; 6.6 is about a millisecond a page.
GOAL_RATIO = 8.0
WORD = re.compile(r"\w+")
MADE = " ".join(
    f"De gemeente controleert in {year} vakantieparken op grond van artikel 13b Opiumwet, lid {n}."
    for year in range(2000, 2030)
    for n in range(1, 2)
)


def pages() -> list[str]:
    """Pages of a real report where one is present, else a page that we made."""
    reports = sorted(CORPUS.glob("*.pdf"))
    if not reports:
        return [MADE] * PAGES
    document = pypdfium2.PdfDocument(reports[0])
    texts = [document[at].get_textpage().get_text_range() for at in range(len(document))]
    return [text for text in texts if len(text) > 500][:PAGES]


def test_a_page_is_read_in_about_a_millisecond(figure: Callable[[str], None]) -> None:
    texts = pages()
    stemmer = Stemmer.Stemmer("dutch", 0)

    def ours() -> None:
        for text in texts:
            found = words(text)
            fields.parts(found)
            fields.pairs(found)
            fields.grams(found)

    def stems() -> None:
        for text in texts:
            stemmer.stemWords(WORD.findall(text.lower()))

    assert all(words(text) for text in texts)
    ratio = compare(ours, stems, TURNS)
    each = ratio.ours / len(texts)
    characters = sum(map(len, texts)) // len(texts)
    figure(f"tokens of {len(texts)} pages against stems alone (goal {GOAL_RATIO}): {ratio}")
    figure(f"tokens of a page of {characters} characters: {each:.2f} ms")
    assert ratio.value <= GOAL_RATIO
