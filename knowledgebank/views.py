"""Forms that readers send from a page."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from knowledgebank import actions
from knowledgebank.forms import ContactForm, VoteForm
from knowledgebank.models import ContactPage, KnowledgePage
from kpo.people.limits import within_limit
from kpo.people.reader import current_reader, signed_in

TOO_MANY = "Er kwamen te veel berichten na elkaar. Probeer het over een uur opnieuw."


@login_required
@require_POST
def vote(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep the answer to "Kon je hiermee verder?" and go back to the page."""
    reader = current_reader(request)
    page = get_object_or_404(KnowledgePage.objects.visible_to(reader), uuid=uuid)
    form = VoteForm(request.POST)
    if not form.is_valid():
        return render(request, "knowledgebank/vote.html", {"form": form, "page": page}, status=422)
    actions.vote_helpful(
        actor=signed_in(request),
        page=page,
        is_helpful=form.cleaned_data["is_helpful"],
        reason=form.cleaned_data["reason"],
    )
    messages.success(request, "Bedankt. Je antwoord helpt ons deze pagina beter te maken.")
    return HttpResponseRedirect(f"{page.url}#oordeel")


@require_POST
def contact(request: HttpRequest) -> HttpResponse:
    """Keep the message; with a mistake in it, show the form again with everything typed."""
    reader = current_reader(request)
    page = get_object_or_404(ContactPage.objects.visible_to(reader))
    form = ContactForm(request.POST)
    if not form.is_valid():
        return show_again(request, page, form, status=422)
    # Who is signed in can be spoken to; a program without an account cannot.
    if reader.is_anonymous and not within_limit(request, "contact"):
        form.add_error(None, TOO_MANY)
        return show_again(request, page, form, status=429)
    typed = {name: form.cleaned_data[name] for name in ("name", "email", "subject", "text")}
    actions.send_contact_message(actor=reader.person, **typed)
    messages.success(request, "Je bericht is verstuurd. Je krijgt antwoord per mail.")
    return HttpResponseRedirect(page.url or "/")


def show_again(
    request: HttpRequest, page: ContactPage, form: ContactForm, *, status: int
) -> HttpResponse:
    context = page.get_context(request) | {"form": form}
    return render(request, page.template, context, status=status)
