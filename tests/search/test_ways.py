"""Every way in which content, rights, themes or files change reaches the index."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.models.base import Model

from knowledgebank.review import conditions
from search.models import Change
from search.sources import all_sources
from tests.search.field_reads import field_reads
from tests.search.fields_of_records import ELSEWHERE, KEPT_OUT, SAVED
from tests.search.ways import ASIDE, COMING, WAYS, Way
from tests.search.world import World, make_world, source_of_thing

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    # Pages are saved with any text here: neither the board nor who offered one is asked.
    monkeypatch.setattr(conditions, "_conditions", [])
    return make_world()


# --- What there is -------------------------------------------------------------------------------
def test_every_source_is_in_the_world(world: World) -> None:
    assert {source.model for source in all_sources()} == set(world.things)


def test_no_record_reads_a_field_that_is_not_listed(world: World) -> None:
    read: set[str] = set()
    for model, thing in world.things.items():
        fresh = world[model]
        with field_reads() as seen:
            source_of_thing(thing).to_record(fresh)
        read |= {name for name in seen if not says_only_which(name)}
    listed = {f"{model._meta.label}.{name}" for model, fields in SAVED.items() for name in fields}  # type: ignore[attr-defined]
    assert read - listed - ELSEWHERE.keys() - KEPT_OUT.keys() == set()
    assert (listed | ELSEWHERE.keys() | KEPT_OUT.keys()) - read == set()


def says_only_which(name: str) -> bool:
    """Keys of rows never change. What is read for links alone is tested in test_links.py."""
    for_links = name.startswith("search.LinkText.") or name == "knowledgebank.ThemePage.videos"
    return for_links or name.endswith((".id", ".uuid", "_ptr_id"))


def test_every_verb_is_known() -> None:
    aside = {f"{module}.{name}" for module, names in ASIDE.items() for name in names}
    known = set(WAYS) | set(COMING) | aside
    there = set(verbs()) | {f"wagtail.actions.{name}" for name in actions_of_wagtail()}
    assert there - known == set()
    assert {name for name in known if "actions" in name} - there == set()


def verbs() -> Iterator[str]:
    """Functions of our modules of actions that take nothing but named arguments."""
    for module in modules_of_actions():
        for name, thing in vars(module).items():
            is_own = inspect.isfunction(thing) and thing.__module__ == module.__name__
            if is_own and not name.startswith("_") and takes_names_only(thing):
                yield f"{module.__name__}.{name}"


def modules_of_actions() -> Iterator[Any]:
    for app in settings.INSTALLED_APPS:
        if app.split(".")[0] in {"kpo", "search", "knowledgebank", "communities", "academy"}:
            package = import_module(app.removesuffix(".apps"))
            for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
                if "actions" in found.name:
                    yield import_module(found.name)


def takes_names_only(function: Callable[..., object]) -> bool:
    parameters = list(inspect.signature(function).parameters.values())
    return bool(parameters) and all(one.kind is one.KEYWORD_ONLY for one in parameters)


def actions_of_wagtail() -> Iterator[str]:
    return (found.name for found in pkgutil.iter_modules(import_module("wagtail.actions").__path__))


# --- What they come to ---------------------------------------------------------------------------
def test_saving_a_field_that_a_record_reads_reaches_the_index(world: World) -> None:
    silent = [
        f"{model.__name__}.{name}"
        for model, fields in SAVED.items()
        for name, value in fields.items()
        if not changed_by(lambda m=model, n=name, v=value: save(world[m], n, v))
    ]
    assert silent == []


def test_what_is_kept_out_of_records_does_not(world: World) -> None:
    from kpo.people.models import User

    for name, value in KEPT_OUT.items():
        field = name.rsplit(".", 1)[1]
        assert not changed_by(lambda f=field, v=value: save(world[User], f, v)), name


def save(thing: Model, name: str, value: object) -> None:
    setattr(thing, name, value)
    thing.save()


@pytest.fixture
def misses(world: World) -> Callable[[Way], set[str]]:
    def of(way: Way) -> set[str]:
        wanted = {world.key(model) for model in way.models}
        return wanted - changed_by(lambda: way.change(world), lambda: way.before(world))

    return of


def test_every_verb_reaches_the_index(misses: Callable[[Way], set[str]]) -> None:
    assert {name: missed for name, way in WAYS.items() if (missed := misses(way))} == {}


def test_what_is_new_reaches_the_index(world: World) -> None:
    known = {world.key(model) for model in world.things}
    silent = [
        name
        for name, come in COMING.items()
        if not changed_by(lambda come=come: come(world)) - known
    ]
    assert silent == []


def changed_by(
    change: Callable[[], object], before: Callable[[], object] = lambda: None
) -> set[str]:
    """Keys that the index is to hear of, by the transaction of the change and by nothing later."""
    with transaction.atomic():
        before()
        Change.objects.all().delete()
        waiting = jobs_waiting()
        change()
        changed = set(Change.objects.values_list("key", flat=True))
        assert not changed or jobs_waiting() > waiting, "nothing will tell the index"
        transaction.set_rollback(True)
    assert not Change.objects.exists()
    return changed


def jobs_waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs "
            "WHERE status = 'todo' AND args->>'task' = 'search.jobs.index_changes'"
        )
        return int(cursor.fetchone()[0])
