"""Which fields of which models are read while something runs, in Python or in SQL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Field, Model
from django.test.utils import CaptureQueriesContext

# Which rows are wanted, not what is shown of them: all that comes after the list of columns.
_CONDITIONS = re.compile(r"\bFROM\b.*", re.DOTALL)
_COLUMN = re.compile(r'(?:"(\w+)"|\b([TU]\d+))\."(\w+)"')
_ALIAS = re.compile(r'"(\w+)" ([TU]\d+)\b')


class _Watched:
    """Stands before the attribute of a field, and notes who asks for it."""

    def __init__(self, attribute: Any, name: str, seen: set[str]) -> None:
        self._attribute = attribute
        self._name = name
        self._seen = seen

    def __get__(self, instance: Model | None, owner: type[Model]) -> Any:
        if instance is not None:
            self._seen.add(f"{owner._meta.label}.{self._name}")
        return self._attribute.__get__(instance, owner)

    def __set__(self, instance: Model, value: Any) -> None:
        if hasattr(self._attribute, "__set__"):
            self._attribute.__set__(instance, value)
        else:
            instance.__dict__[self._name] = value


@contextmanager
def field_reads() -> Iterator[set[str]]:
    """Gives names as "app.Model.field", filled while the context lasts."""
    seen: set[str] = set()
    watched = [
        (model, field.attname, model.__dict__[field.attname])
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if field.attname in model.__dict__
    ]
    for model, name, attribute in watched:
        setattr(model, name, _Watched(attribute, name, seen))
    try:
        with CaptureQueriesContext(connection) as queries:
            yield seen
    finally:
        for model, name, attribute in watched:
            setattr(model, name, attribute)
    seen |= _in_sql(query["sql"] for query in queries.captured_queries)


def _in_sql(statements: Iterator[str]) -> set[str]:
    columns = _columns()
    return {columns[pair] for sql in statements for pair in _asked_by(sql) if pair in columns}


def _asked_by(sql: str) -> Iterator[tuple[str, str]]:
    """Table and column of every condition, with the names by which the statement calls tables."""
    tables = {alias: table for table, alias in _ALIAS.findall(sql)}
    for table, alias, column in _COLUMN.findall("".join(_CONDITIONS.findall(sql))):
        yield tables.get(alias, table or alias), column


def _columns() -> dict[tuple[str, str], str]:
    models = apps.get_models(include_auto_created=True)
    fields: list[tuple[Any, Field]] = [
        (model, field) for model in models for field in model._meta.local_concrete_fields
    ]
    return {
        (model._meta.db_table, field.column): f"{model._meta.label}.{field.attname}"
        for model, field in fields
    }
