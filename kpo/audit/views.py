"""The auditor's screen: find entries, and take them along as a sheet."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from kpo.audit.forms import FindEntriesForm
from kpo.audit.log import record
from kpo.audit.models import Entry
from kpo.audit.querysets import EntryQuerySet
from kpo.audit.sheet import lines
from kpo.paging import page_of

PAGE_SIZE = 50


def entries_for(request: HttpRequest) -> EntryQuerySet:
    """The log, for who may read it; for anyone else there is no such page."""
    if not request.user.has_perm("audit.view_entry"):
        raise Http404
    return Entry.objects.all()


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    form = FindEntriesForm(request.GET)
    entries = form.narrow(entries_for(request))
    query = request.GET.copy()
    query.pop("pagina", None)
    words = {
        "form": form,
        "page": page_of(entries, request, PAGE_SIZE),
        "query": query.urlencode(),
        "page_title": "Logboek",
        "header_title": "Logboek",
        "header_icon": "list-ul",
    }
    return render(request, "audit/entries.html", words)


@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    """The same entries as on the screen, all pages; that they were taken is logged too."""
    entries = FindEntriesForm(request.GET).narrow(entries_for(request))
    record("audit.export", actor=request.user, details={"query": sorted(request.GET.keys())})
    response = StreamingHttpResponse(
        lines(entries.iterator(chunk_size=500)), content_type="text/csv; charset=utf-8"
    )
    name = f"logboek-{timezone.localdate():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
