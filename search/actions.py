"""The changes of consequence: saying that something is missing, and having dealt with that."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kpo.audit.log import record
from kpo.casedata.guard import check_text
from kpo.people.models import User
from kpo.people.reader import reader_for
from search.models import MissingReport
from search.permissions import can_report_missing, can_see_insight


@transaction.atomic
def report_missing(*, actor: User, text: str, remark: str = "", theme: str = "") -> MissingReport:
    """Keep what was looked for in vain, for who keeps the theme; not who looked.

    `theme` is the slug of a theme the actor may read, or "". Raises ValidationError for text with
    case data in it.
    """
    if not can_report_missing(reader_for(actor)):
        raise PermissionDenied
    check_text(f"{text}\n{remark}", where="je melding")
    report = MissingReport.objects.create(text=text, remark=remark, theme=theme)
    # Without the report: the log would say whose words these are.
    record("search.report_missing", actor=actor)
    return report


@transaction.atomic
def handle_report(*, actor: User, report: MissingReport) -> None:
    """Take it off the list: the knowledge came, was there after all, or will not come."""
    if not can_see_insight(reader_for(actor)):
        raise PermissionDenied
    MissingReport.objects.filter(pk=report.pk).update(handled_on=timezone.localdate())
    record("search.handle_report", actor=actor, obj=report)
