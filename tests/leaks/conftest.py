"""The leak harnesses: one data set for a run, and one line each at the end."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from kpo.people.choices import Sector
from tests.leaks.canaries import World, build_world
from tests.leaks.personas import circle_of, make_personas

SEED = 20261122
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
def report(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Hand in the line that the run ends with."""
    return lambda line: record_property("leak_line", line)
