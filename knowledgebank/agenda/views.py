"""Calendar files of events, the feed behind a secret link, and the screen with that link."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST, require_safe

from knowledgebank.agenda import actions, calendars, feeds
from knowledgebank.models import AgendaFeed, EventPage
from kpo.people.addresses import absolute
from kpo.people.limits import within_limit
from kpo.people.models.invitation import digest
from kpo.people.reader import current_reader, signed_in

TOO_MANY = "Je maakte vaak een nieuwe link. Wacht een uur en probeer het opnieuw."


@require_safe
def event_file(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One event, to put in a calendar."""
    event = get_object_or_404(EventPage.objects.visible_to(current_reader(request)), uuid=uuid)
    return calendars.answer(calendars.one_event(event), name="bijeenkomst.ics")


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The agenda of whoever made this link, without any session; otherwise there is no such page.

    A link that was withdrawn, that of a stopped account and one that never was are told apart by
    nothing.
    """
    if not within_limit(request, "agenda_feed", key=digest(token)):
        return render(request, "429.html", status=429)
    reader = feeds.reader_behind(token)
    if reader is None:
        raise Http404
    return calendars.answer(calendars.feed_of(feeds.events_for(reader)))


@login_required
@require_GET
def own_feed(request: HttpRequest) -> HttpResponse:
    """The link to copy, or the button that makes it."""
    own = AgendaFeed.objects.usable().filter(person=signed_in(request)).first()
    secret = feeds.secret_of(own) if own else ""
    address = absolute(reverse("knowledgebank:agenda_feed", args=[secret])) if secret else ""
    context = {"feed": own, "address": address, "days_back": feeds.DAYS_BACK}
    return render(request, "knowledgebank/agenda/own_feed.html", context)


@login_required
@require_POST
def make_feed(request: HttpRequest) -> HttpResponse:
    if within_limit(request, "make_agenda_feed"):
        actions.make_feed(actor=signed_in(request))
        messages.success(request, "Je link is gemaakt. Een eerdere link werkt niet meer.")
    else:
        messages.error(request, TOO_MANY)
    return HttpResponseRedirect(reverse("knowledgebank:own_agenda_feed"))


@login_required
@require_POST
def withdraw_feed(request: HttpRequest) -> HttpResponse:
    actions.withdraw_feed(actor=signed_in(request))
    messages.success(request, "De link werkt niet meer.")
    return HttpResponseRedirect(reverse("knowledgebank:own_agenda_feed"))
