"""What an auditor reads for what the guard on case data stops, and for what is decided about it."""

from kpo.audit.words import declare

declare(
    "casedata",
    label="Gegevens over personen",
    actions={
        "go_on": "Doorgaan na een waarschuwing voor zaakgegevens",
        "hold": "Stuk vasthouden vanwege zaakgegevens",
        "released": "Vastgehouden stuk vrijgeven",
        "removed": "Vastgehouden stuk verwijderen",
    },
    details={
        "kinds": "soorten gegevens",
        "place": "plaats",
    },
)
