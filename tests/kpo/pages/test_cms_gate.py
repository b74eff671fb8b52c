"""Who comes to the CMS without work there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kpo.people.roles import Role
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/cms/", "/cms/pages/", "/cms/mensen/", "/cms/bestaat-niet/"])
def test_for_a_reader_the_cms_does_not_exist(client: Client, address: str) -> None:
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404


def test_a_reader_who_comes_by_a_door_of_the_cms_is_sent_to_the_one_sign_in(client: Client) -> None:
    client.force_login(UserFactory())
    assert client.get("/cms/login/")["Location"] == "/inloggen/"


def test_a_visitor_is_asked_to_sign_in(client: Client) -> None:
    assert client.get("/cms/")["Location"] == "/inloggen/?next=/cms/"


def test_who_has_work_in_the_cms_comes_in(sign_in: Callable[[Any], Client]) -> None:
    auditor = sign_in(UserFactory(roles=[Role.AUDITOR]))
    assert auditor.get("/cms/logboek/").status_code == 200
