"""The nouns of the knowledge bank, one file each; imports run from themes to knowledge pages."""

from knowledgebank.models.contact import ContactMessage, ContactPage
from knowledgebank.models.documents import (
    Citation,
    DocumentFile,
    DocumentIndexPage,
    KnowledgeDocument,
)
from knowledgebank.models.glossary import GlossaryPage, GlossaryTerm
from knowledgebank.models.home import HomePage
from knowledgebank.models.knowledge import ChangeNote, HelpfulVote, KnowledgePage
from knowledgebank.models.plain import NewsIndexPage, NewsPage, PlainPage
from knowledgebank.models.practices import Practice, PracticeIndexPage
from knowledgebank.models.themes import Barrier, ThemeExpert, ThemeIndexPage, ThemePage

__all__ = [
    "Barrier",
    "ChangeNote",
    "Citation",
    "ContactMessage",
    "ContactPage",
    "DocumentFile",
    "DocumentIndexPage",
    "GlossaryPage",
    "GlossaryTerm",
    "HelpfulVote",
    "HomePage",
    "KnowledgeDocument",
    "KnowledgePage",
    "NewsIndexPage",
    "NewsPage",
    "PlainPage",
    "Practice",
    "PracticeIndexPage",
    "ThemeExpert",
    "ThemeIndexPage",
    "ThemePage",
]
