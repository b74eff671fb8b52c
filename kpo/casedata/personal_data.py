"""What this app holds about a person."""

from kpo.people.privacy import declare

YEAR = 365

declare(
    model="casedata.Hold",
    person="author",
    fields={"place": "Waar het stond", "kinds": "Wat er leek te staan", "created_at": "Wanneer"},
    on_erase="anonymize",
    keep_days=YEAR,
    reason="Om te beslissen over wat je toevoegde en waarin zaakgegevens leken te staan.",
)
declare(
    model="casedata.Hold",
    person="decided_by",
    fields={"reason": "Waarom je zo besloot", "decided_at": "Wanneer je besloot"},
    on_erase="anonymize",
    keep_days=YEAR,
    reason="Om te laten zien wie over vastgehouden stukken besloot.",
)
