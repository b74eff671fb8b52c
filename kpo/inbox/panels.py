"""What the inbox adds to the page of a person: write and follow, for who finds that person."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from kpo.inbox.models import Follow
from kpo.people.models import User
from kpo.people.panels import register
from kpo.people.permissions import is_listed_for
from kpo.people.reader import current_reader


def write_and_follow(request: HttpRequest, person: User) -> SafeString:
    reader = current_reader(request)
    if reader.person == person or not is_listed_for(reader, person):
        return SafeString("")
    is_followed = Follow.objects.of_people(reader).filter(subject=person).exists()
    words = {"person": person, "is_followed": is_followed}
    return render_to_string("inbox/person_panel.html", words, request)


register(write_and_follow, order=10)
