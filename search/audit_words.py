"""What an auditor reads for what happens in search."""

from kpo.audit.words import declare

declare(
    "search",
    label="Zoeken",
    actions={
        "handle_report": "Melding van wat ontbreekt afhandelen",
        "report_missing": "Melden dat iets ontbreekt",
    },
)
