"""Migrations say what the models say, one after the other, each under a name that tells."""

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.house.project import FLOORS

OUR_LABELS = sorted(
    config.label for config in apps.get_app_configs() if config.name.split(".")[0] in FLOORS
)


@pytest.fixture(scope="module")
def loader() -> MigrationLoader:
    return MigrationLoader(None, ignore_no_migrations=True)


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("label", OUR_LABELS)
def test_migrations_are_one_line(loader: MigrationLoader, label: str) -> None:
    assert len(loader.graph.leaf_nodes(label)) <= 1
    for (app, name), migration in loader.disk_migrations.items():
        if app == label:
            parents = [parent for parent in migration.dependencies if parent[0] == label]
            assert len(parents) <= 1, f"{app}.{name} has two parents"


@pytest.mark.parametrize("label", OUR_LABELS)
def test_migrations_are_named(loader: MigrationLoader, label: str) -> None:
    names = [name for app, name in loader.disk_migrations if app == label]
    assert [name for name in names if re.search(r"auto_\d{8}|_and_more$", name)] == []


@pytest.mark.django_db
def test_every_migration_is_applied_in_the_test_database() -> None:
    loader = MigrationLoader(connection)
    assert set(loader.disk_migrations) <= set(loader.applied_migrations)
