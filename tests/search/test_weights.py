"""Weights are settings: each is known, documented with its default, and told at the start."""

import re
from collections.abc import Iterator
from dataclasses import asdict

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from search.weights import Weights, weights
from tests.house.project import ROOT

ROW = re.compile(r"^\| `(\w+)` \| ([\d.]+) \| (\S.*) \|$", re.MULTILINE)


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    weights.cache_clear()
    yield
    weights.cache_clear()


def test_a_setting_changes_one_weight(settings: Settings) -> None:
    settings.KPO_SEARCH_WEIGHTS = {"theme": 2.0, "looked_at": 20.0}
    assert asdict(weights()) == asdict(Weights()) | {"theme": 2.0, "looked_at": 20}


def test_a_weight_that_does_not_exist_is_named(settings: Settings) -> None:
    settings.KPO_SEARCH_WEIGHTS = {"tietel": 2.0}
    with pytest.raises(ImproperlyConfigured, match="tietel"):
        weights()


def test_every_weight_is_documented_with_its_default() -> None:
    page = (ROOT / "docs" / "operations.md").read_text().partition("## Ranking\n")[2]
    rows = {name: float(default) for name, default, _ in ROW.findall(page.partition("\n## ")[0])}
    assert rows == {name: float(value) for name, value in asdict(Weights()).items()}
