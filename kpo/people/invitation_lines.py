"""What will happen with each line of a file of invitations, before anything is sent.

An organisation administrator is told of accounts in the own organisation only: of any other
address the line says the same, whether somebody has an account there or not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from kpo.people.invitation_file import Row
from kpo.people.models import Invitation, InvitationLine, Organisation, User
from kpo.people.names import clean_address, validate_name

State = InvitationLine.State
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LONGEST = {"email": 254, "first_name": 80, "last_name": 120, "organisation_name": 200}
WORDS = {
    "email": "Het e-mailadres",
    "first_name": "De voornaam",
    "last_name": "De achternaam",
    "organisation_name": "De organisatie",
}
NO_ADDRESS = "Er staat geen e-mailadres."
BAD_ADDRESS = "Dit is geen e-mailadres."
OTHER_HOUSE = "Je nodigt alleen mensen uit voor je eigen organisatie."
KNOWN = "Heeft al een account bij je organisatie."
AGAIN = "Was al uitgenodigd. Krijgt een nieuwe link, de oude werkt dan niet meer."
READY = "Krijgt een uitnodiging."


class Refused(Exception):  # noqa: N818  what is refused is a line, by a sentence
    """A line that cannot be sent, with the sentence for its maker."""


@dataclass(frozen=True)
class Known:
    """What of a whole file is looked up at once, by address."""

    colleagues: frozenset[str]
    invited: frozenset[str]


def judged(rows: Iterable[Row], organisation: Organisation) -> list[InvitationLine]:
    """The lines with what will happen, not saved yet."""
    rows = list(rows)
    known = look_up([row.email.lower() for row in rows], organisation)
    seen: dict[str, int] = {}
    return [judge(row, organisation, known, seen) for row in rows]


def look_up(addresses: list[str], organisation: Organisation) -> Known:
    own = User.objects.filter(organisation=organisation, email__in=addresses)
    open_ones = Invitation.objects.open().filter(organisation=organisation, email__in=addresses)
    return Known(
        frozenset(own.values_list("email", flat=True)),
        frozenset(open_ones.values_list("email", flat=True)),
    )


def judge(
    row: Row, organisation: Organisation, known: Known, seen: dict[str, int]
) -> InvitationLine:
    """`seen` says on which line an address stood before; this line is added to it."""
    try:
        for check in CHECKS:
            check(row, organisation)
        address = clean_address(row.email)
        if address in seen:
            raise Refused(f"Dit adres staat ook op regel {seen[address]}.")
    except Refused as refused:
        return line_of(row, State.WRONG, str(refused))
    seen[address] = row.number
    if address in known.colleagues:
        return line_of(row, State.KNOWN, KNOWN)
    if address in known.invited:
        return line_of(row, State.AGAIN, AGAIN)
    return line_of(row, State.READY, READY)


def line_of(row: Row, state: InvitationLine.State, told: str) -> InvitationLine:
    cut = {name: getattr(row, name)[:300] for name in WORDS}
    # In the form in which addresses are kept, so that an erasure finds it.
    cut["email"] = cut["email"].lower()
    return InvitationLine(number=row.number, state=state, told=told, **cut)


# --- What a line must be ------------------------------------------------------------------------
def no_formula(row: Row, organisation: Organisation) -> None:
    """A cell that a spreadsheet would run. No name or address begins like this."""
    for name, words in WORDS.items():
        if getattr(row, name).startswith(FORMULA):
            raise Refused(f"{words} begint met een teken dat een rekenblad als formule leest.")


def not_too_long(row: Row, organisation: Organisation) -> None:
    for name, words in WORDS.items():
        if len(getattr(row, name)) > LONGEST[name]:
            raise Refused(f"{words} is langer dan {LONGEST[name]} tekens.")


def an_address(row: Row, organisation: Organisation) -> None:
    if not row.email:
        raise Refused(NO_ADDRESS)
    try:
        address = clean_address(row.email)
    except ValidationError:
        raise Refused(BAD_ADDRESS) from None
    if not organisation.owns_address(address):
        domains = ", ".join(organisation.email_domains)
        raise Refused(f"Je nodigt alleen mensen uit met een adres op: {domains}."[:300])


def names_like_names(row: Row, organisation: Organisation) -> None:
    for name in ("first_name", "last_name"):
        try:
            validate_name(getattr(row, name))
        except ValidationError as error:
            raise Refused(f"{WORDS[name]}: {error.messages[0]}") from None


def own_house(row: Row, organisation: Organisation) -> None:
    named = row.organisation_name.casefold()
    if named and named not in (organisation.name.casefold(), organisation.short_name.casefold()):
        raise Refused(OTHER_HOUSE)


Check = Callable[[Row, Organisation], None]
CHECKS: tuple[Check, ...] = (no_formula, not_too_long, an_address, names_like_names, own_house)
