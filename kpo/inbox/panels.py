"""What the inbox adds to the page of a person: a way to write, if that person may be written to."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from kpo.people.models import User
from kpo.people.panels import register
from kpo.people.permissions import is_listed_for
from kpo.people.reader import current_reader


def way_to_write(request: HttpRequest, person: User) -> SafeString:
    reader = current_reader(request)
    if reader.person == person or not is_listed_for(reader, person):
        return SafeString("")
    return render_to_string("inbox/messages/panel.html", {"person": person})


register(way_to_write, order=10)
