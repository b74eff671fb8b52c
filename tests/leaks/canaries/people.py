"""People who show parts of their profile to ever smaller groups, and the keys they hold."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt

from kpo.audit.log import record
from kpo.people import tokens
from kpo.people.actions.erasure import erase_person
from kpo.people.choices import ShownTo
from kpo.people.models import Organisation, User
from kpo.people.roles import Role
from tests.factories.people import OrganisationFactory, UserFactory
from tests.leaks.canaries.passkey import credential
from tests.leaks.ledger import accounts, administrators, by_roles, either, own, published
from tests.leaks.personas import ReadBy
from tests.leaks.world import World


def add_people(world: World) -> None:
    colleagues = by_roles(Role.ORGANISATION_ADMINISTRATOR)
    for level, rule in {
        ShownTo.ACCOUNTS: accounts,
        ShownTo.PUBLIC_SECTOR: published(tokens.PUBLIC_SECTOR),
        ShownTo.OWN_ORGANISATION: colleagues,
        ShownTo.NOBODY: by_roles(),
    }.items():
        _person(world, level, either(rule, administrators))
    ours = world.person("organisation_administrator").organisation
    UserFactory(email="gestopt@persona.example", organisation=ours, stopped=True)
    _keys(world)
    _erased(world)


def _person(world: World, level: ShownTo, shown: ReadBy) -> User:
    """Everything this person tells is shown to one level, and to administrators."""

    def new(what: str) -> str:
        return world.ledger.token(f"{what} ({level})", shown)

    is_colleague = level == ShownTo.OWN_ORGANISATION
    ours = world.person("organisation_administrator").organisation
    return UserFactory(
        first_name=new("first name"),
        last_name=new("last name"),
        email=f"{new('address')}@persona.example",
        function=new("function"),
        expertise=new("expertise"),
        phone=new("phone"),
        organisation=ours if is_colleague else _organisation(world, level),
        show_profile=level,
        in_directory=True,
        show_function=level,
        show_expertise=level,
        show_interests=level,
        show_email=level,
        show_phone=level,
    )


def _organisation(world: World, level: ShownTo) -> Organisation:
    """Its names are for who has an account: one picks an employer from the list."""
    return OrganisationFactory(
        name=world.ledger.token(f"organisation ({level})", accounts),
        short_name=world.ledger.token(f"short name ({level})", accounts),
    )


def _keys(world: World) -> None:
    """A passkey with a name and recovery codes: of one person each, and of no one else."""
    holder = world.person("administrator")
    name = world.ledger.token("name of passkey", own("administrator"))
    Authenticator.objects.create(
        user=holder,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": name, "passwordless": False, "credential": credential()},
    )
    codes = [world.ledger.token("recovery code", own("administrator")) for _ in range(2)]
    Authenticator.objects.create(
        user=holder,
        type=Authenticator.Type.RECOVERY_CODES,
        data={"migrated_codes": [encrypt(code) for code in codes], "used_mask": 0},
    )


def _erased(world: World) -> None:
    """Nothing of an erased person is left anywhere."""

    def new(what: str) -> str:
        return world.ledger.token(f"{what} of an erased person", by_roles())

    person = UserFactory(
        first_name=new("first name"),
        last_name=new("last name"),
        email=f"{new('address')}@persona.example",
        function=new("function"),
        expertise=new("expertise"),
    )
    record("leaks.proof", actor=person, obj=person)
    erase_person(actor=None, person=person, reason="Op verzoek.")
