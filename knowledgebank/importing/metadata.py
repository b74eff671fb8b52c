"""Title, date and kind of a document, as far as its text and its metadata tell."""

import re
from datetime import date

from knowledgebank.vocabulary import DocumentKind
from kpo.casedata.guard import find_case_data
from kpo.files.models import Document

LONGEST_TITLE = 200


def first_heading(document: Document) -> str:
    """The first heading of an Office or Markdown file; of a PDF the first line of its text."""
    for page in document.pages.all()[:3]:
        lines = [page.heading] if page.heading else page.text.splitlines()[:1]
        for line in lines:
            words = " ".join(line.lstrip("# ").split())
            if _is_title(words):
                return words
    return ""


def _is_title(words: str) -> bool:
    is_fit = 3 <= len(words) <= LONGEST_TITLE and any(letter.isalpha() for letter in words)
    return is_fit and not find_case_data(words)


_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli"),
    *("augustus", "september", "oktober", "november", "december"),
)
_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}) ((?:19|20)\d\d)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def best_date(by_metadata: date | None, title: str) -> date | None:
    """
    The day that the title names; else the day of the metadata.

    A title about another year than that of the metadata ("Jaarverslag 2023", saved in 2026) is
    believed over it: programs write a new date when a file is saved once more.
    """
    day = _DAY.search(title)
    if day:
        return _day(int(day[3]), _MONTHS.index(day[2].lower()) + 1, int(day[1])) or by_metadata
    years = [int(year) for year in _YEAR.findall(title)]
    if not years or (by_metadata and by_metadata.year in years):
        return by_metadata
    return date(years[-1], 1, 1)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_KIND_WORDS = {
    "verslag": DocumentKind.REPORT,
    "toolbox": DocumentKind.TOOLBOX,
    "barrièremodel": DocumentKind.BARRIER_MODEL,
    "barrieremodel": DocumentKind.BARRIER_MODEL,
    "factsheet": DocumentKind.FACTSHEET,
    "strategisch beeld": DocumentKind.STRATEGIC_PICTURE,
    "fenomeen": DocumentKind.PHENOMENON_STUDY,
    "crimescript": DocumentKind.CRIME_SCRIPT,
    "model": DocumentKind.MODEL_DOCUMENT,
    "e-zine": DocumentKind.MAGAZINE,
    "nieuwsbrief": DocumentKind.MAGAZINE,
    "uitspraak": DocumentKind.JURISPRUDENCE,
    "handreiking": DocumentKind.GUIDE,
}


def guess_kind(title: str) -> DocumentKind:
    """By a word in the title; a report when no word says anything."""
    lowered = title.lower()
    return next(
        (kind for word, kind in _KIND_WORDS.items() if word in lowered), DocumentKind.REPORT
    )
