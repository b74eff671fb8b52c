"""A text before the board, in sections: as it is, and as it differs from what was approved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from knowledgebank.models import KnowledgeDocument, KnowledgePage, Practice, Release, ThemePage
from knowledgebank.passages import body_passages, theme_passages
from kpo.people import tokens

_WORDS = re.compile(r"\s+|[^\s]+")
SAME, CHANGED, NEW, GONE = "same", "changed", "new", "gone"


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of a text that can be spoken of; `anchor` tells it from the others."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A section beside the one it follows; `state` is one of SAME, CHANGED, NEW and GONE."""

    section: Section
    state: str
    html: SafeString


def sections_of(page: KnowledgePage) -> list[Section]:
    """What a reviewer judges, in the order of the page."""
    first = [Section("titel", "Titel en samenvatting", f"{page.title}\n{page.summary}".strip())]
    return first + [section for section in _body_of(page) if section.text]


def _body_of(page: KnowledgePage) -> Iterator[Section]:
    if isinstance(page, ThemePage):
        for number, passage in enumerate(theme_passages(page)):
            yield Section(passage.anchor or f"deel-{number}", passage.heading, passage.text)
        yield _cited(page)
        return
    if isinstance(page, Practice):
        facts = (page.place, page.effort, page.outcome, page.contact)
        yield Section("in-het-kort", "In het kort", "\n".join(fact for fact in facts if fact))
    if isinstance(page, KnowledgeDocument | Practice):
        for number, passage in enumerate(body_passages(page.body)):
            yield Section(
                passage.anchor or f"deel-{number}", passage.heading or "Tekst", passage.text
            )
        yield _cited(page)
    if isinstance(page, KnowledgeDocument | Practice):
        files = [_named(row, page) for row in page.files.all() if row.document]
        yield Section("bestanden", "Bestanden", "\n".join(files))


def _named(row: Any, page: KnowledgePage) -> str:
    """The title of a file, as far as the readers of the page may know it. What came with an offer
    is for nobody until the page stands."""
    waits = getattr(page, "offer_id", None) is not None and row.document.audience == tokens.NOBODY
    is_told = waits or tokens.may_stand_under(page.working_audience, row.document.audience)
    return row.document.title if is_told else "Bestand niet beschikbaar"


def _cited(page: KnowledgePage) -> Section:
    cited = "\n".join(citation.identifier for citation in page.citations.all())
    return Section("wetten", "Wetsartikelen en uitspraken", cited)


def approved_before(page: KnowledgePage) -> Any:
    """The page as readers have it, or as it was last approved; None if it was never seen."""
    standing = type(page).objects.filter(pk=page.pk, live=True).first()
    if standing is not None:
        return standing
    last = Release.objects.filter(page_id=page.pk, revision__isnull=False).first()
    if last is not None and last.revision is not None:
        return last.revision.as_object()
    return None


def compare(before: Sequence[Section], now: Sequence[Section]) -> list[Compared]:
    """The sections of now, each beside its former self, then those that are gone."""
    former = {section.anchor: section for section in before}
    found = [_beside(former.pop(section.anchor, None), section) for section in now]
    return found + [
        Compared(section, GONE, format_html("<del>{}</del>", section.text))
        for section in former.values()
    ]


def _beside(before: Section | None, now: Section) -> Compared:
    if before is None:
        return Compared(now, NEW, format_html("<ins>{}</ins>", now.text))
    if before.text == now.text:
        return Compared(now, SAME, format_html("{}", now.text))
    return Compared(now, CHANGED, difference(before.text, now.text))


def difference(before: str, now: str) -> SafeString:
    """Both texts as one, word by word, with `<del>` and `<ins>`; safe HTML."""
    old, new = _WORDS.findall(before), _WORDS.findall(now)
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    pieces = [piece for step, a, b, c, d in steps for piece in _pieces(step, old[a:b], new[c:d])]
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _pieces(step: str, old: list[str], new: list[str]) -> Iterator[SafeString | str]:
    if step == "equal":
        yield "".join(new)
        return
    if old:
        yield format_html("<del>{}</del>", "".join(old))
    if old and new:
        yield mark_safe(" ")
    if new:
        yield format_html("<ins>{}</ins>", "".join(new))
