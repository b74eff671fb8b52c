"""Both engines give the same ten; `make bench` asks a thousand questions of real pages."""

from __future__ import annotations

import json
import random

import pytest

from search import evaluation
from search.engines.opensearch import OpenSearchEngine
from search.engines.tantivy import TantivyEngine
from search.evaluation import Judged
from tests.opensearch_fixtures import ON_NODE, on_opensearch, opensearch_node
from tests.opensearch_node import Node

# What pytest finds here by name.
__all__ = ["on_opensearch", "opensearch_node"]

pytestmark = [pytest.mark.django_db, pytest.mark.slow, *ON_NODE]
WORDS = (
    *("vakantiepark", "vakantie", "park", "toezicht", "toezichthouder", "gemeente", "gemeenten"),
    *("controle", "controleren", "haven", "havenbedrijf", "uithaler", "container", "douane"),
    *("politie", "agent", "wijkagent", "signaal", "signalen", "melding", "witwassen", "witwasser"),
    *("vastgoed", "pand", "panden", "huur", "huurder", "verhuur", "loods", "loodsen", "drugs"),
    *("drugslab", "lab", "opiumwet", "sluiting", "bestuurlijk", "maatregel", "vergunning"),
    *("bibob", "onderzoek", "advies", "rapport", "handreiking"),
)
DOCUMENTS, QUERIES, GOAL = 60, 80, 0.95


def test_both_engines_give_the_same_ten(on_opensearch: Node) -> None:
    dice = random.Random(20261122)
    documents = evaluation.read_documents(line(dice, number) for number in range(DOCUMENTS))
    plain = [" ".join(dice.choices(WORDS, k=dice.randint(1, 4))) for _ in range(QUERIES // 2)]
    mistyped = evaluation.with_typos([Judged(text, frozenset()) for text in plain], seed=1)
    with (
        evaluation.trial(documents, TantivyEngine.name) as one,
        evaluation.trial(documents, OpenSearchEngine.name) as other,
    ):
        asked = [*plain, *(judged.text for judged in mistyped)]
        same = sum(set(one.ask(q).keys[:10]) == set(other.ask(q).keys[:10]) for q in asked)
    assert same >= GOAL * len(asked)


def line(dice: random.Random, number: int) -> str:
    """A page of a length of its own, in which some words are frequent."""
    mine = dice.choices(WORDS, k=8) * 3 + dice.choices(WORDS, k=dice.randint(5, 200))
    dice.shuffle(mine)
    return json.dumps(
        {"id": f"p{number}", "title": " ".join(dice.choices(WORDS, k=3)), "body": " ".join(mine)}
    )
