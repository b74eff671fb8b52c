"""The rules of review on their screens in the CMS."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from knowledgebank.models import ReviewRule
from knowledgebank.review.actions import rules
from kpo.audit.models import Entry
from kpo.people.models import User
from kpo.people.roles import Role
from tests.factories.pages import theme_page
from tests.factories.people import CircleFactory, UserFactory
from tests.factories.review import review_all

pytestmark = pytest.mark.django_db


def chair() -> User:
    person: User = UserFactory(roles=[Role.BOARD_CHAIR])
    return person


def as_(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def typed(**fields: Any) -> dict[str, Any]:
    return {"page_type": "practice", "kind": "", "theme": "", "interval_months": "6"} | fields


def test_a_rule_is_made_changed_and_taken_away_with_a_line_in_the_log() -> None:
    review_all()
    client = as_(chair())
    client.post(reverse("review_rules:add"), typed(is_required="on"))
    rule = ReviewRule.objects.get()
    client.post(reverse("review_rules:edit", args=[rule.pk]), typed())
    rule.refresh_from_db()
    assert not rule.is_required
    client.post(reverse("review_rules:delete", args=[rule.pk]))
    assert not ReviewRule.objects.exists()
    logged = Entry.objects.filter(action__contains="_rule").order_by("pk")
    assert [entry.details["is_required"] for entry in logged] == [True, False, False]


def test_a_rule_about_a_closed_theme_is_not_there_for_who_may_not_meet_it() -> None:
    closed = theme_page(CircleFactory().token, title="Besloten thema")
    rule = ReviewRule.objects.create(page_type="practice", theme=closed)
    person = chair()
    client = as_(person)
    edit = reverse("review_rules:edit", args=[rule.pk])
    assert client.get(edit).status_code in (302, 404)
    assert client.post(edit, typed()).status_code in (302, 404)
    for address in (reverse("review_rules:index"), reverse("review_rules:add")):
        assert "Besloten thema" not in client.get(address).content.decode()
    with pytest.raises(PermissionDenied):
        rules.delete_rule(actor=person, rule=rule)
    assert ReviewRule.objects.get(pk=rule.pk).theme == closed
    assert "Besloten thema" not in str(rule)


def test_an_editor_keeps_no_rules() -> None:
    rule = ReviewRule(page_type="practice")
    with pytest.raises(PermissionDenied):
        rules.save_rule(actor=UserFactory(roles=[Role.EDITOR]), rule=rule)
