"""What a person chooses about the inbox: channels, muted items, a substitute."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kpo.inbox import actions
from kpo.inbox.forms import AbsenceForm, PreferencesForm
from kpo.inbox.lines import items_of
from kpo.inbox.models import Absence, Mute
from kpo.people import refusals
from kpo.people.answers import attempt
from kpo.people.models import User
from kpo.people.reader import Reader, current_reader, signed_in

AWAY = "Bewaard. In die tijd krijgt je vervanger je taken ook."


@login_required
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    form = PreferencesForm(request.POST or None, person=person)
    if form.is_valid():
        actions.choose_channels(actor=person, channels=form.channels)
        messages.success(request, "Je voorkeuren zijn bewaard.")
        return redirect("inbox:preferences")
    context = {
        "form": form,
        "muted": _muted(current_reader(request)),
        "is_refused": refusals.is_stopped(person.email),
    }
    status = 422 if form.is_bound else 200
    return render(request, "inbox/preferences.html", context, status=status)


@login_required
@require_POST
def mail_again(request: HttpRequest) -> HttpResponse:
    actions.mail_again(actor=signed_in(request))
    messages.success(request, "We sturen je weer mail. Komt die niet aan, dan hoor je het hier.")
    return redirect("inbox:preferences")


def _muted(reader: Reader) -> list[dict[str, Any]]:
    """`mute` and `item` of what the reader muted and may read."""
    rows = list(Mute.objects.visible_to(reader))
    items = items_of(reader, ((row.item_type, row.item_uuid) for row in rows))
    keys = {row.pk: (row.item_type, row.item_uuid) for row in rows}
    return [{"mute": r, "item": items[keys[r.pk]]} for r in rows if keys[r.pk] in items]


@login_required
@require_POST
def unmute(request: HttpRequest, uuid: UUID) -> HttpResponse:
    row = get_object_or_404(Mute.objects.visible_to(current_reader(request)), uuid=uuid)
    actions.unmute(actor=signed_in(request), mute=row)
    messages.success(request, "Je hoort hier weer over.")
    return redirect("inbox:preferences")


@login_required
@require_http_methods(["GET", "POST"])
def absence(request: HttpRequest) -> HttpResponse:
    """Choose the days and the substitute; with a mistake in it, what was typed stays."""
    person = signed_in(request)
    now = Absence.objects.filter(person=person).select_related("substitute").first()
    form = AbsenceForm(request.POST or None, reader=current_reader(request), initial=_initial(now))
    if form.is_valid() and attempt(
        request, lambda: actions.be_away(actor=person, **form.cleaned_data), AWAY
    ):
        return redirect("inbox:absence")
    status = 422 if form.is_bound else 200
    context = {"form": form, "absence": now, "stands_in": _stands_in_for(person)}
    return render(request, "inbox/absence.html", context, status=status)


def _initial(now: Absence | None) -> dict[str, Any]:
    if now is None:
        return {"since": timezone.localdate()}
    return {"since": now.since, "until": now.until, "substitute": now.substitute.uuid}


def _stands_in_for(person: User) -> list[Absence]:
    """Who is away now, or will be, with this person as substitute."""
    rows = Absence.objects.filter(substitute=person, until__gte=timezone.localdate())
    return list(rows.select_related("person").order_by("since"))


@login_required
@require_POST
def be_back(request: HttpRequest) -> HttpResponse:
    actions.be_back(actor=signed_in(request))
    messages.success(request, "Je taken komen weer alleen bij jou.")
    return redirect("inbox:absence")
