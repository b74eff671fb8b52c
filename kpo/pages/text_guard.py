"""Case data stays off pages: a number that is certain stops publication, a likely one asks why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from kpo.casedata.findings import Finding
from kpo.casedata.guard import blocks, check_page_text, explanation

if TYPE_CHECKING:
    from kpo.pages.models import ReadablePage


def refusals(found: dict[str, list[Finding]], *, with_reason: bool) -> list[str]:
    """A sentence per field that stops publication; a warning does not once a reason is given."""
    return [
        explanation(findings, where=f"het veld ‘{label}’")
        for label, findings in found.items()
        if blocks(findings) or not with_reason
    ]


def only_warnings(found: dict[str, list[Finding]]) -> bool:
    return bool(found) and not any(blocks(findings) for findings in found.values())


def refuse_case_data(page: ReadablePage) -> None:
    """Raise ValidationError where a page to be published holds case data that blocks."""
    blocking = {
        label: findings for label, findings in check_page_text(page).items() if blocks(findings)
    }
    if blocking:
        raise ValidationError(refusals(blocking, with_reason=False))
