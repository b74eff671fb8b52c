"""What waits for somebody's decision: requests, invitations, changes, renewals, lost factors."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.utils import timezone

from kpo.people.choices import ShownTo
from kpo.people.models import (
    AccessRequest,
    EmployerChange,
    FactorReset,
    Invitation,
    InvitationLine,
    InvitationList,
    Organisation,
    Renewal,
    User,
)
from kpo.people.models.invitation import digest
from kpo.people.roles import Role
from tests.factories.people import OrganisationFactory, UserFactory
from tests.leaks.ledger import administrators, by_roles, either, own
from tests.leaks.personas import ReadBy
from tests.leaks.world import World

INVITATION = "sleutel-van-de-uitnodiging"
NEW_ADDRESS = "sleutel-van-het-nieuwe-adres"
own_managers = either(administrators, by_roles(Role.ORGANISATION_ADMINISTRATOR))


def add_waiting(world: World) -> None:
    for status in AccessRequest.Status:
        _request(world, status)
    _invitations(world)
    _list_of_invitations(world)
    _changes(world)
    _renewals(world)
    _reset(world)


def _request(world: World, status: AccessRequest.Status) -> None:
    def new(what: str) -> str:
        return world.ledger.token(f"{what} of request ({status})", administrators)

    is_open = status == AccessRequest.Status.OPEN
    AccessRequest.objects.create(
        email=f"{new('address')}@persona.example",
        first_name=new("first name"),
        last_name=new("last name"),
        organisation_name=new("organisation"),
        function=new("function"),
        motivation=new("motivation"),
        status=status,
        reason="" if is_open else new("reason"),
        decided_at=None if is_open else timezone.now(),
    )


def _invitations(world: World) -> None:
    """One to the organisation of who manages its people, and one to another."""
    ours = world.person("organisation_administrator").organisation
    for organisation, secret in ((ours, INVITATION), (OrganisationFactory(), "sleutel-van-elders")):
        rule = own_managers if organisation == ours else administrators

        def new(what: str, rule: ReadBy = rule) -> str:
            return world.ledger.token(f"{what} of invitation", rule)

        told = {"first_name": new("first name"), "last_name": new("last name")}
        address = new("address")
        Invitation.objects.create(
            email=f"{address}@persona.example",
            organisation=organisation,
            secret_digest=digest(secret),
            expires_at=timezone.now() + timedelta(days=9),
            invited_by=world.person("administrator"),
            **told,
        )
        world.keys[secret] = {address, *told.values()}


def _list_of_invitations(world: World) -> None:
    """Handed in by who manages the people of one organisation: nobody else sees the lines."""
    manager = world.person("organisation_administrator")

    def new(what: str) -> str:
        return world.ledger.token(f"{what} on a list", own("organisation_administrator"))

    made = InvitationList.objects.create(made_by=manager, organisation=manager.organisation)
    for number, state in enumerate(InvitationLine.State, start=2):
        made.lines.create(
            number=number,
            email=f"{new('address')}@persona.example",
            first_name=new("first name"),
            last_name=new("last name"),
            organisation_name=new("organisation"),
            state=state,
            told=new("what was told"),
        )


def _changes(world: World) -> None:
    """One waits for our organisation, one for another; of a third the address is to be proven."""
    ours = world.person("organisation_administrator").organisation
    mover = world.person("changing_employer")
    _change(world, mover, ours, EmployerChange.Status.VERIFIED)
    stranger = UserFactory(
        last_name=world.ledger.token("who moves elsewhere", administrators),
        show_profile=ShownTo.NOBODY,
    )
    _change(world, stranger, OrganisationFactory(), EmployerChange.Status.VERIFIED)
    prover = world.person("private_account")
    change = _change(world, prover, OrganisationFactory(), EmployerChange.Status.UNVERIFIED)
    change.secret_digest = digest(NEW_ADDRESS)
    change.save(update_fields=["secret_digest"])
    world.keys[NEW_ADDRESS] = set()


def _change(
    world: World, person: User, towards: Organisation, status: EmployerChange.Status
) -> EmployerChange:
    ours = world.person("organisation_administrator").organisation
    decides = own_managers if towards == ours else administrators
    mover = next((one.name for one in world.personas.values() if one.person == person), "")

    def new(what: str) -> str:
        return world.ledger.token(f"{what} of change ({status})", either(decides, own(mover)))

    return EmployerChange.objects.create(
        person=person,
        new_email=f"{new('address')}@persona.example",
        new_organisation=towards,
        new_function=new("function"),
        old_organisation=person.organisation,
        secret_digest=digest(f"nooit verstuurd {person.pk}"),
        expires_at=timezone.now() + timedelta(days=5),
        status=status,
    )


def _renewals(world: World) -> None:
    name = world.ledger.token("who asks for rights again", administrators)
    person = UserFactory(last_name=name, show_profile="nobody")
    Renewal.objects.create(person=person, kind="circle", value=str(world.circle.uuid))
    Renewal.objects.create(person=person, kind="role", value=Role.EDITOR.value)


def _reset(world: World) -> None:
    """Asked for by another administrator than the one who asks for every page."""
    asker = UserFactory(email="tweede-beheerder@persona.example", roles=[Role.ADMINISTRATOR])
    name = world.ledger.token("who lost the second step", administrators)
    person = UserFactory(last_name=name, show_profile="nobody", factor=True)
    FactorReset.objects.create(
        person=person,
        requested_by=asker,
        reason=world.ledger.token("reason of reset", administrators),
    )


def reset_keys(world: World) -> tuple[str, str]:
    """The two parts of a link to a new password, as the mail has them."""
    person = world.person("public_account")
    return user_pk_to_url_str(person), default_token_generator.make_token(person)
