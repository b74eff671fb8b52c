"""What an auditor reads for what happens in the knowledge bank."""

from kpo.audit.words import declare

declare(
    "knowledgebank",
    label="Kennisbank",
    actions={
        "appraise": "Oordeel over een tekst geven",
        "approve": "Tekst goedkeuren",
        "assign_concern": "Melding oppakken of doorgeven",
        "close_concern": "Melding afsluiten",
        "confirm": "Zeggen dat een pagina nog klopt",
        "escalate_review": "Beoordeling aan de voorzitter voorleggen",
        "handle_contact_message": "Contactbericht afhandelen",
        "import": "Document importeren",
        "let_in": "Tekst zonder beoordeling toelaten",
        "make_current": "Pagina weer actueel noemen",
        "make_obsolete": "Pagina verouderd noemen",
        "mark_law_changed": "Melden dat een wet of uitspraak is veranderd",
        "publish_import": "Geïmporteerd document publiceren",
        "raise_concern": "Melden dat iets niet klopt",
        "restart_review": "Beoordeling opnieuw beginnen",
        "return_for_changes": "Tekst met vragen terugsturen",
        "submit_for_review": "Tekst insturen bij de redactieraad",
        "take_up_review": "Beoordelaar aanwijzen",
        "withdraw": "Pagina intrekken",
        "withdraw_from_review": "Ingestuurde tekst terugnemen",
    },
    details={
        "changed": "oordeel gewijzigd",
        "due_on": "opnieuw nakijken voor",
        "file": "bestand",
        "fingerprint": "kenmerk van de tekst",
        "identifier": "kenmerk van de wet of uitspraak",
        "outcome": "uitkomst",
        "release": "vrijgegeven tekst",
        "source": "bron",
        "verdict": "oordeel",
    },
)
