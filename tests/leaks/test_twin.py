"""What an outsider gets is the same, to the letter, whatever is closed to that outsider."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tests.leaks.conftest import WHOLE
from tests.leaks.engines import ENGINE, OPENSEARCH, TANTIVY, param
from tests.leaks.twin.mutants import MUTANTS
from tests.leaks.twin.site import EVERY_LEVEL, OPEN_LEVELS
from tests.leaks.twin.telling import HOLDERS, OUTSIDERS, Holder, Stories, differences, tell_all
from tests.needs import NEEDS

# The sample asks both: the sites, which cost the most, are made once for the two.
ENGINES = (ENGINE,) if WHOLE or ENGINE != TANTIVY else (TANTIVY, OPENSEARCH)
on_engines = pytest.mark.parametrize("engine", [param(engine) for engine in ENGINES])
# One node for all: its tests run one after the other, on one worker.
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.xdist_group("opensearch")]
Report = Callable[..., None]


@pytest.fixture(scope="module")
def stories(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Stories:
    """All that is told, by engine and site; asked once for this file."""
    folder = tmp_path_factory.mktemp("twins")
    places = {"DATA_DIR": folder, "MEDIA_ROOT": str(folder / "media")}
    absent = {need.mark for need in NEEDS if not need.is_met()}
    engines = tuple(engine for engine in ENGINES if engine not in absent)
    patching = pytest.MonkeyPatch.context()
    with django_db_blocker.unblock(), override_settings(**places), patching as patch:
        return tell_all(engines, request, patch)


@on_engines
def test_an_outsider_notices_nothing_closed(engine: str, stories: Stories, report: Report) -> None:
    without, closed = stories[engine, OPEN_LEVELS], stories[engine, EVERY_LEVEL]
    found = [
        f"{name} {address}"
        for name in OUTSIDERS
        for address in differences(without.outsiders[name], closed.outsiders[name])
    ]
    caught = [
        one.name
        for one in MUTANTS
        if differences(without.mutants[one.name], closed.mutants[one.name])
    ]
    report(
        harness="TWIN",
        engine=engine,
        requests=sum(map(len, without.outsiders.values())),
        differences=len(found),
        caught=len(caught),
        mutants=len(MUTANTS),
    )
    assert not found, "\n".join(found[:40])
    assert caught == [one.name for one in MUTANTS]


@on_engines
@pytest.mark.parametrize("holder", HOLDERS, ids=lambda holder: holder.name)
def test_who_holds_some_of_it_finds_the_same(
    engine: str, holder: Holder, stories: Stories, report: Report
) -> None:
    """The same hits, numbers and snippets; the order may be another."""
    narrow, wide = (
        stories[engine, levels].holders[holder.name] for levels in (holder.narrow, holder.wide)
    )
    astray = differences(narrow, wide)
    report(harness="TWIN", engine=engine, requests=len(narrow), differences=len(astray))
    assert not astray, "\n".join(f"{text}: {narrow[text]}\n{wide[text]}" for text in astray[:4])
