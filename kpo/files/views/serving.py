"""Gives the bytes of a file to whoever may read it; for everyone else it does not exist."""

from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from kpo.audit.log import record
from kpo.files.bytes_response import respond
from kpo.files.models import Document, Image, StoredFile
from kpo.people import tokens
from kpo.people.reader import current_reader

# A viewer asks for one file in many pieces; those of ten minutes are one reading.
ONE_READING_SECONDS = 600
_INLINE = ("application/pdf", "video/", "image/", "text/plain", "text/vtt")


@require_safe
def serve(request: HttpRequest, uuid: UUID, name: str) -> HttpResponseBase:
    """A document or video, whole or a range of it."""
    document = _readable(request, Document, uuid)
    if name != document.original_name:
        return redirect(document)
    is_inline = document.media_type.startswith(_INLINE) and "bewaar" not in request.GET
    disposition = content_disposition_header(not is_inline, document.original_name)
    response = _send(request, document, document.file, document.media_type, disposition)
    note_reading(request, document)
    return response


@require_safe
def find(request: HttpRequest, uuid: UUID) -> HttpResponseRedirect:
    """The address without the name, for pages that more people read than the file itself."""
    return redirect(_readable(request, Document, uuid))


@require_safe
def preview(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """A picture of the first page of a PDF."""
    document = _readable(request, Document, uuid)
    if not document.preview:
        raise Http404
    return _send(request, document, document.preview, "image/png", "inline")


@require_safe
def image(request: HttpRequest, uuid: UUID, spec: str, name: str) -> HttpResponseBase:
    """An image in a size that a page asked for before; other sizes are not made on request."""
    picture = _readable(request, Image, uuid)
    rendition = picture.renditions.filter(filter_spec=spec).order_by("-pk").first()
    if rendition is None or name != picture.original_name:
        raise Http404
    media_type = f"image/{rendition.file.name.rpartition('.')[2].replace('jpg', 'jpeg')}"
    return _send(request, picture, rendition.file, media_type, "inline")


def _readable(request: HttpRequest, model: Any, uuid: UUID) -> Any:
    return get_object_or_404(model.objects.visible_to(current_reader(request)), uuid=uuid)


def note_reading(request: HttpRequest, document: StoredFile) -> None:
    """Every reading of a closed file is in the log, its pieces once."""
    if document.audience == tokens.PUBLIC or request.method != "GET":
        return
    key = f"files.reading.{request.user.pk}.{document.uuid}"
    is_new = cache.add(key, True, ONE_READING_SECONDS)
    if is_new or "Range" not in request.headers:
        details = {"audience": document.audience}
        record("files.read_closed", actor=request.user, obj=document, details=details)


def _send(
    request: HttpRequest,
    stored: StoredFile,
    content: FieldFile,
    media_type: str,
    disposition: str | None,
) -> HttpResponse | HttpResponseBase:
    response = respond(request, content, media_type=media_type)
    response["Content-Disposition"] = disposition or "inline"
    # Also a public file is asked for again each time: it may have been narrowed since.
    is_public = stored.audience == tokens.PUBLIC
    response["Cache-Control"] = "public, no-cache" if is_public else "private, no-store"
    return response
