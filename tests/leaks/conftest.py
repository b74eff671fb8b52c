"""The leak harnesses: one data set for each file of them, and one line each at the end."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from kpo.people.choices import Sector
from tests.leaks.build import build_world
from tests.leaks.engines import ENGINE, OPENSEARCH, param, searching
from tests.leaks.ledger import SEED
from tests.leaks.personas import circle_of, make_personas
from tests.leaks.tally import COUNTS
from tests.leaks.world import World
from tests.opensearch_fixtures import opensearch_node

# What pytest finds here by name.
__all__ = ["opensearch_node"]

WHOLE = os.environ.get("KPO_LEAKS") == "whole"
# The sample on OpenSearch is part of what is asked of OpenSearch anyway.
collect_ignore = ["test_on_opensearch.py"] if ENGINE == OPENSEARCH else []


@dataclass(frozen=True)
class Built:
    """The data set, the settings that it needs, and the mail that went out meanwhile."""

    world: World
    places: dict[str, Any]
    mails: list[Any]


@pytest.fixture
def dice() -> random.Random:
    """The same throws in every run, so that a leak that was seen is seen again."""
    return random.Random(SEED)


@pytest.fixture(scope="module", params=[param(ENGINE)])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def built(
    engine: str,
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Built]:
    """Made once for a file of tests, and undone after the last of them."""
    folder = tmp_path_factory.mktemp("world")
    places = {"DATA_DIR": folder, "MEDIA_ROOT": str(folder / "media")}
    with django_db_blocker.unblock(), override_settings(**places), transaction.atomic():
        with searching(engine, request) as where:
            circle = circle_of(Sector.RIEC)
            world = build_world(circle, make_personas(circle))
            yield Built(world, places | where, list(mail.outbox))
        transaction.set_rollback(True)


@pytest.fixture
def world(built: Built, db: None) -> Iterator[World]:
    """The data set as it was made: what a test does to it is undone with the test."""
    mail.outbox[:] = built.mails
    with override_settings(**built.places):
        yield built.world


@pytest.fixture
def report(
    record_property: Callable[[str, object], None],
) -> Callable[..., None]:
    """Hand in what a part of a harness came to, for the line that the run ends with."""
    return lambda **counts: record_property(COUNTS, counts)
