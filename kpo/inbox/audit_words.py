"""What an auditor reads for what people do in their inbox."""

from kpo.audit.words import declare

declare(
    "inbox",
    label="Postvak",
    actions={
        "be_away": "Een vervanger kiezen",
        "be_back": "Geen vervanger meer nodig hebben",
        "block_sender": "Iemand geen berichten meer laten sturen",
        "handle_report": "Melding van een bericht afhandelen",
        "report_message": "Bericht melden",
        "unblock_sender": "Iemand weer berichten laten sturen",
        "write_message": "Bericht schrijven",
    },
    details={
        "since": "eerste dag",
        "substitute": "vervanger",
        "until": "laatste dag",
    },
)
