"""What of the knowledge bank can be read, for search and for the inbox."""

from knowledgebank.models import (
    GlossaryPage,
    KnowledgeDocument,
    NewsPage,
    PlainPage,
    Practice,
    ThemePage,
)
from kpo.items import register
from kpo.pages.item_types import page_type

THEME = register(page_type("theme", "Thema's", ThemePage))
DOCUMENT = register(page_type("document", "Documenten", KnowledgeDocument))
PRACTICE = register(page_type("practice", "Praktijk", Practice))
PAGE = register(page_type("page", "Pagina's", PlainPage, NewsPage, GlossaryPage))
