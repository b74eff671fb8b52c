"""The pieces of text that search hits land on, each with its anchor or page.

The anchors are those of the templates; a test opens each page and finds every anchor there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import unescape
from typing import TYPE_CHECKING, Any

from django.utils.html import strip_tags
from django.utils.text import slugify

from knowledgebank.vocabulary import Partner
from kpo.people import tokens
from search.records import Passage

if TYPE_CHECKING:
    from wagtail.fields import StreamValue

    from knowledgebank.models import Initiative, KnowledgeDocument, Practice, ThemePage


def text_of(html: str) -> str:
    """The words of a piece of HTML, with a space wherever a tag stood between two of them."""
    return " ".join(unescape(strip_tags(str(html).replace("<", " <"))).split())


def theme_passages(theme: ThemePage) -> Iterator[Passage]:
    """One passage per section, signal, intervention and stage of a theme page."""
    yield from _section("wat-is-het", "Wat is het?", [text_of(theme.what)])
    yield from _section(
        "in-het-kort", "In het kort", [str(block.value) for block in theme.in_short]
    )
    yield from _section(
        "verschijningsvormen",
        "Verschijningsvormen",
        [_sentences([block.value["title"], block.value["text"]]) for block in theme.manifestations],
    )
    yield from _section("signalen", "Signalen", [_signal(block) for block in theme.signals])
    for block in theme.interventions:
        yield Passage(
            text=_intervention(block),
            anchor=f"blok-{block.id}",
            heading=f"Wat kan ik doen? {block.value['title']}",
        )
    for block in theme.stages:
        yield Passage(
            text=_stage(theme, block),
            anchor=f"blok-{block.id}",
            heading=f"Barrièremodel: {block.value['title']}",
        )


def _section(anchor: str, heading: str, texts: Iterable[str]) -> Iterator[Passage]:
    text = "\n".join(text for text in texts if text)
    if text:
        yield Passage(text=text, anchor=anchor, heading=heading)


def _sentences(parts: Iterable[str]) -> str:
    """Running text of what stands in fields of its own: each part ends as a sentence does."""
    written = (part.strip() for part in parts)
    return " ".join(part if part[-1] in ".!?:;…" else f"{part}." for part in written if part)


def _signal(block: Any) -> str:
    value = block.value
    return _sentences([value["title"], value["text"], value["seen_where"]])


def _intervention(block: Any) -> str:
    value = block.value
    partner = Partner(value["partner"]).label
    return _sentences([partner, value["title"], value["how"], value["legal_basis"]])


def _stage(theme: ThemePage, block: Any) -> str:
    barriers = [
        part
        for row in block.value["barriers"]
        if row["barrier"] and tokens.may_stand_under(theme.audience, row["barrier"].audience)
        for part in (row["barrier"].title, row["barrier"].text, row["weakness"])
    ]
    return _sentences([block.value["title"], block.value["text"], *barriers])


def initiative_text(initiative: Initiative) -> str:
    """What a region does, who draws it and whom to ask. Its theme may be closed, and stays out."""
    owner = initiative.organisation.name if initiative.organisation else ""
    return _sentences([initiative.what, owner, initiative.contact])


def body_passages(body: StreamValue) -> Iterator[Passage]:
    """Running text, cut at its headings; text before the first heading has no anchor."""
    heading, anchor = "", None
    parts: list[str] = []
    for block in body:
        if block.block_type == "heading":
            yield from _body_part(heading, anchor, parts)
            heading, anchor, parts = block.value, slugify(block.value), []
        elif block.block_type in {"paragraph", "note"}:
            parts.append(text_of(block.value))
    yield from _body_part(heading, anchor, parts)


def _body_part(heading: str, anchor: str | None, parts: list[str]) -> Iterator[Passage]:
    if parts:
        yield Passage(text="\n".join(parts), anchor=anchor, heading=heading)


def file_passages(page: KnowledgeDocument | Practice) -> Iterator[Passage]:
    """The text of the files that may be shown on the page, per PDF page or per heading."""
    for row in page.readable_files():
        if getattr(row, "is_superseded", False):
            continue
        stored = row.document
        for part in stored.pages.all():
            yield Passage(
                text=part.text,
                page=part.number if stored.is_paged else None,
                anchor=part.anchor or None,
                heading=part.heading,
                file=stored.original_name,
                url=stored.url,
            )
