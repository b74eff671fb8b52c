"""The addresses of the people screens under the CMS."""

from collections.abc import Iterator

from django.urls import URLPattern, path
from wagtail.admin.viewsets.base import ViewSet

from kpo.people.cms import people, waiting

# Screen, view, name of the view, and the two answers that can be given on a row.
DECISIONS = (
    ("aanvragen", waiting.decide_request, "decide_request", ("toekennen", "afwijzen")),
    ("uitnodigingen", waiting.act_on_invitation, "act_on_invitation", ("opnieuw", "intrekken")),
    ("wisselingen", waiting.decide_change, "decide_change", ("bevestigen", "weigeren")),
    ("hernieuwen", waiting.decide_renewal, "decide_renewal", ("geven", "weigeren")),
    ("tweede-stap", waiting.decide_reset, "decide_reset", ("instemmen", "stoppen")),
)


def decisions() -> Iterator[URLPattern]:
    for screen, view, name, answers in DECISIONS:
        for answer in answers:
            yield path(f"{screen}/<uuid:uuid>/{answer}/", view, {"answer": answer}, name=name)


class PeopleViewSet(ViewSet):
    name = "mensen"
    icon = "user"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", people.index, name="index"),
            path("uitnodigen/", people.invite, name="invite"),
            path("aanvragen/", waiting.access_requests, name="requests"),
            path("uitnodigingen/", waiting.open_invitations, name="invitations"),
            path("wisselingen/", waiting.changes, name="changes"),
            path("hernieuwen/", waiting.renewals, name="renewals"),
            path("tweede-stap/", waiting.resets, name="resets"),
            *decisions(),
            path("<uuid:uuid>/", people.detail, name="detail"),
            path("<uuid:uuid>/uitzetten/", people.deactivate, name="deactivate"),
            path("<uuid:uuid>/aanzetten/", people.reactivate, name="reactivate"),
            path("<uuid:uuid>/uitloggen/", people.end_sessions, name="end_sessions"),
            path("<uuid:uuid>/tweede-stap/", people.ask_reset, name="ask_reset"),
        ]
