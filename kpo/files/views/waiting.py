"""CMS screens for what needs a hand: files that nobody can open yet, and jobs that failed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST
from wagtail.admin.paginator import WagtailPaginator

from kpo import job_failures
from kpo.files import actions, waiting
from kpo.files.forms import ReleaseForm
from kpo.files.models import Document, StoredFile
from kpo.files.permissions import can_release, can_see_jobs, can_see_waiting
from kpo.files.states import ExtractionState
from kpo.people.reader import cms_reader, signed_in

PER_PAGE = 50


def waiting_files(request: HttpRequest) -> HttpResponse:
    """Of both kinds, the newest first: what a reader could not open now, and why."""
    reader = cms_reader(request.user)
    if not can_see_waiting(reader):
        raise Http404
    reason = request.GET.get("reden", "")
    reason = reason if reason in waiting.Reason else ""
    page = WagtailPaginator(waiting.keys(reader, reason), PER_PAGE).get_page(request.GET.get("p"))
    counts = waiting.counts(reader)
    context = {
        "page_title": "Bestanden die wachten",
        "header_icon": "time",
        "page": page,
        "rows": waiting.fetch(page, reader),
        "reason": reason,
        "counts": counts,
        "total": sum(count for _, count in counts),
        "failed": ExtractionState.FAILED,
    }
    return TemplateResponse(request, "files/waiting.html", context)


def release(request: HttpRequest, sort: str, uuid: UUID) -> HttpResponse:
    """An administrator lets an unscanned file through or refuses it, with a reason.

    Also of a file that is closed to the administrator, who then sees its kind and mark only.
    """
    reader = cms_reader(request.user)
    if not can_release(reader):
        raise PermissionDenied
    if sort not in waiting.MODELS:
        raise Http404
    file = get_object_or_404(waiting.MODELS[sort].objects.releasable_by(reader), uuid=uuid)
    told = waiting.told_of(sort, file, reader, file.title)
    form = ReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _settled(request, file, form):
        done = "geweigerd" if "refuse" in request.POST else "vrijgegeven"
        messages.success(request, f"‘{told.title}’ is {done}.")
        return redirect("files_waiting")
    # Another refusal leaves it at the bytes that were looked at: nobody was told of others yet.
    looks_anew = not form.is_bound or form.has_error("reason", "other_bytes")
    seen = actions.mark_of_bytes(file) if looks_anew else form["seen"].value()
    context = {"page_title": "Vrijgeven zonder virusscan", "told": told, "form": form, "seen": seen}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "files/release.html", context, status=status)


def _settled(request: HttpRequest, file: StoredFile, form: ReleaseForm) -> bool:
    verb = actions.refuse_unscanned if "refuse" in request.POST else actions.release_unscanned
    try:
        verb(actor=signed_in(request), file=file, **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error("reason", refusal)
        return False
    return True


@require_POST
def read_again(request: HttpRequest, pk: int) -> HttpResponse:
    reader = cms_reader(request.user)
    file: Document = get_object_or_404(Document.objects.workable_by(reader), pk=pk)
    actions.read_again(actor=signed_in(request), file=file)
    messages.success(request, f"‘{file.title}’ wordt opnieuw gelezen.")
    return redirect("files_waiting")


def failed_jobs(request: HttpRequest) -> HttpResponse:
    """What went wrong for good, with an explanation and a way to try again."""
    if not can_see_jobs(cms_reader(request.user)):
        raise PermissionDenied
    context = {
        "page_title": "Mislukte taken",
        "header_icon": "warning",
        "rows": WagtailPaginator(job_failures.failed_jobs(), PER_PAGE).get_page(
            request.GET.get("p")
        ),
    }
    return TemplateResponse(request, "files/failed_jobs.html", context)


@require_POST
def retry_job(request: HttpRequest, job_id: int) -> HttpResponse:
    label = actions.retry_job(actor=signed_in(request), job_id=job_id)
    if label:
        messages.success(request, f"De taak ‘{label}’ staat weer in de rij.")
    else:
        messages.warning(request, "Deze taak is al opnieuw gestart of opgeruimd.")
    return redirect("failed_jobs")
