"""A page is found at its path in as few questions at any depth, and by the rules of Wagtail."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from kpo.pages.models import ReadablePage
from kpo.people import tokens
from tests.factories.pages import home_page, plain_page, theme_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Any:
    return home_page()


def slugs_of(home: Any, page: Any) -> list[str]:
    return [slug for slug in page.url_path[len(home.url_path) :].split("/") if slug]


def test_a_page_two_levels_down_takes_two_queries(home: Any) -> None:
    theme = theme_page()
    with CaptureQueriesContext(connection) as captured:
        found = home.route(RequestFactory().get("/"), slugs_of(home, theme)).page
    assert found == theme
    assert type(found) is type(theme)
    assert len(captured) == 2


def test_a_draft_is_not_served_and_what_lies_below_it_is(home: Any, client: Client) -> None:
    theme = theme_page()
    theme.get_parent().specific.unpublish()
    assert client.get(theme.url).status_code == 200
    assert client.get(theme.get_parent().url).status_code == 404


@pytest.mark.parametrize("path", [["nergens"], ["themas", "nergens"], ["themas", "themas"]])
def test_a_path_to_nothing_is_a_404(home: Any, path: list[str]) -> None:
    with pytest.raises(Http404):
        home.route(RequestFactory().get("/"), path)


def test_the_last_slug_alone_does_not_open_a_page(home: Any, client: Client) -> None:
    theme = theme_page(slug="loodsen")
    plain_page(home, tokens.PUBLIC, slug="elders")
    assert client.get(theme.url).status_code == 200
    for path in ("/loodsen/", "/elders/loodsen/"):
        assert client.get(path).status_code == 404


def test_the_tokens_of_a_reader_go_as_one_value(home: Any) -> None:
    asked = ReadablePage.objects.filter(audience__in=frozenset({tokens.PUBLIC, "circle:x"}))
    with CaptureQueriesContext(connection) as captured:
        assert home.pk in {page.pk for page in asked}
    assert "= ANY(" in captured[0]["sql"]
    assert not ReadablePage.objects.filter(audience__in=[]).exists()
    others = ReadablePage.objects.exclude(audience__in=[tokens.PUBLIC])
    assert not others.filter(pk=home.pk).exists()
    same = ReadablePage.objects.filter(pk=home.pk).values("audience")
    assert ReadablePage.objects.filter(audience__in=same).filter(pk=home.pk).exists()
