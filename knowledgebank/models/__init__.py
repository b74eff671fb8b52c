"""The nouns of the knowledge bank, one file each; imports run from themes to knowledge pages."""

from knowledgebank.models.appraisals import Appraisal, Release, Score, SectionRemark, Verdict
from knowledgebank.models.concerns import Concern
from knowledgebank.models.contact import ContactMessage, ContactPage
from knowledgebank.models.documents import (
    Citation,
    DocumentFile,
    DocumentIndexPage,
    KnowledgeDocument,
)
from knowledgebank.models.events import AgendaFeed, EventIndexPage, EventPage
from knowledgebank.models.glossary import GlossaryPage, GlossaryTerm
from knowledgebank.models.goals import ThemeGoal
from knowledgebank.models.home import HomePage
from knowledgebank.models.knowledge import ChangeNote, HelpfulVote, KnowledgePage
from knowledgebank.models.laws import LawChange
from knowledgebank.models.method import Axis, Criterion, Method, MethodVersion
from knowledgebank.models.offers import Offer, OfferConsent, OfferFile, OfferMessage
from knowledgebank.models.plain import NewsIndexPage, NewsPage, PlainPage
from knowledgebank.models.practices import Practice, PracticeFile, PracticeIndexPage
from knowledgebank.models.regions import Initiative, RegionIndexPage, RegionPage
from knowledgebank.models.review import (
    Ambassador,
    Assignment,
    Decision,
    ReviewItem,
    ReviewRule,
    ReviewTask,
)
from knowledgebank.models.themes import Barrier, ThemeExpert, ThemeIndexPage, ThemePage
from knowledgebank.models.upkeep import Confirmation, ReadCount, Reminder, WorkList

__all__ = [
    "AgendaFeed",
    "Ambassador",
    "Appraisal",
    "Assignment",
    "Axis",
    "Barrier",
    "ChangeNote",
    "Citation",
    "Concern",
    "Confirmation",
    "ContactMessage",
    "ContactPage",
    "Criterion",
    "Decision",
    "DocumentFile",
    "DocumentIndexPage",
    "EventIndexPage",
    "EventPage",
    "GlossaryPage",
    "GlossaryTerm",
    "HelpfulVote",
    "HomePage",
    "Initiative",
    "KnowledgeDocument",
    "KnowledgePage",
    "LawChange",
    "Method",
    "MethodVersion",
    "NewsIndexPage",
    "NewsPage",
    "Offer",
    "OfferConsent",
    "OfferFile",
    "OfferMessage",
    "PlainPage",
    "Practice",
    "PracticeFile",
    "PracticeIndexPage",
    "ReadCount",
    "RegionIndexPage",
    "RegionPage",
    "Release",
    "Reminder",
    "ReviewItem",
    "ReviewRule",
    "ReviewTask",
    "Score",
    "SectionRemark",
    "ThemeExpert",
    "ThemeGoal",
    "ThemeIndexPage",
    "ThemePage",
    "Verdict",
    "WorkList",
]
