"""The leak harnesses: one data set for a run, and one line each at the end."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from kpo.people.choices import Sector
from tests.leaks.build import build_world
from tests.leaks.ledger import SEED
from tests.leaks.personas import circle_of, make_personas
from tests.leaks.tally import COUNTS
from tests.leaks.world import World

WHOLE = os.environ.get("KPO_LEAKS") == "whole"


@pytest.fixture
def dice() -> random.Random:
    """The same throws in every run, so that a leak that was seen is seen again."""
    return random.Random(SEED)


@pytest.fixture
def world(db: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    circle = circle_of(Sector.RIEC)
    with transaction.atomic():
        yield build_world(circle, make_personas(circle))
        transaction.set_rollback(True)


@pytest.fixture
def report(record_property: Callable[[str, object], None]) -> Callable[..., None]:
    """Hand in what a part of a harness came to, for the line that the run ends with."""
    return lambda **counts: record_property(COUNTS, counts)
