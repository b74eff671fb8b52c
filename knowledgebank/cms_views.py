"""The CMS screens on which an editor takes a page off the lists, brings it back or withdraws it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from knowledgebank import actions
from knowledgebank.models import ContactMessage, KnowledgePage
from kpo.people.reader import cms_reader, signed_in


@dataclass(frozen=True)
class Step:
    """What a screen says before and after, and the verb it stands for."""

    heading: str
    explanation: str
    button: str
    done: str
    verb: Callable[..., None]
    needs_reason: bool = True


STEPS = {
    "verouderd": Step(
        heading="Merk aan als verouderd",
        explanation=(
            "De pagina verdwijnt uit lijsten en zakt in de zoekresultaten. Wie de link heeft, kan "
            "haar nog lezen en ziet de reden bovenaan."
        ),
        button="Merk aan als verouderd",
        done="‘{title}’ is aangemerkt als verouderd.",
        verb=actions.make_obsolete,
    ),
    "actueel": Step(
        heading="Merk aan als actueel",
        explanation="De pagina komt terug in lijsten en zoekresultaten. De waarschuwing verdwijnt.",
        button="Merk aan als actueel",
        done="‘{title}’ is weer actueel.",
        verb=actions.make_current,
        needs_reason=False,
    ),
    "intrekken": Step(
        heading="Trek in",
        explanation=(
            "De pagina is meteen voor geen enkele lezer meer te openen of te vinden. Je kunt haar "
            "terughalen bij ‘Wie mag dit lezen’."
        ),
        button="Trek de pagina in",
        done="‘{title}’ is ingetrokken.",
        verb=actions.withdraw,
    ),
}


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Reden",
        max_length=240,
        help_text="Eén zin. Bij een verouderde pagina lezen anderen deze zin.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def change_standing(request: HttpRequest, page_id: int, step: str) -> HttpResponse:
    """Show one of STEPS for a page, and carry it out."""
    reader = cms_reader(signed_in(request))
    pages = KnowledgePage.objects.workable_by(reader)
    page = get_object_or_404(pages, pk=page_id).specific
    if not page.permissions_for_user(signed_in(request)).can_publish():
        raise PermissionDenied
    chosen = STEPS[step]
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and (form.is_valid() or not chosen.needs_reason):
        reason = {"reason": form.cleaned_data["reason"]} if chosen.needs_reason else {}
        chosen.verb(actor=signed_in(request), page=page, **reason)
        messages.success(request, chosen.done.format(title=page.title))
        return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    context = {
        "page_title": chosen.heading,
        "page_subtitle": page.title,
        "step": chosen,
        "form": form,
        "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }
    return TemplateResponse(
        request,
        "knowledgebank/admin/change_standing.html",
        context,
        status=422 if request.method == "POST" else 200,
    )


def handle_contact_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Read one message; the button says it was answered."""
    if not signed_in(request).has_perm("knowledgebank.change_contactmessage"):
        raise PermissionDenied
    message = get_object_or_404(ContactMessage, pk=pk)
    if request.method == "POST":
        actions.handle_contact_message(actor=signed_in(request), message=message)
        messages.success(request, "Het bericht is afgehandeld.")
        return HttpResponseRedirect(reverse("contact_messages:index"))
    context = {"page_title": message.subject, "page_subtitle": message.name, "message": message}
    return TemplateResponse(request, "knowledgebank/admin/contact_message.html", context)
