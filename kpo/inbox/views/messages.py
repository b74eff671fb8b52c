"""Writing to somebody in the directory, reading what came, and keeping somebody off."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kpo.inbox import message_actions as actions
from kpo.inbox.forms import MessageForm, ReportForm
from kpo.inbox.models import Message
from kpo.paging import page_of
from kpo.people.limits import within_limit
from kpo.people.models import Block, User
from kpo.people.permissions import can_manage_people
from kpo.people.reader import current_reader, signed_in

PAGE_SIZE = 25
TOO_MANY = "Je stuurde veel berichten na elkaar. Wacht een uur en ga dan verder."
SENT = "Je bericht is verstuurd."
GONE = "Deze persoon kan geen berichten meer krijgen. Je bericht is niet verstuurd."


@login_required
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """To somebody in the reader's own directory; whoever is not there is nobody."""
    reader = current_reader(request)
    listed = User.objects.listed_for(reader).exclude(pk=signed_in(request).pk)
    recipient = get_object_or_404(listed.select_related("organisation"), uuid=uuid)
    form = MessageForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        if within_limit(request, "write_message"):
            text = form.cleaned_data["text"]
            actions.write_message(actor=signed_in(request), recipient=recipient, text=text)
            messages.success(request, SENT)
            return redirect("people:directory")
        form.add_error(None, TOO_MANY)
        status = 429
    context = {"form": form, "recipient": recipient}
    return render(request, "inbox/messages/write.html", context, status=status)


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What came and what was sent, the latest first, and who is kept off."""
    person = signed_in(request)
    own = Message.objects.of(person).select_related("sender", "recipient")
    context = {
        "page": page_of(own, request, PAGE_SIZE),
        "blocks": Block.objects.filter(person=person).select_related("blocked"),
        "is_listed": person.in_directory,
    }
    return render(request, "inbox/messages/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def read(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One message; who got it writes back on the same page."""
    message = own_message(request, uuid)
    is_mine = message.recipient_id == signed_in(request).pk
    form = MessageForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        outcome = answered(request, message, form)
        if outcome is None:
            return redirect("inbox:messages")
        status = outcome
    return shown(request, message, is_mine=is_mine, form=form, status=status)


def answered(request: HttpRequest, message: Message, form: MessageForm) -> int | None:
    """None when the answer was sent; else the status of the page that says why not."""
    if not within_limit(request, "write_message"):
        form.add_error(None, TOO_MANY)
        return 429
    try:
        actions.answer_message(
            actor=signed_in(request), message=message, text=form.cleaned_data["text"]
        )
    except PermissionDenied:
        form.add_error(None, GONE)
        return 422
    messages.success(request, SENT)
    return None


def shown(
    request: HttpRequest,
    message: Message,
    *,
    is_mine: bool,
    form: MessageForm,
    report: ReportForm | None = None,
    status: int = 200,
) -> HttpResponse:
    blocks = Block.objects.filter(person=signed_in(request), blocked=message.sender)
    context: dict[str, Any] = {
        "message": message,
        "is_mine": is_mine,
        "form": form,
        "report": report or ReportForm(),
        "block": blocks.first(),
        "handles": message.reported_at and can_manage_people(current_reader(request)),
    }
    return render(request, "inbox/messages/read.html", context, status=status)


def own_message(request: HttpRequest, uuid: UUID) -> Message:
    rows = Message.objects.visible_to(current_reader(request))
    return get_object_or_404(
        rows.select_related("sender__organisation", "recipient__organisation"), uuid=uuid
    )


def received(request: HttpRequest, uuid: UUID) -> Message:
    person = signed_in(request)
    return get_object_or_404(Message.objects.of(person), uuid=uuid, recipient=person)


@login_required
@require_POST
def block(request: HttpRequest, uuid: UUID) -> HttpResponse:
    message = received(request, uuid)
    actions.block_sender(actor=signed_in(request), message=message)
    messages.success(request, "Je krijgt van deze persoon geen berichten meer.")
    return redirect("inbox:messages")


@login_required
@require_POST
def unblock(request: HttpRequest, uuid: UUID) -> HttpResponse:
    row = get_object_or_404(Block, uuid=uuid, person=signed_in(request))
    actions.unblock(actor=signed_in(request), block=row)
    messages.success(request, "Deze persoon kan je weer schrijven.")
    return redirect("inbox:messages")


@login_required
@require_POST
def report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    message = received(request, uuid)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return shown(request, message, is_mine=True, form=MessageForm(), report=form, status=422)
    reason = form.cleaned_data["reason"]
    actions.report_message(actor=signed_in(request), message=message, reason=reason)
    messages.success(request, "Je melding is verstuurd. Een beheerder leest het bericht.")
    return redirect("inbox:messages")


@login_required
@require_POST
def handle(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """For administrators: a report they looked into."""
    message = own_message(request, uuid)
    actions.handle_report(actor=signed_in(request), message=message)
    messages.success(request, "De melding is afgehandeld.")
    return redirect("inbox:index")
