"""The guard itself: what is found in a text, and how that is said to whoever wrote it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import get_text_for_indexing

from kpo.casedata import patterns
from kpo.casedata.findings import Finding, Severity
from kpo.casedata.models import Pattern
from kpo.casedata.recognition import recognize

AROUND = 80
MOST_EXCERPTS = 20


def find_case_data(text: str) -> list[Finding]:
    """Everything in the text that looks like case data, in order of place."""
    if not text:
        return []
    own = list(Pattern.objects.filter(is_active=True))
    return sorted([*recognize(text), *patterns.find(own, text)], key=lambda each: each.start)


def find_in_texts(texts: Mapping[str, str]) -> dict[str, list[Finding]]:
    """Findings per name of a text; texts without any are left out. One query for all."""
    own = list(Pattern.objects.filter(is_active=True))
    found = {
        name: [*recognize(text), *patterns.find(own, text)] for name, text in texts.items() if text
    }
    return {name: findings for name, findings in found.items() if findings}


def kinds_of(findings: Iterable[Finding]) -> list[str]:
    """The kinds that occur, each once, sorted: all that may be kept of a finding."""
    return sorted({finding.kind for finding in findings})


def blocks(findings: Iterable[Finding]) -> bool:
    return any(finding.severity == Severity.BLOCK for finding in findings)


def explanation(findings: Iterable[Finding], *, where: str) -> str:
    """For the writer, without the numbers. `where` completes "In … staat": "de titel"."""
    kinds = kinds_of(findings)
    listed = " en ".join([", ".join(kinds[:-1]), kinds[-1]]) if len(kinds) > 1 else kinds[0]
    if blocks(findings):
        advice = "Gegevens over personen in een zaak horen niet op het platform. Haal dit weg."
    else:
        advice = "Haal dit weg als het van een persoon is, of leg uit waarom het mag blijven staan."
    return f"In {where} staat iets dat lijkt op een {listed}. {advice}"


def mask(text: str) -> str:
    """The text with every finding replaced by blocks, for screens that must not repeat it."""
    return _masked(text, find_case_data(text))


def mask_each(texts: Iterable[str]) -> list[str]:
    """`mask` for the rows of a list, with one query for all."""
    own = list(Pattern.objects.filter(is_active=True))
    return [_masked(text, [*recognize(text), *patterns.find(own, text)]) for text in texts]


def _masked(text: str, findings: Iterable[Finding]) -> str:
    masked = list(text)
    for finding in findings:
        masked[finding.start : finding.end] = "█" * (finding.end - finding.start)
    return "".join(masked)


def excerpts(texts: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """
    For who decides: label of a text and what stands around a finding in it, numbers masked.

    At most MOST_EXCERPTS, since who has seen twenty can decide.
    """
    own = list(Pattern.objects.filter(is_active=True))
    shown: list[tuple[str, str]] = []
    for label, text in texts:
        findings = [*recognize(text), *patterns.find(own, text)]
        masked = _masked(text, findings)
        for finding in findings:
            start, end = max(0, finding.start - AROUND), finding.end + AROUND
            shown.append((label, " ".join(masked[start:end].split())))
            if len(shown) == MOST_EXCERPTS:
                return shown
    return shown


def check_text(text: str, *, where: str) -> None:
    """Raises ValidationError when the text holds case data that blocks."""
    findings = find_case_data(text)
    if blocks(findings):
        raise ValidationError(explanation(findings, where=where))


# --- Pages ---------------------------------------------------------------------------------------
def check_page_text(page: models.Model) -> dict[str, list[Finding]]:
    """
    Findings in what a page says, per label of the field; empty when there are none.

    Whoever publishes refuses when `blocks` holds for any of them, and asks for a reason when
    there are only warnings; `explanation` has the words.
    """
    return find_in_texts(page_texts(page))


def page_texts(page: models.Model) -> dict[str, str]:
    """Label of each field of a page (or another model) that people write in → its text."""
    texts = {
        str(field.verbose_name): _text_of(field, field.value_from_object(page))
        for field in page._meta.fields
        if isinstance(field, models.CharField | models.TextField | StreamField)
        and field.editable
        and not field.choices
    }
    return texts | _child_texts(page)


def _child_texts(page: models.Model) -> dict[str, str]:
    """Rows that are edited with the page, such as dated notes."""
    texts = {}
    for relation in getattr(page._meta, "child_relations", ()):
        for number, child in enumerate(getattr(page, relation.get_accessor_name()).all(), start=1):
            name = child._meta.verbose_name
            for label, text in page_texts(child).items():
                texts[f"{name} {number}, {label}"] = text
    return texts


def _text_of(field: Any, value: Any) -> str:
    if isinstance(field, StreamField):
        return "\n".join(field.get_searchable_content(value)) if value else ""
    if isinstance(field, RichTextField):
        return get_text_for_indexing(value or "")
    return str(value or "")
