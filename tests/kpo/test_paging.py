"""One page of a list, whatever is typed in the address."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from kpo.paging import page_of


@pytest.mark.parametrize(
    ("typed", "number"),
    [("2", 2), ("", 1), ("x", 1), ("-3", 3), ("0", 3), ("99", 3), ("9" * 5000, 3), ("1.5", 1)],
)
def test_any_number_that_is_typed_gives_a_page(typed: str, number: int) -> None:
    request = RequestFactory().get("/", {"pagina": typed})
    assert page_of(list(range(45)), request).number == number


def test_without_a_number_it_is_the_first_page_and_an_empty_list_has_one() -> None:
    page = page_of([], RequestFactory().get("/"))
    assert (page.number, list(page), page.has_other_pages()) == (1, [], False)
