"""`evaluate_search` measures through the code of the site, the same figures every time."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from search import evaluation
from search.evaluation import Judged, with_typos

# The site's own list of synonyms takes part.
pytestmark = pytest.mark.django_db

DOCUMENTS = (
    {"id": "a", "title": "Loodsen", "body": "Inleiding Een loods is groot. Verhuur Wie huurt?"}
    | {"headings": ["Inleiding", "Verhuur"]},
    {"id": "b", "title": "Vakantieparken", "body": "Wie woont in het park? Kwikzilver."},
    {"id": "c", "title": "Iets anders", "body": "Over kwikzilver.", "link_texts": ["Kwikzilver"]},
)
QUERIES = (
    {"text": "loods", "relevant": ["a"]},
    {"text": "vakantie park", "relevant": ["b"]},
    {"text": "kwikzilver", "relevant": ["c"]},
    {"text": "xyzzyx", "relevant": ["b"]},
)
KEYS = [
    "engine", "documents", "queries", "mrr@10", "ndcg@10", "recall@10", "no_result", "p50_ms",
    "p95_ms",
]  # fmt: skip


@pytest.fixture
def judged(tmp_path: Path) -> dict[str, Path]:
    paths = {"documents": tmp_path / "documents.jsonl", "queries": tmp_path / "queries.jsonl"}
    for name, lines in (("documents", DOCUMENTS), ("queries", QUERIES)):
        paths[name].write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return paths


def run(**options: Any) -> dict[str, Any]:
    out = StringIO()
    call_command("evaluate_search", stdout=out, json=True, **options)
    figures: dict[str, Any] = json.loads(out.getvalue())
    return figures


def test_prints_exactly_these_figures(judged: dict[str, Path]) -> None:
    figures = run(**judged, engine="tantivy")
    assert list(figures) == KEYS
    assert figures | {"p50_ms": 0, "p95_ms": 0} == {
        "engine": "tantivy",
        "documents": 3,
        "queries": 4,
        "mrr@10": 0.75,
        "ndcg@10": 0.75,
        "recall@10": 0.75,
        "no_result": 0.25,
        "p50_ms": 0,
        "p95_ms": 0,
    }


def test_leaves_nothing_behind(
    judged: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    run(**judged)
    assert {path.name for path in tmp_path.iterdir()} == {"documents.jsonl", "queries.jsonl"}


def test_an_unreadable_file_and_an_engine_without_address_get_a_sentence(
    judged: dict[str, Path], settings: Any
) -> None:
    with pytest.raises(CommandError, match="niet te lezen"):
        run(**judged | {"queries": Path("/bestaat/niet")})
    settings.KPO_SEARCH_URL = ""
    with pytest.raises(CommandError, match="antwoordt niet"):
        run(**judged, engine="opensearch")


def test_a_text_is_cut_at_its_headings() -> None:
    first, *passages = evaluation.read_documents([json.dumps(DOCUMENTS[0])])[0]
    assert [(row.heading, row.text.strip()) for row in passages] == [
        ("", ""),
        ("Inleiding", "Een loods is groot."),
        ("Verhuur", "Wie huurt?"),
    ]
    assert first.heading_vocabulary == "inleiding verhuur"


def test_typing_errors_are_one_per_query_and_the_same_for_a_seed() -> None:
    queries = [Judged("vakantieparken en loodsen", frozenset({"a"}))] * 40
    mistyped = with_typos(queries, 1)
    assert mistyped == with_typos(queries, 1)
    assert mistyped != with_typos(queries, 2)
    for judged in mistyped:
        pieces = zip(judged.text.split(" "), queries[0].text.split(" "), strict=True)
        assert sum(one != other for one, other in pieces) <= 1
    assert with_typos([Judged("om de", frozenset())], 1) == [Judged("om de", frozenset())]
