"""What each app holds about a person: the one register for export, erasure and retention.

An app declares in `<app>/personal_data.py`. A house test fails for a field that points to a
person, or holds an address or text next to such a field, and is neither declared nor excused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from django.apps import apps
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from kpo.people.models import User

OnErase = Literal["delete", "anonymize", "keep"]
# Removes rows older than a moment where a plain delete is not allowed; returns how many.
Purge = Callable[[datetime], int]
# The rows that one may read oneself, where those are fewer than are held.
Shown = Callable[["User"], models.QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Declaration:
    """What one model holds about a person, and what becomes of it."""

    model: str
    person: str
    match: str
    fields: Mapping[str, str]
    on_erase: OnErase
    keep_days: int | None
    reason: str
    blank: Mapping[str, Any] = field(default_factory=dict)
    purge: Purge | None = None
    name: str = ""
    shown: Shown | None = None

    @property
    def table(self) -> type[models.Model]:
        return apps.get_model(self.model)

    @property
    def label(self) -> str:
        return self.name or str(_meta(self.table).verbose_name_plural).capitalize()

    def rows(self, person: User) -> models.QuerySet[Any]:
        """What is held about this person."""
        value = getattr(person, self.match) if self.match else person.pk
        found: models.QuerySet[Any] = manager(self.table).filter(**{self.person: value})
        return found

    def rows_told(self, person: User) -> models.QuerySet[Any]:
        """What of it the person reads on the own-data page and in the download."""
        rows = self.rows(person)
        return rows if self.shown is None else rows.filter(pk__in=self.shown(person).values("pk"))

    @property
    def moment(self) -> str | None:
        """The column that says how old a row is: the first declared moment, or of creation."""
        dated = [f.name for f in _meta(self.table).get_fields() if isinstance(f, models.DateField)]
        made = [
            f.name
            for f in _meta(self.table).get_fields()
            if isinstance(f, models.DateField) and f.auto_now_add
        ]
        return next(iter([*made, *(n for n in self.fields if n in dated), *dated]), None)


_declarations: list[Declaration] = []
_excused: dict[str, set[str]] = {}


def declare(
    *,
    model: str,
    person: str,
    fields: Mapping[str, str],
    on_erase: OnErase,
    keep_days: int | None,
    reason: str,
    match: str = "",
    blank: Mapping[str, Any] | None = None,
    purge: Purge | None = None,
    name: str = "",
    shown: Shown | None = None,
) -> None:
    """Say what a model holds about a person.

    `person` is the lookup from a row to the person; with `match` it is compared to that field of
    the person instead, such as "email". `fields` gives each field with a Dutch description;
    without any the person is not told of the rows, as what others chose about them.
    `shown` are the rows that the person may read, where those are fewer than are held.
    `on_erase`: "delete" removes the rows; "anonymize" writes `blank` over them and empties the
    link if it may be empty; "keep" leaves them, since the person's own row is anonymized.
    `keep_days` is how long rows are kept, None for as long as the account. `reason` says in
    Dutch why this is held; people read it on their own-data page, under `name` or, without one,
    what the model is called.
    """
    declaration = Declaration(
        model, person, match, fields, on_erase, keep_days, reason, blank or {}, purge, name, shown
    )
    if declaration not in _declarations:
        _declarations.append(declaration)


def excuse(model: str, *fields: str) -> None:
    """Say of fields that they look personal and are not, such as text about an organisation."""
    _excused.setdefault(model.lower(), set()).update(fields)


def declarations() -> tuple[Declaration, ...]:
    return tuple(_declarations)


def undeclared(app_labels: Iterable[str]) -> list[str]:
    """Fields that look personal and that nobody declared, as "app.model.field"."""
    known = declared_columns()
    return sorted(
        f"{_meta(model).label_lower}.{column}"
        for label in app_labels
        for model in apps.get_app_config(label).get_models()
        for column in personal_columns(model) - known.get(_meta(model).label_lower, set())
    )


def declared_columns() -> dict[str, set[str]]:
    """Columns that somebody declared or excused, by the name of the model in small letters."""
    known: dict[str, set[str]] = {name: set(fields) for name, fields in _excused.items()}
    for one in _declarations:
        first_step = one.person.split("__")[0]
        known.setdefault(one.model.lower(), set()).update({*one.fields, first_step, *one.blank})
    return known


def unknown_links() -> list[str]:
    """Columns of any model, of libraries too, that point to a person and that nobody declared."""
    known = declared_columns()
    return sorted(
        f"{_meta(model).label_lower}.{column.name}"
        for model in apps.get_models()
        for column in _meta(model).local_fields + _meta(model).local_many_to_many
        if column.is_relation
        and is_person(column.related_model)
        and column.name not in known.get(_meta(model).label_lower, set())
    )


def personal_columns(model: type[models.Model]) -> set[str]:
    """Own columns that point to a person, hold an address, or hold text beside such a column."""
    own = _meta(model).local_fields + _meta(model).local_many_to_many
    people = {f.name for f in own if f.is_relation and is_person(f.related_model)}
    addresses = {f.name for f in own if isinstance(f, models.EmailField)}
    texts = {f.name for f in own if isinstance(f, models.TextField) and f.editable}
    return people | addresses | (texts if people | addresses else set())


def is_person(model: Any) -> bool:
    return _meta(model).label == "people.User"


def erase(person: User) -> dict[str, int]:
    """Do with all rows about a person what was declared; returns how many, by model."""
    done: dict[str, int] = {}
    for one in _declarations:
        rows = one.rows(person)
        if one.on_erase == "delete":
            count = rows.delete()[0]
        elif one.on_erase == "anonymize":
            count = rows.update(**blanks(one))
        else:
            count = 0
        if count:
            done[one.model] = done.get(one.model, 0) + count
    return done


def blanks(one: Declaration) -> dict[str, Any]:
    link = _meta(one.table).get_field(one.person.split("__")[0])
    emptied = {link.name: None} if link.is_relation and link.null else {}
    return {**emptied, **one.blank}


def forget_old(now: datetime | None = None) -> dict[str, int]:
    """Remove what has been kept long enough; returns how many rows, by model."""
    done: dict[str, int] = {}
    for one in _declarations:
        if one.keep_days is None or one.moment is None:
            continue
        before = (now or timezone.now()) - timedelta(days=one.keep_days)
        count = one.purge(before) if one.purge else delete_before(one, before)
        if count:
            done[one.model] = done.get(one.model, 0) + count
    return done


def delete_before(one: Declaration, before: datetime) -> int:
    return manager(one.table).filter(**{f"{one.moment}__lt": before}).delete()[0]


def manager(model: type[models.Model]) -> models.Manager[Any]:
    return model._base_manager  # noqa: SLF001  the documented way to all rows of a model


def _meta(model: Any) -> Any:
    return model._meta
