"""Which mail goes to whom. What a mail says stands in `templates/people/mail/`."""

from collections.abc import Iterable

from kpo.people import mail
from kpo.people.addresses import absolute, link
from kpo.people.models import (
    AccessRequest,
    EmployerChange,
    FactorReset,
    Invitation,
    Organisation,
    Renewal,
    User,
)
from kpo.people.roles import Role


def post(name: str, to: str, **words: object) -> None:
    mail.post(f"people/mail/{name}", to, words)


def invited(invitation: Invitation, secret: str) -> None:
    """A link to accept; for who has an account already, the way to change employer."""
    words = {"organisation": invitation.organisation.name, "expires_at": invitation.expires_at}
    if User.objects.filter(email=invitation.email).exists():
        post("invited_with_account", invitation.email, link=link("people:employer"), **words)
    else:
        accept = link("people:accept_invitation", token=secret)
        post("invited", invitation.email, link=accept, **words)


def has_account_already(email: str) -> None:
    post("has_account", email, link=link("account_login"), reset=link("account_reset_password"))


def request_received(email: str) -> None:
    post("request_received", email)


def request_rejected(request: AccessRequest) -> None:
    post("request_rejected", request.email, reason=request.reason)


def deactivated(person: User, because: str) -> None:
    if because != "erased":
        post(f"deactivated_{because}", person.email)


def reactivated(person: User) -> None:
    post("reactivated", person.email, link=link("account_login"))


def dormancy_warning(person: User, days_left: int) -> None:
    post("dormancy_warning", person.email, link=link("account_login"), days_left=days_left)


def roles_changed(person: User, labels: Iterable[str]) -> None:
    post("roles_changed", person.email, roles=list(labels), link=link("mfa_index"))


def prove_new_address(change: EmployerChange, secret: str) -> None:
    words = {"organisation": change.new_organisation.name, "expires_at": change.expires_at}
    post(
        "prove_address", change.new_email, link=link("people:prove_address", token=secret), **words
    )


def change_awaits_confirmation(change: EmployerChange) -> None:
    """To the new organisation's administrators; without any, to those of the platform."""
    own = User.objects.active().filter(organisation=change.new_organisation)
    deciders = own.with_role(Role.ORGANISATION_ADMINISTRATOR).exclude(pk=change.person_id)
    if deciders:
        for person in deciders:
            post("change_awaits", person.email, link=link("people:organisation"))
        return
    tell_administrators("change_awaits", absolute("/cms/mensen/wisselingen/"), change.person_id)


def change_confirmed(change: EmployerChange) -> None:
    words = {
        "organisation": change.new_organisation.name,
        "is_move": not change.is_new_address_only,
    }
    post("change_confirmed", change.new_email, link=link("account_login"), **words)


def change_refused(change: EmployerChange) -> None:
    words = {"organisation": change.new_organisation.name, "reason": change.reason}
    post("change_refused", change.person.email, **words)


def renewal_decided(renewal: Renewal, label: str) -> None:
    granted = renewal.status == Renewal.Status.GRANTED
    post("renewal_decided", renewal.person.email, label=label, granted=granted)


def reset_asked(reset: FactorReset) -> None:
    tell_administrators("reset_asked", absolute("/cms/mensen/tweede-stap/"), reset.requested_by_id)


def factor_reset(person: User) -> None:
    post("factor_reset", person.email, link=link("account_login"))


def one_administrator_left() -> None:
    tell_administrators("one_administrator_left", absolute("/cms/mensen/"))


def organisation_without_manager(organisation: Organisation) -> None:
    tell_administrators(
        "organisation_without_manager",
        absolute("/cms/mensen/"),
        words={"organisation": organisation.name},
    )


def tell_administrators(
    name: str, address: str, but: int | None = None, words: dict[str, str] | None = None
) -> None:
    for person in User.objects.active().with_role(Role.ADMINISTRATOR).exclude(pk=but):
        post(name, person.email, link=address, **(words or {}))
