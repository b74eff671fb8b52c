"""What an auditor reads for what happens in the knowledge bank."""

from kpo.audit.words import declare

declare(
    "knowledgebank",
    label="Kennisbank",
    actions={
        "handle_contact_message": "Contactbericht afhandelen",
        "import": "Document importeren",
        "make_current": "Pagina weer actueel noemen",
        "make_obsolete": "Pagina verouderd noemen",
        "publish_import": "Geïmporteerd document publiceren",
        "withdraw": "Pagina intrekken",
    },
    details={
        "file": "bestand",
    },
)
