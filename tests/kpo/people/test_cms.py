"""The screens of administrators: for administrators only, and they do what they say."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from kpo.people.actions.employer import ask_change
from kpo.people.actions.factors import ask_reset
from kpo.people.actions.invitations import invite
from kpo.people.models import AccessRequest, Circle, EmployerChange, Organisation, Renewal, User
from kpo.people.reader import reader_for
from kpo.people.roles import Role
from tests.factories.people import CircleFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
SCREENS = (
    "mensen:index",
    "mensen:invite",
    "mensen:requests",
    "mensen:invitations",
    "mensen:changes",
    "mensen:renewals",
    "mensen:resets",
    "organisaties:index",
    "organisaties:add",
    "kringen:index",
    "kringen:add",
)


@pytest.fixture
def admin() -> User:
    return UserFactory(roles=[Role.ADMINISTRATOR])


@pytest.fixture
def cms(admin: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(admin)


@pytest.fixture
def wanted() -> AccessRequest:
    return AccessRequest.objects.create(
        email="noor@gemeente.example",
        first_name="Noor",
        last_name="Smit",
        organisation_name="Gemeente",
        function="Jurist",
        motivation="Voor mijn werk.",
    )


@pytest.mark.parametrize("role", list(Role))
def test_only_administrators_get_the_screens(role: Role, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(UserFactory(roles=[] if role is Role.READER else [role]))
    for screen in SCREENS:
        answer = client.get(reverse(screen))
        assert (answer.status_code == 200) is (role is Role.ADMINISTRATOR), screen


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.EDITOR])
@pytest.mark.parametrize(
    "path", ["/cms/users/", "/cms/users/add/", "/cms/groups/", "/cms/groups/new/"]
)
def test_wagtails_own_users_and_groups_are_for_nobody(
    role: Role, path: str, sign_in: Callable[[User], Client]
) -> None:
    assert sign_in(UserFactory(roles=[role])).get(path).status_code in (302, 403, 404)


def test_people_are_found_by_name_role_and_state(cms: Client) -> None:
    sanne = UserFactory(first_name="Sanne", last_name="de Wit", roles=[Role.EDITOR])
    UserFactory(first_name="Sanne", last_name="Bos", stopped=True)
    page = cms.get("/cms/mensen/", {"q": "sanne wit", "role": "editor", "state": "active"})
    assert [person for person, _ in page.context["rows"]] == [sanne]
    assert cms.get("/cms/mensen/", {"role": "zomaar", "pagina": "9" * 12}).status_code == 200


def test_giving_roles_stopping_and_starting(cms: Client) -> None:
    person = UserFactory()
    path = f"/cms/mensen/{person.uuid}/"
    assert cms.get(path).status_code == 200
    cms.post(path, {"roles": ["editor", "mentor"]})
    assert reader_for(person).roles == {"reader", "editor", "mentor"}
    cms.post(f"{path}uitzetten/")
    person.refresh_from_db()
    assert not person.is_active
    cms.post(f"{path}aanzetten/")
    cms.post(f"{path}uitloggen/")
    person.refresh_from_db()
    assert person.is_active


def test_an_administrator_does_not_change_the_own_account(cms: Client, admin: User) -> None:
    answer = cms.post(f"/cms/mensen/{admin.uuid}/", {"roles": ["auditor"]})
    assert answer.status_code in (302, 403)
    assert reader_for(admin).roles == {"reader", "administrator"}


def test_an_erased_person_is_not_found(cms: Client) -> None:
    person = UserFactory(is_active=False, left_because="erased")
    assert cms.get(f"/cms/mensen/{person.uuid}/").status_code == 404


def test_accepting_and_rejecting_a_request(cms: Client, wanted: AccessRequest) -> None:
    house = OrganisationFactory(email_domains=["gemeente.example"])
    path = f"/cms/mensen/aanvragen/{wanted.uuid}/toekennen/"
    assert "Voor mijn werk." in cms.get(path).content.decode()
    assert cms.post(path, {"organisation": house.pk, "reason": ""}).status_code == 422
    cms.post(path, {"organisation": house.pk, "reason": "Bekend."})
    wanted.refresh_from_db()
    assert wanted.status == "accepted"
    assert wanted.invitation.organisation == house
    assert cms.get(path).status_code == 404


def test_invitations_of_every_house_are_managed_here(cms: Client, admin: User) -> None:
    house = OrganisationFactory()
    cms.post("/cms/mensen/uitnodigen/", {"email": "a@b.example", "organisation": house.pk})
    row = house.invitations.get()
    assert row.email in cms.get("/cms/mensen/uitnodigingen/").content.decode()
    cms.post(f"/cms/mensen/uitnodigingen/{row.uuid}/opnieuw/")
    newest = house.invitations.open().get()
    assert newest != row
    cms.post(f"/cms/mensen/uitnodigingen/{newest.uuid}/intrekken/")
    assert not house.invitations.open().exists()


def test_changes_and_renewals_are_decided_here(cms: Client) -> None:
    person = UserFactory(roles=[Role.EDITOR])
    change = ask_change(actor=person, email="nieuw@b.example", organisation=OrganisationFactory())
    EmployerChange.objects.filter(pk=change.pk).update(status="verified")
    assert person.get_full_name() in cms.get("/cms/mensen/wisselingen/").content.decode()
    cms.post(f"/cms/mensen/wisselingen/{change.uuid}/bevestigen/")
    renewal = Renewal.objects.get()
    assert "Redacteur" in cms.get("/cms/mensen/hernieuwen/").content.decode()
    cms.post(f"/cms/mensen/hernieuwen/{renewal.uuid}/geven/")
    assert reader_for(person).has_role(Role.EDITOR)


def test_a_lost_factor_needs_the_screen_of_another(
    cms: Client, admin: User, sign_in: Callable[[User], Client]
) -> None:
    lost, other = UserFactory(roles=[Role.EDITOR]), UserFactory(roles=[Role.ADMINISTRATOR])
    cms.post(f"/cms/mensen/{lost.uuid}/tweede-stap/", {"reason": "Gebeld."})
    reset = lost.factor_resets.get()
    page = cms.get("/cms/mensen/tweede-stap/").content.decode()
    assert "Stem in en verwijder" not in page
    assert cms.post(f"/cms/mensen/tweede-stap/{reset.uuid}/instemmen/").status_code in (302, 403)
    assert lost.authenticator_set.exists()
    second = sign_in(other)
    assert "Stem in en verwijder" in second.get("/cms/mensen/tweede-stap/").content.decode()
    second.post(f"/cms/mensen/tweede-stap/{reset.uuid}/instemmen/")
    assert not lost.authenticator_set.exists()


def test_stopping_a_reset(cms: Client, admin: User) -> None:
    lost = UserFactory(factor=True)
    UserFactory(roles=[Role.ADMINISTRATOR])
    reset = ask_reset(actor=admin, person=lost, reason="Gebeld.")
    cms.post(f"/cms/mensen/tweede-stap/{reset.uuid}/stoppen/")
    reset.refresh_from_db()
    assert reset.status == "ended"


def test_an_organisation_is_made_and_its_kind_counts_at_once(cms: Client) -> None:
    form = {
        "name": "Gemeente Nieuw",
        "short_name": "",
        "kind": "public",
        "sector": "municipality",
        "region": "limburg",
        "email_domains": "nieuw.example, nieuw2.example",
    }
    cms.post(reverse("organisaties:add"), form)
    house = Organisation.objects.get(name="Gemeente Nieuw")
    assert house.email_domains == ["nieuw.example", "nieuw2.example"]
    person = UserFactory(organisation=house)
    assert reader_for(person).holds("public-sector")
    cms.post(reverse("organisaties:edit", args=[house.pk]), {**form, "kind": "private"})
    assert not reader_for(person).holds("public-sector")


@pytest.mark.parametrize("domains", ["https://x.nl", "x", "@x.nl", "X Y"])
def test_a_domain_that_is_none_is_refused(cms: Client, domains: str) -> None:
    form = {"name": "N", "kind": "public", "sector": "other", "region": "landelijk"}
    cms.post(reverse("organisaties:add"), {**form, "email_domains": domains})
    assert not Organisation.objects.filter(name="N").exists()


def test_a_circle_is_made_changed_and_removed(cms: Client) -> None:
    riec = OrganisationFactory(sector="riec")
    inside, named = UserFactory(organisation=riec), UserFactory()
    form = {"name": "RIEC", "purpose": "", "people": named.email, "part_sector": ["riec"]}
    cms.post(reverse("kringen:add"), form)
    circle = Circle.objects.get(name="RIEC")
    assert reader_for(inside).holds(circle.token)
    assert reader_for(named).holds(circle.token)
    cms.post(reverse("kringen:edit", args=[circle.pk]), {"name": "RIEC", "people": ""})
    assert not reader_for(inside).holds(circle.token)
    assert not reader_for(named).holds(circle.token)
    cms.post(reverse("kringen:delete", args=[circle.pk]))
    assert not Circle.objects.exists()


def test_an_address_without_an_account_is_named(cms: Client) -> None:
    circle = CircleFactory()
    page = cms.post(
        reverse("kringen:edit", args=[circle.pk]), {"name": "K", "people": "weg@b.example"}
    )
    assert "weg@b.example" in page.content.decode()
    assert not circle.grants.exists()


def test_a_list_takes_the_same_queries_for_more_rows(cms: Client, admin: User) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for total in (1, 30):
        while User.objects.count() < total:
            person = UserFactory(roles=[Role.EDITOR])
            invite(actor=admin, email=f"x{person.email}", organisation=person.organisation)
        for screen in SCREENS[:1]:
            cms.get(reverse(screen))
            with CaptureQueriesContext(connection) as queries:
                cms.get(reverse(screen))
            counts.append(len(queries))
    assert counts[0] == counts[1]
