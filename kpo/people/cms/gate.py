"""Who gets these screens: others meet the CMS's own refusal."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.menu import MenuItem

from kpo.people.permissions import can_manage_people
from kpo.people.reader import current_reader

View = Callable[..., HttpResponse]


def for_administrators(view: View) -> View:
    """For anyone else the page does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_manage_people(current_reader(request)):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


class AdministratorMenuItem(MenuItem):
    """Shown to who gets the screen behind it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_manage_people(current_reader(request))
