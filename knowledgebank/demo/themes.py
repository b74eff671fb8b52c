"""Theme pages of the demo and the barriers they share."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from knowledgebank.demo.content import cited, video_file
from knowledgebank.demo.ground import Ground
from knowledgebank.demo.streams import barrier_uuid, theme_streams
from knowledgebank.models import (
    Barrier,
    ChangeNote,
    Citation,
    KnowledgeDocument,
    ThemeIndexPage,
    ThemePage,
)
from knowledgebank.models.themes import ThemeExpert
from kpo.people import tokens

# From narrow to wide: a barrier reaches as far as the widest theme that shows it.
WIDENING = (tokens.PUBLIC_SECTOR, tokens.ACCOUNTS, tokens.PUBLIC)


def plant_barriers(ground: Ground) -> dict[str, int]:
    """The primary key of each barrier, by its key in the content."""
    wanted = {barrier_uuid(key): facts for key, facts in ground.content.barriers.items()}
    there = set(Barrier.objects.filter(uuid__in=wanted).values_list("uuid", flat=True))
    Barrier.objects.bulk_create(
        Barrier(
            uuid=uuid,
            title=facts["title"],
            text=facts.get("text", ""),
            partners=facts["partners"],
            audience=max(facts["audiences"], key=WIDENING.index),
        )
        for uuid, facts in wanted.items()
        if uuid not in there
    )
    rows = dict(Barrier.objects.filter(uuid__in=wanted).values_list("uuid", "pk"))
    return {key: rows[barrier_uuid(key)] for key in ground.content.barriers}


def plant_themes(ground: Ground) -> int:
    """Publish the themes that are missing, documents linked; returns how many."""
    there = set(ThemePage.objects.values_list("slug", flat=True))
    missing = {slug: facts for slug, facts in ground.content.themes.items() if slug not in there}
    if not missing:
        return 0
    documents = dict(KnowledgeDocument.objects.values_list("slug", "pk"))
    barriers = plant_barriers(ground)
    for slug, facts in missing.items():
        with transaction.atomic():
            videos = [_video(ground, facts, row) for row in facts.get("videos", [])]
            fields = theme_streams(
                slug, facts, documents=documents, barriers=barriers, videos=videos
            )
            _plant(ground, slug, facts, fields)
    return len(missing)


def _plant(ground: Ground, slug: str, facts: dict[str, Any], fields: dict[str, Any]) -> None:
    page = ThemePage(
        slug=slug,
        title=facts["title"],
        summary=facts["summary"],
        short_names=facts["short_names"],
        audience=ground.audience(facts["audience"]),
        regions=facts["regions"],
        responsible=ground.people[facts["owner"]],
        reviewed_on=facts["reviewed_on"],
        review_due_on=facts["review_due_on"],
        **fields,
    )
    if "signals_intro" in facts:
        page.signals_intro = facts["signals_intro"]
    page.experts = [
        ThemeExpert(person=ground.people[row["person"]], role=row["role"])
        for row in facts.get("experts", [])
    ]
    page.citations = [
        Citation(identifier=one.identifier, label=one.label)
        for one in map(cited, facts.get("cites", []))
    ]
    page.change_notes = [_change(ground, row) for row in facts["changes"]]
    ground.add(ThemeIndexPage.objects.get(), page)
    ground.publish(page, min(row["date"] for row in facts["changes"]))


def _video(ground: Ground, theme: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """The value of a video block, with its file and captions taken in."""
    files = {"webm": row["title"], "vtt": f"Ondertiteling: {row['title']}"}
    stored = {
        extension: ground.store(
            video_file(row["file"], extension).read_bytes(),
            name=f"{row['file']}.{extension}",
            audience=ground.audience(theme["audience"]),
            title=title,
        ).pk
        for extension, title in files.items()
    }
    return {
        "title": row["title"],
        "file": stored["webm"],
        "captions": stored["vtt"],
        "link": "",
        "duration": row["duration"],
    }


def _change(ground: Ground, row: dict[str, Any]) -> ChangeNote:
    return ChangeNote(
        on=row["date"],
        text=row["text"],
        significance=row["significance"],
        organisation=ground.organisations[row["by"]],
    )
