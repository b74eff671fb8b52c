"""What an auditor reads for what happens to pages."""

from kpo.audit.words import declare

declare(
    "pages",
    label="Pagina's",
    actions={
        "change_audience": "Kiezen wie een pagina mag lezen",
        "close_with_parent": "Pagina sluiten, omdat die erboven voor minder mensen is",
        "close_with_source": "Kopie sluiten, omdat het origineel voor minder mensen is",
        "publish_scheduled": "Pagina publiceren op het geplande moment",
    },
    details={
        "parent": "pagina erboven",
        "source": "pagina waarvan dit een alias is",
    },
)
