"""What people say about an answer: by opening a hit, by yes or no, or that something is missing."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from kpo.casedata.actions import go_on
from kpo.people.limits import within_limit
from kpo.people.reader import Reader, current_reader, signed_in
from search import actions, insight
from search.addresses import address
from search.forms import ClickForm, MissingForm, SearchForm, UsefulForm
from search.suggestions import readable_themes

THANKS = "Bedankt. Je antwoord helpt ons het zoeken beter te maken."
REPORTED = "Je melding is bewaard. De redactie kijkt of er kennis over bestaat."
TOO_MANY = "Er kwamen veel meldingen na elkaar. Probeer het over een uur opnieuw."


@csrf_exempt
@require_POST
def click(request: HttpRequest) -> HttpResponse:
    """Whether a hit was opened; sent by script while the page is left.

    Exempt, since an anonymous page carries no token: all it changes is a mark on a question that
    the very sender asked today.
    """
    form = ClickForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    insight.note_click(request, form.cleaned_data["q"], is_clicked=form.cleaned_data["gevolgd"])
    return HttpResponse(status=204)


@login_required
@require_POST
def useful(request: HttpRequest) -> HttpResponse:
    """Keep the answer to "Vond je wat je zocht?" with the question; without who gave it."""
    form = UsefulForm(request.POST)
    if not form.is_valid():
        return HttpResponse("Kies ja of nee.", status=422)
    insight.note_useful(request, form.cleaned_data["q"], is_useful=form.cleaned_data["antwoord"])
    if request.headers.get("HX-Request"):
        return render(request, "search/thanks.html", {"thanks": THANKS})
    messages.success(request, THANKS)
    return HttpResponseRedirect(_answer_address(form.cleaned_data["terug"]))


def _answer_address(parameters: str) -> str:
    """Where the answer was; read like any address of a search, so it leads nowhere else."""
    form = SearchForm(QueryDict(parameters))
    form.is_valid()
    return address(form.query())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def missing(request: HttpRequest) -> HttpResponse:
    """Tell the editors what was looked for in vain."""
    reader = current_reader(request)
    form = _missing_form(request, reader)
    if request.method != "POST":
        return render(request, "search/missing.html", {"form": form})
    if not form.is_valid():
        return render(request, "search/missing.html", {"form": form}, status=422)
    if not within_limit(request, "report_missing"):
        form.add_error(None, TOO_MANY)
        return render(request, "search/missing.html", {"form": form}, status=429)
    _report(request, form)
    messages.success(request, REPORTED)
    return HttpResponseRedirect(reverse("search:page"))


def _missing_form(request: HttpRequest, reader: Reader) -> MissingForm:
    themes = readable_themes(reader)
    if request.method == "POST":
        return MissingForm(request.POST, themes=themes)
    typed = {"text": request.GET.get("q", "")[:300], "theme": request.GET.get("thema", "")}
    return MissingForm(initial=typed, themes=themes)


def _report(request: HttpRequest, form: MissingForm) -> None:
    person, given = signed_in(request), form.cleaned_data
    actions.report_missing(
        actor=person, text=given["text"], remark=given["remark"], theme=given["theme"]
    )
    if form.case_data_findings:
        go_on(actor=person, obj=None, place="melding", findings=form.case_data_findings)
