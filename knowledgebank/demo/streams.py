"""The demo content as Wagtail stores the streams of a page.

Every block gets an id that follows from where it stands, so that links to it hold on every machine.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from knowledgebank.demo.markdown import Block, Heading, parse, to_html
from knowledgebank.vocabulary import Weight

HEADING_LEVEL = 2  # Deeper headings stay inside the text.


def block_id(*place: object) -> str:
    return str(uuid5(NAMESPACE_URL, "/".join(["kpo-demo", *map(str, place)])))


def barrier_uuid(key: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"kpo-demo/barrier/{key}")


def stream(place: str, blocks: Iterable[tuple[str, Any]]) -> str:
    """JSON of blocks, given as (type, value)."""
    return json.dumps(
        [
            {"type": kind, "value": value, "id": block_id(place, number)}
            for number, (kind, value) in enumerate(blocks)
        ]
    )


def body(place: str, blocks: list[Block]) -> str:
    """Running text: each heading a block of its own, with the text up to the next one."""
    parts: list[tuple[str, Any]] = []
    for is_heading, group in groupby(blocks, key=_opens):
        if is_heading:
            parts += [("heading", block.text) for block in group if isinstance(block, Heading)]
        else:
            parts.append(("paragraph", to_html(list(group))))
    return stream(place, parts)


def _opens(block: Block) -> bool:
    return isinstance(block, Heading) and block.level == HEADING_LEVEL


def theme_streams(
    slug: str,
    theme: Mapping[str, Any],
    *,
    documents: Mapping[str, int],
    barriers: Mapping[str, int],
    videos: list[dict[str, Any]],
) -> dict[str, Any]:
    """The fields of a theme page that hold text or blocks.

    `documents` gives the primary key of a document page by slug, `barriers` of a barrier by key;
    `videos` are the values of video blocks.
    """
    model = theme.get("barrier_model", {})
    stages = [("stage", _stage(slug, stage, barriers)) for stage in model.get("stages", [])]
    interventions = [_intervention(row, documents) for row in theme["interventions"]]
    return {
        "what": to_html(parse(theme["what"])),
        "in_short": stream(f"{slug}/short", [("point", point) for point in theme["in_short"]]),
        "manifestations": _typed(f"{slug}/forms", "manifestation", theme["manifestations"]),
        "signals": _typed(f"{slug}/signals", "signal", theme["signals"]),
        "interventions": _typed(f"{slug}/interventions", "intervention", interventions),
        "barrier_intro": model.get("intro", ""),
        "stages": stream(f"{slug}/stages", stages),
        "videos": _typed(f"{slug}/videos", "video", videos),
    }


def _typed(place: str, kind: str, rows: list[Any]) -> str:
    return stream(place, [(kind, row) for row in rows])


def _intervention(row: dict[str, Any], documents: Mapping[str, int]) -> dict[str, Any]:
    return row | {
        "weight": Weight(row["weight"]).value,
        "document": documents[row["document"]] if "document" in row else None,
    }


def _stage(slug: str, stage: dict[str, Any], barriers: Mapping[str, int]) -> dict[str, Any]:
    rows = [
        {
            "type": "item",
            "value": {"barrier": barriers[row["key"]], "weakness": row.get("weakness", "")},
            "id": block_id(slug, stage["title"], row["key"]),
        }
        for row in stage["barriers"]
    ]
    return {"title": stage["title"], "text": stage["text"], "barriers": rows}
