"""The CMS screen on which an editor changes who may read a page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from kpo.pages import actions
from kpo.pages.audience_choices import audience_choices
from kpo.pages.models import ReadablePage
from kpo.pages.readership import readership
from kpo.people import tokens
from kpo.people.reader import cms_reader, signed_in


def change_audience(request: HttpRequest, page_id: int) -> HttpResponse:
    """Choose among the audiences the editor holds; a refusal comes back with its sentence."""
    reader = cms_reader(signed_in(request))
    page = get_object_or_404(ReadablePage.objects.workable_by(reader), pk=page_id).specific
    if not page.permissions_for_user(signed_in(request)).can_publish():
        raise PermissionDenied
    if request.method != "POST":
        return _render(request, page, chosen=page.audience)
    chosen = request.POST.get("audience", "")
    if chosen not in dict(_tokens(request)):
        return _render(request, page, chosen=page.audience, error="Kies voor wie de pagina is.")
    try:
        closed = actions.change_audience(actor=signed_in(request), page=page, audience=chosen)
    except ValidationError as refusal:
        return _render(request, page, chosen=chosen, error=" ".join(refusal.messages))
    messages.success(request, _outcome(page, chosen, len(closed)))
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))


def _tokens(request: HttpRequest) -> list[tuple[str, str]]:
    held = audience_choices(cms_reader(signed_in(request)))
    return [*held, (tokens.NOBODY, tokens.label(tokens.NOBODY))]


def _outcome(page: ReadablePage, audience: str, closed: int) -> str:
    sentence = f"‘{page.title}’ is nu voor: {tokens.label(audience)}."
    if closed:
        sentence += f" {closed} pagina's eronder pasten daar niet meer bij en zijn gesloten."
    return sentence


def _render(
    request: HttpRequest, page: ReadablePage, *, chosen: str, error: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {
        "page_title": "Wie mag dit lezen",
        "page_subtitle": page.title,
        "header_icon": "view",
        "readership": readership(page.audience),
        "choices": [
            {"token": token, "readership": readership(token), "is_nobody": token == tokens.NOBODY}
            for token, _ in _tokens(request)
        ],
        "chosen": chosen,
        "error": error,
        "has_children": page.numchild > 0,
        "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }
    status = 422 if error else 200
    return TemplateResponse(request, "pages/admin/change_audience.html", context, status=status)
