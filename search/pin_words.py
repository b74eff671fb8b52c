"""What an auditor reads for changes of what editors put first."""

from kpo.audit.words import declare

declare(
    "pins",
    label="Uitgelichte pagina's",
    actions={
        "save": "Pagina's uitlichten bij een zoekvraag",
        "delete": "Niet langer uitlichten bij een zoekvraag",
    },
    details={
        "pages": "pagina's",
    },
)
