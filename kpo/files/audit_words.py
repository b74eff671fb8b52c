"""What an auditor reads for what happens to files, and to the jobs that work on them."""

from kpo.audit.words import declare

declare(
    "files",
    label="Bestanden",
    actions={
        "add": "Bestand toevoegen",
        "change_audience": "Kiezen wie een bestand mag lezen",
        "infected": "Virus gevonden in een bestand",
        "read_again": "Bestand opnieuw laten lezen",
        "read_closed": "Besloten bestand openen",
        "refuse": "Bestand zonder virusscan weigeren",
        "release": "Bestand zonder virusscan vrijgeven",
        "remove": "Bestand verwijderen",
        "replace": "Bestand vervangen",
    },
    details={
        "job": "taak",
        "scan": "virusscan",
        "task": "soort taak",
    },
)
declare("jobs", label="Taken", actions={"retry": "Mislukte taak opnieuw starten"})
