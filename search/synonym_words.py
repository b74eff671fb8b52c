"""What an auditor reads for changes of the list of synonyms."""

from kpo.audit.words import declare

declare(
    "synonyms",
    label="Synoniemen en afkortingen",
    actions={
        "save": "Synoniem of afkorting bewaren",
        "delete": "Synoniem of afkorting verwijderen",
        "load": "Startlijst van synoniemen laden",
    },
    details={
        "count": "aantal",
        "is_active": "actief",
    },
)
