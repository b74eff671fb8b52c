"""The screen with the figures, the lists behind them, the sheet, and the goals of the board."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from knowledgebank.insight import figures
from knowledgebank.insight.actions import set_goal
from knowledgebank.insight.permissions import can_see_figures, can_set_goal
from knowledgebank.models import ThemePage
from kpo.audit.log import record
from kpo.audit.sheet import written
from kpo.paging import page_of
from kpo.people.reader import Reader, current_reader, signed_in
from search.permissions import can_see_insight

Line = tuple[str, str, str]
HEAD = ("tabel", "wat", "getal")


class GoalForm(forms.Form):
    percent = forms.IntegerField(
        label="Doel in procenten",
        min_value=0,
        max_value=100,
        required=False,
        help_text="Leeg: geen doel.",
    )


def reader_of(request: HttpRequest) -> Reader:
    """For anyone else the screen does not exist."""
    reader = current_reader(request)
    if not can_see_figures(reader):
        raise Http404
    return reader


@login_required
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    content = figures.content(reader)
    context = {
        "content": content,
        "total": figures.pages_for(reader).count(),
        "ages": figures.ages(reader),
        "most_read": figures.most_read(reader),
        "themes": figures.themes(reader),
        "pace": figures.pace(reader),
        "doubts": figures.doubts(reader),
        "accounts": figures.accounts(),
        "in_vain": figures.in_vain(reader),
        "sets_goals": can_set_goal(reader),
        "sees_search": can_see_insight(reader),
    }
    return render(request, "knowledgebank/insight/overview.html", context)


@login_required
@require_GET
def pages(request: HttpRequest) -> HttpResponse:
    """The pages behind a figure: of one state, of one theme, or of both."""
    reader = reader_of(request)
    themes = ThemePage.objects.visible_to(reader).current()
    theme = themes.filter(slug=request.GET.get("thema", "")[:255]).first()
    key = request.GET.get("stand", "")
    state = next((one for one in (*figures.STATES, *figures.AGES) if one.key == key), None)
    rows = figures.pages_for(reader, theme)
    rows = (state.chosen(rows) if state else rows).select_related("release").order_by("title", "pk")
    context = {
        "rows": page_of(rows, request),
        "theme": theme,
        "state": state,
        "kept": f"stand={state.key if state else ''}&thema={theme.slug if theme else ''}",
    }
    return render(request, "knowledgebank/insight/pages.html", context)


@login_required
@require_POST
def goal(request: HttpRequest, uuid: UUID) -> HttpResponse:
    reader = reader_of(request)
    theme = get_object_or_404(ThemePage.objects.visible_to(reader), uuid=uuid)
    if not can_set_goal(reader):
        raise Http404
    form = GoalForm(request.POST)
    if form.is_valid():
        set_goal(actor=signed_in(request), theme=theme, percent=form.cleaned_data["percent"])
        messages.success(request, f"Het doel van {theme.title} is bewaard.")
    else:
        messages.error(request, "Een doel is een getal van 0 tot en met 100.")
    return HttpResponseRedirect(f"{reverse('knowledgebank:insight')}#themas")


@login_required
@require_GET
def sheet(request: HttpRequest) -> HttpResponseBase:
    """All figures of the screen as lines: table, what, number."""
    reader = reader_of(request)
    record("knowledgebank.export_insight", actor=signed_in(request))
    response = StreamingHttpResponse(
        written(HEAD, _lines(reader)), content_type="text/csv; charset=utf-8"
    )
    name = f"inzicht-{timezone.localdate():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(reader: Reader) -> Iterator[Line]:
    yield from _of_pages(reader)
    yield from _of_people(reader)


def _of_pages(reader: Reader) -> Iterator[Line]:
    for counted in figures.content(reader):
        yield "inhoud", counted.state.label, str(counted.count)
    for counted in figures.ages(reader):
        yield "leeftijd", counted.state.label, str(counted.count)
    for page in figures.most_read(reader):
        yield "gelezen in dertig dagen", page.title, str(page.times)
    for line in figures.themes(reader):
        yield "thema, stukken", line.theme.title, str(line.total)
        yield "thema, beoordeeld", line.theme.title, str(line.reviewed)
        yield "thema, doel in procenten", line.theme.title, _number(line.goal)


def _of_people(reader: Reader) -> Iterator[Line]:
    pace: Any = figures.pace(reader)
    yield "beoordelen", "goedgekeurd in een jaar", str(pace.decided)
    yield "beoordelen", "middelste aantal dagen", _number(pace.middle)
    yield "beoordelen", "nu bij de raad", str(pace.open)
    doubts = figures.doubts(reader)
    yield "meldingen", "open", str(doubts.open)
    for label, count in doubts.outcomes:
        yield "meldingen, afgesloten in een jaar", label, str(count)
    for region in figures.accounts().regions:
        yield "actieve accounts, regio", region.name, str(region.count)
        for part in region.parts:
            yield "actieve accounts, organisatie", part.name, str(part.count)
    for asked in figures.in_vain(reader):
        yield "gezocht en niet gevonden", asked.text, str(asked.without_result)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
