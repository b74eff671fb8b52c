"""The first visit in three steps: choose themes, see what there is, choose how often to hear."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from knowledgebank.home_sections import home_sections
from knowledgebank.models import ThemePage
from knowledgebank.welcome import mail_welcome
from kpo.inbox import actions
from kpo.inbox.channels import DIGESTS, Channel
from kpo.inbox.kinds import all_kinds
from kpo.inbox.models import Follow
from kpo.people.models import User
from kpo.people.reader import Reader, current_reader, signed_in

OFTEN = (
    (Channel.WEEKLY, "Elke week, als er iets nieuws is"),
    (Channel.DAILY, "Elke werkdag, als er iets nieuws is"),
    (Channel.MONTHLY, "Elke maand, als er iets nieuws is"),
    (Channel.PLATFORM, "Nooit, ik kijk zelf in mijn postvak"),
)


class ThemesForm(forms.Form):
    themes = forms.MultipleChoiceField(
        label="Waar werk je aan?",
        required=False,
        help_text="Kies er zoveel je wilt. Je kunt dit later altijd veranderen.",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = ThemePage.objects.visible_to(reader).current().order_by("title")
        self.offered = {str(theme.uuid): theme for theme in offered.as_listed("uuid")}
        followed = set(Follow.objects.of(reader.person).page_ids()) if reader.person else set()
        field: Any = self.fields["themes"]
        field.choices = [(uuid, theme.title) for uuid, theme in self.offered.items()]
        field.initial = [uuid for uuid, theme in self.offered.items() if theme.pk in followed]


class MailForm(forms.Form):
    often = forms.ChoiceField(
        label="Hoe vaak wil je een mail over wat je volgt?",
        choices=OFTEN,
        initial=Channel.WEEKLY,
        help_text="Altijd één mail, met alles bij elkaar. Is er niets nieuws, dan komt er geen.",
        widget=forms.RadioSelect,
    )


@login_required
@require_http_methods(["GET", "POST"])
def themes(request: HttpRequest) -> HttpResponse:
    form = ThemesForm(request.POST or None, reader=current_reader(request))
    # Without a choice a form holds nothing but its token, and choosing nothing is fine.
    if request.method == "POST" and form.is_valid():
        follow_exactly(signed_in(request), form)
        return redirect("knowledgebank:first_look")
    status = 422 if form.is_bound else 200
    return render(request, "knowledgebank/first_visit/themes.html", {"form": form}, status=status)


@transaction.atomic
def follow_exactly(person: User, form: ThemesForm) -> None:
    """Follow what was chosen of what was offered, and no other of that."""
    for uuid, theme in form.offered.items():
        if uuid in form.cleaned_data["themes"]:
            actions.follow(actor=person, page=theme)
        else:
            actions.unfollow(actor=person, page=theme)


@login_required
@require_GET
def look(request: HttpRequest) -> HttpResponse:
    sections = home_sections(current_reader(request))
    return render(request, "knowledgebank/first_visit/look.html", sections)


@login_required
@require_http_methods(["GET", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    form = MailForm(request.POST or None)
    if form.is_valid():
        finish(signed_in(request), form.cleaned_data["often"])
        messages.success(request, "Je bent klaar. Wat er nieuw is, lees je in je postvak.")
        return redirect("/")
    status = 422 if form.is_bound else 200
    return render(request, "knowledgebank/first_visit/mail.html", {"form": form}, status=status)


@transaction.atomic
def finish(person: User, often: str) -> None:
    """Keep how often to mail; the first time one useful mail goes out, made when it is sent."""
    waiting = [kind.name for kind in all_kinds() if kind.default in DIGESTS]
    actions.choose_channels(actor=person, channels=dict.fromkeys(waiting, often))
    if actions.end_first_visit(actor=person):
        mail_welcome.enqueue(person=person.pk)


@login_required
@require_POST
def skip(request: HttpRequest) -> HttpResponse:
    actions.end_first_visit(actor=signed_in(request), was_skipped=True)
    return redirect("/")
