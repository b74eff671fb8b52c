"""A row of any declared model, filled in from what the model says of itself."""

from itertools import count
from typing import Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from wagtail.models import Page

from knowledgebank.models import ReviewItem, ThemePage
from kpo.audit.log import record
from kpo.audit.models import Entry
from kpo.people import tokens
from kpo.people.models import Organisation, User
from kpo.people.privacy import Declaration
from tests.factories import files
from tests.factories.pages import theme_page
from tests.factories.people import OrganisationFactory, UserFactory
from tests.factories.review import author, submitted

numbers = count(1)
NEUTRAL = "neutraal"
# Values that a model's own constraints ask for.
FITTING: dict[str, dict[str, Any]] = {
    "people.AccessRequest": {
        "status": "rejected",
        "reason": "Nee.",
        "decided_at": timezone.now(),
    },
    "people.EmployerChange": {"status": "ended"},
    "people.FactorReset": {"status": "ended"},
    "people.Renewal": {"status": "granted", "kind": "role", "value": "editor"},
    "people.Invitation": {"withdrawn_at": None},
    "wagtailcore.PageLogEntry": {"action": "wagtail.edit"},
    "wagtailcore.ModelLogEntry": {"action": "wagtail.edit"},
    "mfa.Authenticator": {"type": "totp", "data": {"secret": "x"}},
}
# Of these columns one is filled in, as the table asks; the first unless another is given.
ONE_OF = {"inbox.Follow": ("page", "subject")}


def row_for(one: Declaration, person: User, text: str) -> Any:
    """A row that `one` finds about this person; its texts hold `text`."""
    label = one.table._meta.label
    if one.table is Entry:
        record("people.sign_in", actor=person)
        return Entry.objects.latest("pk")
    if label in ("files.Document", "files.Image"):
        make = files.document if label == "files.Document" else files.image
        return make(uploaded_by_user=person)
    first, _, rest = one.person.partition("__")
    if not rest and has_one(one.table, first) and one.rows(person).exists():
        return one.rows(person).get()
    if rest:
        through = one.table._meta.get_field(first).related_model
        found = through.objects.filter(**{rest: person}).first()
        return filled(one.table, {first: found or filled(through, {rest: person}, text)}, text)
    value = getattr(person, one.match) if one.match else person
    if issubclass(one.table, Page):
        page = theme_page(tokens.ACCOUNTS)
        one.table.objects.filter(pk=page.pk).update(**{first: value})
        return one.table.objects.get(pk=page.pk)
    return filled(one.table, {first: value}, text)


def has_one(model: Any, column: str) -> bool:
    return bool(model._meta.get_field(column).one_to_one)


def filled(model: Any, given: dict[str, Any], text: str) -> Any:
    fitting = {k: v for k, v in FITTING.get(model._meta.label, {}).items() if k not in given}
    values = {**fitting, **given}
    among = ONE_OF.get(model._meta.label, ())
    if among and values.keys().isdisjoint(among):
        values[among[0]] = related_to(model._meta.get_field(among[0]).related_model)
    for field in model._meta.concrete_fields:
        if field.name not in values and not field.primary_key:
            value = value_for(field, text)
            if value is not None:
                values[field.name] = value
    return model.objects.create(**values)


def value_for(field: Any, text: str) -> Any:
    """Something of the right kind; None where the field can do without."""
    if field.is_relation:
        return None if field.null else related_to(field.related_model)
    if getattr(field, "auto_now_add", False):
        return None
    if isinstance(field, models.EmailField):
        return f"{text}-{next(numbers)}@voorbeeld.nl".lower()
    if isinstance(field, models.CharField | models.TextField) and not field.choices:
        return f"{text} {next(numbers)}"[: field.max_length or 200]
    if field.has_default() or field.null or field.blank:
        return None
    return required(field)


def required(field: Any) -> Any:
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.DateTimeField):
        return timezone.now()
    if isinstance(field, models.DateField):
        return timezone.localdate()
    if isinstance(field, models.UUIDField):
        return uuid4()
    if isinstance(field, models.GenericIPAddressField):
        return "192.0.2.1"
    if isinstance(field, ArrayField):
        return ["x"]
    return {"x": 1} if isinstance(field, models.JSONField) else 1


def related_to(model: Any) -> Any:
    if model is User:
        return UserFactory()
    if model is Organisation:
        return OrganisationFactory()
    if issubclass(model, Page):
        return model.objects.get(pk=theme_page(tokens.ACCOUNTS).pk)
    if model is ContentType:
        return ContentType.objects.get_for_model(ThemePage)
    if model is ReviewItem:
        return submitted(author())
    return filled(model, {}, NEUTRAL)
