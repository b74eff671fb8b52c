"""Side doors that were real somewhere and that no walk over routes would find by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from knowledgebank.models import HelpfulVote, ThemePage
from kpo.people import tokens
from kpo.people.choices import Sector
from kpo.people.models import AccessRequest, User
from tests.factories.pages import home_page, plain_page, theme_page
from tests.factories.people import CircleFactory, UserFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
SECRET = "kanarievogel"
# Words that some framework takes for an order, a filter, an exclusion or a look behind the curtain.
PARAMETERS = (
    "volgorde=nieuwste",
    "sort=audience",
    "order_by=-audience",
    "ordering=title",
    "exclude=audience",
    "audience=circle",
    "audience__in=public,accounts,nobody",
    "live=0",
    "fields=*",
    "format=json",
    "preview=1",
    "mode=draft",
    "soort=theme&soort=page",
    "thema=kanarievogel&thema=",
    "van=0001-01-01&tot=9999-12-31",
    "pagina=1000000000",
    "pagina=-1",
    "page=1000000000",
    "p=1000000000",
)
LISTS = ("/", "/themas/", "/documenten/", "/praktijk/", "/nieuws/", "/zoeken/?q=vogel")
# What an operator, an editor of texts or a version control leaves behind.
LEFT_BEHIND = (
    "/.env",
    "/.git/config",
    "/.git/HEAD",
    "/backup.zip",
    "/db.sqlite3",
    "/dump.sql",
    "/kpo/settings/base.py",
    "/manage.py",
    "/media/",
    "/media-is-never-served/blobs/",
    "/requirements.txt",
    "/static/../manage.py",
    "/static/%2e%2e/manage.py",
    "/static/..%2fmanage.py",
    "/var/",
    "/var/postgres/PG_VERSION",
    "/var/media/",
    "/index.html~",
)


@pytest.fixture
def closed() -> ThemePage:
    """A theme that only a circle may read, on a site that holds nothing else."""
    circle = CircleFactory(name="Kring", parts=[("sector", Sector.RIEC)])
    page: ThemePage = theme_page(
        circle.token, title=f"Thema {SECRET}", slug=SECRET, summary=f"Over {SECRET}."
    )
    return page


@pytest.fixture
def outsiders(sign_in: SignIn) -> list[Client]:
    return [Client(), sign_in(UserFactory()), sign_in(UserFactory(private=True))]


def said(response: Any) -> str:
    return response.content.decode() + str(response.headers) + str(response.cookies)


def test_no_parameter_of_a_list_or_a_search_opens_what_is_closed(
    closed: ThemePage, outsiders: list[Client]
) -> None:
    for client in outsiders:
        for address in LISTS:
            for parameter in PARAMETERS:
                asked = f"{address}{'&' if '?' in address else '?'}{parameter}"
                response = client.get(asked)
                assert response.status_code < 500, asked
                assert f"Thema {SECRET}" not in said(response), asked


def test_the_thousand_millionth_page_is_an_answer_like_any_other(
    closed: ThemePage, outsiders: list[Client]
) -> None:
    for client in outsiders:
        response = client.get("/zoeken/?q=vogel&pagina=1000000000")
        assert response.status_code == 200
        assert client.get("/zoeken/?q=vogel&pagina=1000000000000000000000").status_code == 200


@pytest.mark.parametrize("method", ["get", "head", "options", "post"])
def test_shared_caches_keep_no_answer_to_who_is_signed_in(
    method: str, closed: ThemePage, sign_in: SignIn
) -> None:
    client = sign_in(UserFactory())
    addresses = ("/", "/zoeken/?q=vogel", "/mijn/profiel/", closed.url, "/bestaat-niet/", "/cms/")
    for address in addresses:
        kept = getattr(client, method)(address).headers["Cache-Control"]
        assert "private" in kept, address
        assert "no-store" in kept, address


def test_shared_caches_keep_no_refusal_to_a_stranger(closed: ThemePage) -> None:
    for address in (closed.url, "/bestaat-niet/", "/mijn/profiel/", "/contact/bericht/"):
        kept = Client().get(address).headers["Cache-Control"]
        assert "no-store" in kept, address


def test_a_closed_page_has_no_preview_of_itself(closed: ThemePage, outsiders: list[Client]) -> None:
    """Programs of chats and mail fetch a link for its title and picture."""
    for client in outsiders:
        for address in (closed.url, f"/pagina/{closed.uuid}/"):
            for agent in ("Slackbot-LinkExpanding 1.0", "facebookexternalhit/1.1", "Googlebot/2.1"):
                response = client.get(address, headers={"user-agent": agent}, follow=True)
                assert f"Thema {SECRET}" not in said(response), address
                assert f"Over {SECRET}" not in said(response), address


def test_head_and_get_of_a_closed_page_are_those_of_an_absent_one(
    closed: ThemePage, outsiders: list[Client]
) -> None:
    for client in outsiders:
        for method in (client.get, client.head):
            found, absent = method(closed.url), method("/themas/niets-van-dit/")
            assert found.status_code == absent.status_code
            assert set(found.headers) == set(absent.headers)


def test_a_redirect_to_a_closed_page_leads_nowhere(
    closed: ThemePage, outsiders: list[Client], sign_in: SignIn
) -> None:
    Redirect.objects.create(old_path="/oud-adres", redirect_page=closed, is_permanent=True)
    for client in outsiders:
        response = client.get("/oud-adres/")
        assert response.status_code in (302, 404)
        assert SECRET not in said(response)
    riec = UserFactory()
    riec.organisation.sector = Sector.RIEC
    riec.organisation.save()
    assert sign_in(riec).get("/oud-adres/").headers["Location"] == closed.url


def test_nothing_below_a_page_answers_for_it(sign_in: SignIn) -> None:
    page = plain_page(home_page(), tokens.ACCOUNTS)
    client = sign_in(UserFactory())
    assert client.get(page.url).status_code == 200
    for tail in ("feed/", "rss/", "draft/", "preview/", "json/", "1/", "edit/"):
        assert client.get(f"{page.url}{tail}").status_code == 404, tail


@pytest.mark.parametrize("address", LEFT_BEHIND)
def test_no_address_leads_to_what_lies_on_the_server(
    address: str, closed: ThemePage, sign_in: SignIn
) -> None:
    for client in (Client(), sign_in(UserFactory())):
        response = client.get(address, follow=True)
        places = [place for place, _ in getattr(response, "redirect_chain", ())]
        at_the_door = bool(places) and places[-1].startswith("/inloggen/")
        assert response.status_code == 404 or at_the_door, address


@pytest.mark.parametrize(
    "target",
    [
        "https://elders.example/",
        "//elders.example/",
        "///elders.example/",
        "/\\elders.example/",
        "\\\\elders.example",
        "https:elders.example",
        "javascript:alert(1)",
        "http://testserver@elders.example/",
    ],
)
def test_after_signing_in_nobody_is_sent_to_another_site(target: str) -> None:
    person = UserFactory()
    answer = Client().post(
        "/inloggen/", {"login": person.email, "password": "een-lange-proefzin-42", "next": target}
    )
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"


def test_fields_that_no_form_has_change_nothing(sign_in: SignIn) -> None:
    """Mass assignment: names of columns among what is sent."""
    page, person, other = theme_page(), UserFactory(), UserFactory()
    sent = {
        "is_helpful": "ja",
        "person": other.pk,
        "person_id": other.pk,
        "page": 1,
        "audience": tokens.PUBLIC,
        "is_active": "",
        "groups": "1",
        "organisation": other.organisation.pk,
    }
    sign_in(person).post(f"/mijn/oordeel/{page.uuid}/", sent)
    vote = HelpfulVote.objects.get()
    person.refresh_from_db()
    assert (vote.person, vote.page.pk) == (person, page.pk)
    assert person.is_active
    assert person.organisation != other.organisation
    assert not person.groups.exists()


def test_of_a_parameter_that_is_sent_twice_one_counts_and_is_checked(sign_in: SignIn) -> None:
    """Parameter pollution: a check that looks at one value and a deed that takes the other."""
    page, person = theme_page(), UserFactory()
    client = sign_in(person)
    answer = client.post(
        f"/mijn/pagina/{page.uuid}/volg/", {"next": ["/mijn/bewaard/", "https://elders.example/"]}
    )
    assert answer.headers["Location"] == page.url
    client.post(f"/mijn/oordeel/{page.uuid}/", {"is_helpful": ["ja", "misschien"]})
    assert not HelpfulVote.objects.exists()


def test_a_header_with_another_address_lifts_no_limit() -> None:
    """No proxy of ours stands in front: whatever a stranger says about the way here is a guess."""
    cache.clear()
    form = {
        "first_name": "Ada",
        "last_name": "Aanvrager",
        "organisation_name": "Gemeente",
        "function": "Adviseur",
        "motivation": "Voor mijn werk.",
    }
    for number in range(7):
        told = f"203.0.113.{number}"
        answer = Client().post(
            "/account-aanvragen/",
            form | {"email": f"ada{number}@persona.example"},
            headers={
                "x-forwarded-for": told,
                "x-real-ip": told,
                "forwarded": f"for={told}",
                "cf-connecting-ip": told,
            },
        )
    assert answer.status_code == 429
    assert AccessRequest.objects.count() == 5
