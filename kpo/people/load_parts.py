"""The organisations and accounts of the load model."""

from __future__ import annotations

from collections.abc import Iterator

from kpo.load_model import ACCOUNTS, ORGANISATIONS, Load, register
from kpo.people.choices import Kind, Region, Sector
from kpo.people.models import Organisation, User

# Of a hundred accounts: police and enforcement, municipalities, private partners.
SECTORS = {Sector.POLICE: 60, Sector.MUNICIPALITY: 35, Sector.BANK: 5}
DOMAIN = "load.example"


def people(load: Load) -> Iterator[str]:
    """Accounts without a password, spread over organisations; nobody can sign in as one."""
    organisations = _organisations(load)
    total = load.share(ACCOUNTS)
    sectors = load.dice.choices(list(SECTORS), weights=list(SECTORS.values()), k=total)
    for number, sector in enumerate(sectors, start=1):
        first, last = (word.capitalize() for word in load.words(2))
        User.objects.create_user(
            f"account-{number}@{DOMAIN}",
            load.dice.choice(organisations[sector]),
            first_name=first,
            last_name=last,
        )
        if number % 1_000 == 0 or number == total:
            yield f"{number} van {total} accounts"


def _organisations(load: Load) -> dict[Sector, list[Organisation]]:
    """At least one of each sector."""
    found: dict[Sector, list[Organisation]] = {sector: [] for sector in SECTORS}
    for number in range(max(len(SECTORS), load.share(ORGANISATIONS))):
        sector = list(SECTORS)[number % len(SECTORS)]
        kind = Kind.PRIVATE if sector is Sector.BANK else Kind.PUBLIC
        region = load.dice.choice(list(Region))
        name = f"Organisatie {number} ({sector.label})"
        one = Organisation.objects.create(name=name, kind=kind, sector=sector, region=region)
        found[sector].append(one)
    return found


register(people)
