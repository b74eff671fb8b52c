"""CMS screens for what needs a hand: files that nobody can open yet, and jobs that failed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST
from wagtail.admin.paginator import WagtailPaginator

from kpo import job_failures
from kpo.casedata.guard import mask_each
from kpo.files import actions, waiting
from kpo.files.forms import ReleaseForm
from kpo.files.models import Document, StoredFile
from kpo.files.permissions import can_release, can_see_jobs, can_see_waiting
from kpo.files.states import ExtractionState, ScanState
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
        "rows": _rows(waiting.fetch(page), may_release=can_release(reader)),
        "reason": reason,
        "counts": counts,
        "total": sum(count for _, count in counts),
        "failed": ExtractionState.FAILED,
    }
    return TemplateResponse(request, "files/waiting.html", context)


def _rows(files: list[waiting.Waiting], *, may_release: bool) -> list[dict[str, Any]]:
    # Who may see that a file waits need not see the number for which it is held.
    titles = mask_each(each.file.title for each in files)
    return [
        {
            "file": each.file,
            "sort": each.sort,
            "title": title,
            "can_release": may_release and each.file.scan_state == ScanState.UNSCANNED,
        }
        for each, title in zip(files, titles, strict=True)
    ]


def _find(request: HttpRequest, sort: str, pk: int) -> StoredFile:
    if sort not in waiting.MODELS or not can_see_waiting(cms_reader(request.user)):
        raise Http404
    return get_object_or_404(
        waiting.MODELS[sort].objects.workable_by(cms_reader(request.user)), pk=pk
    )


def release(request: HttpRequest, sort: str, pk: int) -> HttpResponse:
    """An administrator lets an unscanned file through, with a reason."""
    if not can_release(cms_reader(request.user)):
        raise PermissionDenied
    file = _find(request, sort, pk)
    form = ReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.release_unscanned(
                actor=signed_in(request), file=file, reason=form.cleaned_data["reason"]
            )
        except ValidationError as refusal:
            form.add_error("reason", refusal)
        else:
            messages.success(request, f"‘{file.title}’ is vrijgegeven.")
            return redirect("files_waiting")
    context = {"page_title": "Vrijgeven zonder virusscan", "file": file, "form": form}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "files/release.html", context, status=status)


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
