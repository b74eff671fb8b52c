"""The work on themes: all of them in figures, one of them in lists, and that as a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from knowledgebank.models import ThemePage
from knowledgebank.upkeep.work import MOST_EXPORTED, Part, counts_for, parts_for
from kpo.audit import log as audit
from kpo.audit.sheet import written
from kpo.people import tokens
from kpo.people.reader import current_reader, signed_in

HEAD = ("lijst", "onderwerp", "voor wie", "bijzonderheden", "wat te doen", "adres")


@login_required
@require_GET
def themes(request: HttpRequest) -> HttpResponse:
    """404 for who guards no theme."""
    reader = current_reader(request)
    guarded = list(ThemePage.objects.guarded_by(reader).order_by("title").as_listed("uuid"))
    if not guarded and not reader.judges:
        raise Http404
    counts = counts_for(reader, guarded)
    rows = [{"theme": theme, "counts": counts[theme.pk]} for theme in guarded]
    return render(request, "knowledgebank/upkeep/themes.html", {"rows": rows})


def _theme(request: HttpRequest, uuid: UUID) -> ThemePage:
    found: ThemePage = get_object_or_404(
        ThemePage.objects.guarded_by(current_reader(request)), uuid=uuid
    )
    return found


@login_required
@require_GET
def theme(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = _theme(request, uuid)
    context = {"theme": found, "parts": parts_for(current_reader(request), found)}
    return render(request, "knowledgebank/upkeep/theme.html", context)


@login_required
@require_GET
def sheet(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The same lists, longer; that they were taken is logged."""
    found = _theme(request, uuid)
    parts = parts_for(current_reader(request), found, MOST_EXPORTED)
    audit.record("knowledgebank.export_work", actor=signed_in(request), obj=found)
    lines = written(HEAD, _cells(request, parts))
    response = HttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"werklijst-{found.slug}-{timezone.localdate():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _cells(request: HttpRequest, parts: list[Part]) -> Iterator[tuple[str, ...]]:
    for part in parts:
        for row in part.rows:
            address = request.build_absolute_uri(row.url)
            readers = tokens.label(row.audience)
            yield part.heading, row.title, readers, row.note, row.action, address
