"""Screens of what is the board's own: its method in versions, and the ambassadors of themes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from knowledgebank.models import Ambassador, Axis, KnowledgePage, Method, MethodVersion
from knowledgebank.querysets import SEATED
from knowledgebank.review.actions.ambassadors import appoint, dismiss
from knowledgebank.review.actions.blocks import withdraw_block
from knowledgebank.review.actions.methods import (
    begin_version,
    discard_version,
    put_in_force,
    save_version,
)
from knowledgebank.review.ambassadors import guarded_themes
from knowledgebank.review.board_forms import (
    AppointForm,
    BaseCriteria,
    NoteForm,
    WithdrawForm,
    criteria_of,
    typed_criteria,
    with_one_more,
)
from knowledgebank.review.parts import parts_of
from kpo.people.reader import Reader, current_reader, signed_in


def _who_judges(request: HttpRequest) -> Reader:
    """The reader, with work for the board; raises Http404 for others."""
    reader = current_reader(request)
    if not reader.judges:
        raise Http404
    return reader


def _seated(request: HttpRequest) -> Reader:
    """The reader, with a seat on the board; raises Http404 for others."""
    reader = current_reader(request)
    if not reader.has_role(*SEATED):
        raise Http404
    return reader


@login_required
@require_GET
def method(request: HttpRequest) -> HttpResponse:
    """Every method with the version in force, the drafts and the versions before."""
    reader = _who_judges(request)
    writes = reader.has_role(*SEATED)
    versions = MethodVersion.objects.all() if writes else MethodVersion.objects.in_force()
    methods = Method.objects.prefetch_related(Prefetch("versions", queryset=versions))
    context = {"methods": methods, "writes": writes}
    return render(request, "knowledgebank/review/method.html", context)


@login_required
@require_GET
def version(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One version with its criteria, also of long ago: appraisals name it."""
    reader = current_reader(request)
    found = get_object_or_404(MethodVersion.objects.select_related("method"), uuid=uuid)
    if found.is_draft and not reader.has_role(*SEATED):
        raise Http404
    criteria = list(found.criteria.all())
    axes = [(axis.label, [one for one in criteria if one.axis == axis]) for axis in Axis]
    context = {"version": found, "axes": axes, "writes": reader.has_role(*SEATED)}
    return render(request, "knowledgebank/review/method_version.html", context)


@login_required
@require_POST
def begin(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Start writing the version after this one."""
    _seated(request)
    found = get_object_or_404(MethodVersion, uuid=uuid)
    draft = begin_version(actor=signed_in(request), method=found.method)
    return HttpResponseRedirect(reverse("knowledgebank:method_draft", args=[draft.uuid]))


@login_required
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write a version: save, add a criterion, throw away, or put in force."""
    _seated(request)
    found = get_object_or_404(MethodVersion, uuid=uuid)
    if not found.is_draft:
        return HttpResponseRedirect(reverse("knowledgebank:method_version", args=[uuid]))
    if request.method == "GET":
        start = {"note": found.note, "seen": found.changed_at.isoformat()}
        return _writing(request, found, NoteForm(initial=start), criteria_of(found))
    note = NoteForm(request.POST)
    if "more" in request.POST:
        return _one_more(request, found, note)
    if "discard" in request.POST:
        discard_version(actor=signed_in(request), version=found)
        messages.success(request, "Het concept is weggegooid.")
        return HttpResponseRedirect(reverse("knowledgebank:method"))
    return _save(request, found, note, typed_criteria(request.POST))


def _one_more(request: HttpRequest, found: MethodVersion, note: NoteForm) -> HttpResponse:
    try:
        return _writing(request, found, note, with_one_more(request.POST))
    except ValueError:
        return _writing(request, found, note, criteria_of(found), status=422)


def _save(
    request: HttpRequest, found: MethodVersion, note: NoteForm, criteria: BaseCriteria
) -> HttpResponse:
    if not (note.is_valid() and criteria.is_valid()):
        return _writing(request, found, note, criteria, status=422)
    actor, data = signed_in(request), note.cleaned_data
    try:
        found = save_version(
            actor=actor,
            version=found,
            seen=data["seen"],
            note=data["note"],
            criteria=criteria.texts(),
        )
    except ValidationError as refusal:
        note.add_error(None, refusal)
        return _writing(request, found, note, criteria, status=422)
    return _put_in_force(request, found) if "in_force" in request.POST else _saved(request, found)


def _saved(request: HttpRequest, found: MethodVersion) -> HttpResponse:
    messages.success(request, "Het concept is bewaard.")
    return HttpResponseRedirect(reverse("knowledgebank:method_draft", args=[found.uuid]))


def _put_in_force(request: HttpRequest, found: MethodVersion) -> HttpResponse:
    try:
        put_in_force(actor=signed_in(request), version=found)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return HttpResponseRedirect(reverse("knowledgebank:method_draft", args=[found.uuid]))
    messages.success(request, "Deze versie geldt nu. Wie al begonnen was, maakt de oude af.")
    return HttpResponseRedirect(reverse("knowledgebank:method"))


def _writing(
    request: HttpRequest,
    found: MethodVersion,
    note: NoteForm,
    criteria: BaseCriteria,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"version": found, "form": note, "criteria": criteria}
    return render(request, "knowledgebank/review/method_draft.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def ambassadors(request: HttpRequest) -> HttpResponse:
    """Who guards which theme; a member of the board appoints."""
    reader = _who_judges(request)
    may_appoint = reader.has_role(*SEATED)
    form = AppointForm(request.POST or None, reader=reader) if may_appoint else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and _appointed(request, form):
            return HttpResponseRedirect(reverse("knowledgebank:ambassadors"))
    context = {"themes": guarded_themes(reader), "form": form}
    status = 422 if form is not None and form.errors else 200
    return render(request, "knowledgebank/review/ambassadors.html", context, status=status)


def _appointed(request: HttpRequest, form: AppointForm) -> bool:
    theme, person = form.cleaned_data["theme"], form.cleaned_data["person"]
    try:
        appoint(actor=signed_in(request), theme=theme, person=person)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    messages.success(request, f"{person.get_full_name()} is ambassadeur van {theme.title}.")
    return True


@login_required
@require_POST
def end_ambassador(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """End an ambassador's work for a theme, by the uuid of the row."""
    _seated(request)
    found = get_object_or_404(Ambassador.objects.select_related("theme", "person"), uuid=uuid)
    try:
        dismiss(actor=signed_in(request), ambassador=found)
    except PermissionDenied:
        raise Http404 from None
    messages.success(request, "Dit ambassadeurschap is beëindigd.")
    return HttpResponseRedirect(reverse("knowledgebank:ambassadors"))


@login_required
@require_http_methods(["GET", "POST"])
def withdraw_part(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Choose a block of a page that stands, and take it out with a reason."""
    reader = _seated(request)
    found = KnowledgePage.objects.visible_to(reader).filter(uuid=uuid).first()
    if found is None:
        raise Http404
    page = found.specific
    form = WithdrawForm(request.POST or None, parts=parts_of(page))
    if form.is_valid():
        try:
            withdraw_block(actor=signed_in(request), page=page, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "Het onderdeel is van de pagina gehaald.")
            return HttpResponseRedirect(page.url)
    context = {"page": page, "form": form}
    status = 422 if form.errors else 200
    return render(request, "knowledgebank/review/withdraw_part.html", context, status=status)
