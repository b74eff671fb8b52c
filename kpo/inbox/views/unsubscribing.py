"""Ending a subscription from a mail: signed in or not, by a button or by the mail program."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kpo.inbox import actions
from kpo.inbox.kinds import kind_named
from kpo.inbox.subscriptions import DIGEST, Subscription, read
from kpo.people.models import User


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button, since scanners follow links; POST ends this subscription and no other.

    Without the check against forged forms: mail programs post here by themselves (RFC 8058), and
    who knows the address may do no more than this.
    """
    subscription = read(token)
    person = _person_of(subscription)
    if subscription is None or person is None:
        raise Http404
    if request.method == "POST":
        actions.stop_mail(person=person, what=subscription.what, space=subscription.space)
    context = {"is_done": request.method == "POST", "what": _words_of(subscription)}
    return render(request, "inbox/unsubscribe.html", context)


def _person_of(subscription: Subscription | None) -> User | None:
    if subscription is None:
        return None
    return User.objects.filter(uuid=subscription.person).first()


def _words_of(subscription: Subscription) -> str:
    """What it is called; the same for everyone, so that a forwarded mail tells nothing."""
    if subscription.what == DIGEST:
        return "De mail met wat er nieuw is"
    kind = kind_named(subscription.what)
    return f"Meteen een mail: {kind.label}" if kind is not None else "Deze mail"
