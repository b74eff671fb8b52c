"""The Reader: what one person may read now, built once per request from the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest

from kpo.people import circles, factor, tokens
from kpo.people.choices import Kind
from kpo.people.roles import CMS, Role, permissions_of

if TYPE_CHECKING:
    from kpo.people.models import User

Provider = Callable[["User"], Iterable[str]]
Holders = Callable[[UUID], Q]
_providers: list[Provider] = []
_holders: dict[str, Holders] = {tokens.CIRCLE: circles.people_in}


@dataclass(frozen=True, slots=True)
class Reader:
    """Frozen, so that nothing gains a right on the way through a request."""

    person: User | None
    audiences: frozenset[str]
    roles: frozenset[str]

    @property
    def is_anonymous(self) -> bool:
        return self.person is None

    def holds(self, token: str) -> bool:
        return token in self.audiences

    @property
    def outside(self) -> Reader:
        """The same person with what may be named where others read along, as in a mail."""
        return replace(self, audiences=self.audiences & tokens.OPEN)

    @property
    def opens_cms(self) -> bool:
        """Whether one of the reader's roles has work in the CMS."""
        return any(CMS in permissions_of(role) for role in Role if role in self.roles)

    @property
    def judges(self) -> bool:
        """Whether one of the reader's roles has work on the list of the editorial board."""
        return self.has_role(
            Role.BOARD_MEMBER, Role.BOARD_CHAIR, Role.REVIEWER, Role.AMBASSADOR, Role.EDITOR
        )

    def has_role(self, *roles: Role) -> bool:
        """Whether the reader has at least one of these roles."""
        return not self.roles.isdisjoint(roles)


ANONYMOUS = Reader(None, frozenset({tokens.PUBLIC}), frozenset())


def register_audience_provider(provider: Provider) -> None:
    """Add a source of tokens: given an active person, which it holds now, in one query."""
    if provider not in _providers:
        _providers.append(provider)


def register_holders(prefix: str, people: Holders) -> None:
    """Add the other side of a provider: given an id, the condition on people who hold it."""
    _holders[prefix] = people


def reader_for(user: Any) -> Reader:
    """The Reader of a person; of nobody, a stranger or a stopped account: ANONYMOUS."""
    person = with_standing(user)
    if person is None or not person.is_active:
        return ANONYMOUS
    roles = frozenset({Role.READER, *person.role_names})
    held = frozenset(fixed_tokens(person)) | provided_tokens(person)
    return Reader(person, held | circles.held_by(person, roles, held), roles)


def with_standing(user: Any) -> User | None:
    """The person as the database has it now; what this request already loaded is used as it is."""
    if user is None or not user.is_authenticated or user.pk is None:
        return None
    if hasattr(user, "role_names"):
        return user
    return get_user_model().objects.with_standing().filter(pk=user.pk).first()


def fixed_tokens(person: User) -> Iterable[str]:
    yield tokens.PUBLIC
    yield tokens.ACCOUNTS
    if person.organisation.is_public:
        yield tokens.PUBLIC_SECTOR


def provided_tokens(person: User) -> frozenset[str]:
    """What the providers add. A fixed token or a malformed one is a fault of theirs."""
    found = frozenset(token for provider in _providers for token in provider(person))
    for token in found:
        if tokens.split(token)[1] is None:
            raise ValueError(f"An audience provider gave {token!r}, which is not of a space.")
    return found


def holders(token: str) -> Q:
    """Condition on active people: they hold `token`. Twin of `Reader.holds`."""
    if token in (tokens.PUBLIC, tokens.ACCOUNTS):
        return Q()
    if token == tokens.PUBLIC_SECTOR:
        return Q(organisation__kind=Kind.PUBLIC)
    prefix, uuid = tokens.split(token)
    if uuid is None or prefix not in _holders:
        return Q(pk__in=[])
    return _holders[prefix](uuid)


def current_reader(request: HttpRequest) -> Reader:
    """The Reader of this request; built once, and again if someone signs in on the way.

    Who must still set up a second factor is signed in, yet reads no more than a stranger.
    """
    key = request.user.pk
    built: tuple[Any, Reader] | None = getattr(request, "built_reader", None)
    if built is None or built[0] != key:
        built = (key, reader_of_user(request.user))
        vars(request)["built_reader"] = built
    return built[1]


def reader_of_user(user: Any) -> Reader:
    person = with_standing(user)
    if person is not None and factor.is_missing_for(person):
        return ANONYMOUS
    return reader_for(person)


def cms_reader(user: Any) -> Reader:
    """The user's Reader, built once for the `user` object that lives as long as its request."""
    if "cms_reader" not in user.__dict__:
        user.__dict__["cms_reader"] = reader_of_user(user)
    reader: Reader = user.__dict__["cms_reader"]
    return reader


def signed_in(request: HttpRequest) -> User:
    """The actor of a verb: who is behind a request. Raises PermissionDenied for a stranger."""
    person = current_reader(request).person
    if person is None:
        raise PermissionDenied
    return person
