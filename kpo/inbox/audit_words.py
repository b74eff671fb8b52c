"""What an auditor reads for what people do in their inbox."""

from kpo.audit.words import declare

declare(
    "inbox",
    label="Postvak",
    actions={
        "be_away": "Een vervanger kiezen",
        "be_back": "Geen vervanger meer nodig hebben",
    },
    details={
        "since": "eerste dag",
        "substitute": "vervanger",
        "until": "laatste dag",
    },
)
