"""What a theme page shows a reader: its own sections, and what stands elsewhere about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from knowledgebank.models.documents import KnowledgeDocument
from knowledgebank.models.practices import Practice
from knowledgebank.vocabulary import Partner, Weight
from kpo.pages.models import ReadablePage
from kpo.pages.panels import panels_for
from kpo.people import tokens
from kpo.people.reader import Reader

if TYPE_CHECKING:
    from knowledgebank.models.themes import Barrier, ThemePage

BACKLINKS = 20


@dataclass(frozen=True)
class Section:
    """An entry of the table of contents."""

    anchor: str
    label: str


@dataclass(frozen=True)
class Intervention:
    id: str
    partner: str
    title: str
    how: str
    legal_basis: str
    weight: str
    document: Any


@dataclass(frozen=True)
class StagedBarrier:
    barrier: Barrier
    weakness: str


@dataclass(frozen=True)
class Stage:
    id: str
    number: int
    title: str
    text: str
    barriers: list[StagedBarrier]


def theme_sections(theme: ThemePage, reader: Reader, partner: str) -> dict[str, Any]:
    """Everything the template needs, as plain values; empty sections are left out of `contents`.

    `partner` is the chosen partner of the filter on interventions, or "" for all.
    """
    all_interventions = _interventions(theme, reader)
    sections: dict[str, Any] = {
        "stages": _stages(theme),
        "practices": list(
            _about(Practice, theme, reader)
            .with_attribution()
            .as_listed(
                "organisation__name",
                "place",
                "outcome",
                "offer__attribution",
                "offer__person__first_name",
                "offer__person__last_name",
                "offer__person__is_active",
            )
        ),
        "documents": list(
            _about(KnowledgeDocument, theme, reader)
            .select_related("publisher")
            .as_listed("publisher__name", "kind", "dated_on")
        ),
        "citations": list(theme.citations.all()),
        "experts": _experts(theme, reader),
        "panels": panels_for("theme", reader, theme),
        "backlinks": _backlinks(theme, reader),
        "partners": _partner_choices(all_interventions, partner),
        "intervention_total": len(all_interventions),
        "interventions": _chosen(all_interventions, partner),
    }
    sections["contents"] = _contents(theme, sections)
    return sections


def _interventions(theme: ThemePage, reader: Reader) -> list[Intervention]:
    blocks = [block for block in theme.interventions if block.block_type == "intervention"]
    linked = [block.value["document"] for block in blocks if block.value["document"]]
    readable = _readable([page.pk for page in linked], reader)
    return [_intervention(block, readable) for block in blocks]


def _intervention(block: Any, readable: dict[int, ReadablePage]) -> Intervention:
    value, document = block.value, block.value["document"]
    return Intervention(
        id=block.id,
        partner=Partner(value["partner"]).label,
        title=value["title"],
        how=value["how"],
        legal_basis=value["legal_basis"],
        weight=Weight(value["weight"]).label if value["weight"] else "",
        document=readable.get(document.pk) if document else None,
    )


def _readable(pks: list[int], reader: Reader) -> dict[int, ReadablePage]:
    if not pks:
        return {}
    return {page.pk: page for page in ReadablePage.objects.visible_to(reader).filter(pk__in=pks)}


def _chosen(interventions: list[Intervention], partner: str) -> list[Intervention]:
    if partner not in Partner.values:
        return interventions
    return [item for item in interventions if item.partner == Partner(partner).label]


def _partner_choices(interventions: list[Intervention], chosen: str) -> list[dict[str, Any]]:
    """Per partner that can do something: value, label, count and whether it is chosen."""
    counts: dict[str, int] = {}
    for item in interventions:
        counts[item.partner] = counts.get(item.partner, 0) + 1
    return [
        {
            "value": partner.value,
            "label": partner.label,
            "count": counts[partner.label],
            "is_chosen": partner.value == chosen,
        }
        for partner in Partner
        if partner.label in counts
    ]


def _stages(theme: ThemePage) -> list[Stage]:
    return [
        Stage(
            id=block.id,
            number=number,
            title=block.value["title"],
            text=block.value["text"],
            barriers=_barriers(theme, block.value["barriers"]),
        )
        for number, block in enumerate(theme.stages, start=1)
    ]


def _barriers(theme: ThemePage, rows: Any) -> list[StagedBarrier]:
    """Barriers that everyone who may read the theme page may read too."""
    return [
        StagedBarrier(barrier=row["barrier"], weakness=row["weakness"])
        for row in rows
        if row["barrier"] and tokens.may_stand_under(theme.audience, row["barrier"].audience)
    ]


def _about(model: Any, theme: ThemePage, reader: Reader) -> Any:
    return model.objects.visible_to(reader).current().about(theme).newest_first()


def _experts(theme: ThemePage, reader: Reader) -> list[dict[str, Any]]:
    """Name and organisation of who shows them to this reader, with the role on this theme."""
    rows = theme.experts.select_related("person__organisation")
    found = [(row, row.person.shown_to_reader(reader)) for row in rows]
    return [
        {"role": row.role, "person": row.person, "shown": shown} for row, shown in found if shown
    ]


def _backlinks(theme: ThemePage, reader: Reader) -> list[ReadablePage]:
    """Pages that refer to this one, without what has a section of its own."""
    page_type = ContentType.objects.get_for_model(Page)
    references = ReferenceIndex.get_references_to(theme).filter(base_content_type=page_type)
    sources = {int(pk) for pk in references.values_list("object_id", flat=True)} - {theme.pk}
    if not sources:
        return []
    pages = ReadablePage.objects.visible_to(reader).filter(pk__in=sources)
    linked = pages.not_type(KnowledgeDocument, Practice).only("title", "url_path")
    return list(linked.order_by("title")[:BACKLINKS])


def _contents(theme: ThemePage, sections: dict[str, Any]) -> list[Section]:
    """The fixed order of sections; each with what decides whether it is there."""
    candidates = [
        ("wat-is-het", "Wat is het?", theme.what),
        ("verschijningsvormen", "Verschijningsvormen", theme.manifestations),
        ("signalen", "Signalen", theme.signals),
        ("wat-kan-ik-doen", "Wat kan ik doen?", sections["intervention_total"]),
        ("barrieremodel", "Barrièremodel", sections["stages"]),
        ("goede-voorbeelden", "Goede voorbeelden", sections["practices"]),
        ("documenten", "Documenten", sections["documents"]),
        ("videos", "Video's", theme.videos),
        ("wetten", "Wetten en uitspraken", sections["citations"]),
        ("experts", "Experts en ambassadeurs", sections["experts"]),
        *((panel.anchor, panel.heading, True) for panel in sections["panels"]),
        ("verwijzingen", "Wat hierheen verwijst", sections["backlinks"]),
        ("wijzigingen", "Wijzigingen", theme.history),
    ]
    return [Section(anchor, label) for anchor, label, content in candidates if content]
