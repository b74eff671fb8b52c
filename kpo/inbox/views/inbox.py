"""The inbox: what is new, opening a line, and marking lines."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST, require_safe

from kpo.inbox import actions
from kpo.inbox.channels import Channel
from kpo.inbox.kinds import all_kinds
from kpo.inbox.lines import items_of, lines_of
from kpo.inbox.models import Notification
from kpo.inbox.preferences import chosen
from kpo.items import Shown
from kpo.paging import page_of
from kpo.people.models import User
from kpo.people.reader import current_reader, signed_in

PAGE_SIZE = 25
MICRO = 1_000_000
# Digits of a moment in millionths of a second, in this century and the next.
MOMENT_DIGITS = 16


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    reader = current_reader(request)
    rows = Notification.objects.visible_to(reader).unread_first()
    page = page_of(rows, request, PAGE_SIZE)
    lines = lines_of(reader, list(page.object_list))
    moment = moment_of(request.GET.get("gelezen", ""))
    context = {
        "page": page,
        "new": [line for line in lines if line.row.read_at is None],
        "earlier": [line for line in lines if line.row.read_at is not None],
        "ways": ways_of(signed_in(request)),
        "undo": request.GET["gelezen"]
        if moment and Notification.objects.visible_to(reader).read_at_moment(moment).exists()
        else "",
    }
    return render(request, "inbox/index.html", context)


def ways_of(person: User) -> list[dict[str, str]]:
    """`label` of each kind of news and `channel`, in words."""
    now = chosen(person)
    return [{"label": kind.label, "channel": Channel(now[kind.name]).label} for kind in all_kinds()]


@login_required
@require_safe
def open_line(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Lead to what a line is about and mark it as read; a 404 where that may not be read now."""
    row, item = _line(request, uuid)
    if request.method == "GET":
        actions.mark_read(actor=signed_in(request), notification=row)
    return redirect(item.url)


@login_required
@require_POST
def read(request: HttpRequest, uuid: UUID) -> HttpResponse:
    row, _ = _line(request, uuid)
    actions.mark_read(actor=signed_in(request), notification=row)
    return redirect("inbox:index")


@login_required
@require_POST
def mute(request: HttpRequest, uuid: UUID) -> HttpResponse:
    row, item = _line(request, uuid)
    actions.mute(actor=signed_in(request), notification=row)
    messages.success(
        request, f"Je hoort niets meer over: {item.title}. Bij Voorkeuren zet je het weer aan."
    )
    return redirect("inbox:index")


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    moment = actions.mark_all_read(actor=signed_in(request))
    if moment is None:
        return redirect("inbox:index")
    return redirect(f"{reverse('inbox:index')}?gelezen={digits_of(moment)}")


@login_required
@require_POST
def unread_all(request: HttpRequest) -> HttpResponse:
    moment = moment_of(request.POST.get("gelezen", ""))
    if moment is not None and actions.mark_unread_again(actor=signed_in(request), moment=moment):
        messages.success(request, "Wat nieuw was, staat weer op nieuw.")
    return redirect("inbox:index")


def _line(request: HttpRequest, uuid: UUID) -> tuple[Notification, Shown]:
    """One's own line and what it is about; a 404 where that may not be read now."""
    reader = current_reader(request)
    row = get_object_or_404(Notification.objects.visible_to(reader), uuid=uuid)
    key = (row.item_type, row.item_uuid)
    items = items_of(reader, [key])
    if key not in items:
        raise Http404
    return row, items[key]


def digits_of(moment: datetime) -> str:
    return str(int(moment.timestamp()) * MICRO + moment.microsecond)


def moment_of(digits: str) -> datetime | None:
    if not (digits.isascii() and digits.isdigit() and len(digits) == MOMENT_DIGITS):
        return None
    seconds, micro = divmod(int(digits), MICRO)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=micro)
