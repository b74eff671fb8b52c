"""Every address is guarded: closed by its prefix, or listed here with who may come in."""

from operator import attrgetter

import pytest
from django.test import Client
from django.urls import reverse

from kpo.people.middleware import is_closed
from tests.house.routes import UNREACHABLE, Route, routes

# Pages for everybody, by the name of the view.
PUBLIC = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "mfa_login_webauthn",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "socialaccount_signup",
    "people:request_access",
    "people:access_requested",
    "knowledgebank:contact",
    "search:page",
    "search:suggestions",
    "search:click",
    "security_txt",
    "robots_txt",
    "sitemap",
    "gallery",  # outside production only
    "to_sign_in",
}
# Pages that a stranger reaches with a secret in the address, or halfway through signing in.
BY_SECRET = {
    "account_confirm_email",
    "account_reset_password_from_key",
    "inbox:unsubscribe",
    "knowledgebank:agenda_feed",
    "mfa_authenticate",
    "openid_connect_login",
    "openid_connect_callback",
    "people:accept_invitation",
}
# Addresses that look at the reader and the row; nothing there opens for an unknown one.
BY_ROW = {
    "files:find",
    "files:serve",
    "files:preview",
    "files:image",
    "knowledgebank:event_file",
    "pages:find",
    "search:alike",
    "search:inside",
    "wagtail_serve",
}
# Addresses of a library that one of ours stands in front of: bare passwords, unchecked uploads,
# people changed without a verb.
REPLACED = {
    "wagtailadmin_account",
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_complete",
    "wagtailcore_authenticate_with_password",
    "wagtailcore_login",
    "wagtaildocs:add_multiple",
    "wagtaildocs:create_multiple_from_uploaded_document",
    "wagtailimages:add_multiple",
    "wagtailimages:create_multiple_from_uploaded_image",
}
LISTED = PUBLIC | BY_SECRET | BY_ROW | REPLACED
ALL = routes()


def is_behind_prefix(route: Route) -> bool:
    return is_closed(route.path)


def test_every_address_is_closed_or_listed() -> None:
    assert {route.name for route in ALL if not is_behind_prefix(route)} - LISTED == set()


def test_the_list_holds_no_address_that_is_gone() -> None:
    assert LISTED - {route.name for route in ALL} == set()


def test_replaced_doors_of_libraries_cannot_be_reached() -> None:
    unreachable = {route.name for route in ALL if route.path == UNREACHABLE}
    assert unreachable == REPLACED


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "head", "options"])
def test_stranger_is_sent_to_sign_in_from_every_closed_address(method: str) -> None:
    client = Client()
    for route in ALL:
        if is_behind_prefix(route) and route.name != "to_sign_in":
            response = getattr(client, method)(route.path)
            assert response.status_code == 302, route
            assert response["Location"].startswith(reverse("account_login")), route


@pytest.mark.django_db
@pytest.mark.parametrize(
    "route", [r for r in ALL if r.name in BY_ROW - {"wagtail_serve"}], ids=attrgetter("name")
)
def test_unknown_row_is_not_found(route: Route) -> None:
    assert Client().get(route.path).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("route", [r for r in ALL if r.name in BY_SECRET], ids=attrgetter("name"))
def test_wrong_secret_opens_nothing(route: Route) -> None:
    response = Client().get(route.path, follow=True)
    assert "sessionid" not in response.cookies
    assert not response.wsgi_request.user.is_authenticated
