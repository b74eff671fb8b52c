"""Answers with the bytes of a stored file: whole, a range, not changed, or by way of the proxy."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import quote

import structlog
from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response

CHUNK = 64 * 1024
# More digits than any file has bytes are no range; `int` refuses thousands of them.
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})", re.IGNORECASE)
# Whatever a browser makes of the content, it may run nothing, load nothing and send nothing.
_NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
SEALED = _NOTHING + "style-src 'unsafe-inline'; img-src data:; media-src 'self'; sandbox"
# Browsers show a PDF with a viewer of their own, which a sandbox would shut out.
SEALED_PDF = _NOTHING + "object-src 'self'; style-src 'unsafe-inline'"

log = structlog.get_logger(__name__)


def respond(request: HttpRequest, content: FieldFile, *, media_type: str) -> HttpResponseBase:
    """
    GET and HEAD with ETag, If-None-Match and one Range; the caller says who may keep it.

    Raises Http404, and an alarm in the log, when a row promises bytes that the store has not.
    """
    etag = etag_of(content)
    response = get_conditional_response(request, etag=etag) or _fresh(request, content, etag)
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    response["Content-Type"] = with_charset(media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    is_pdf = media_type == "application/pdf"
    response["Content-Security-Policy"] = SEALED_PDF if is_pdf else SEALED
    return response


def etag_of(content: FieldFile) -> str:
    """Names of stored bytes are made of their content, so a name is a strong validator."""
    return f'"{PurePosixPath(content.name or "").name[:40]}"'


def with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _fresh(request: HttpRequest, content: FieldFile, etag: str) -> HttpResponseBase:
    if settings.KPO_X_ACCEL_LOCATION:
        location = settings.KPO_X_ACCEL_LOCATION.rstrip("/")
        return HttpResponse(headers={"X-Accel-Redirect": f"{location}/{quote(content.name or '')}"})
    size = _size(content)
    asked = _asked_range(request, size, etag)
    if asked == UNSATISFIABLE:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, end = asked or (0, size)
    response = StreamingHttpResponse(
        () if request.method == "HEAD" else _pieces(content, start, end),
        status=206 if asked else 200,
    )
    response["Content-Length"] = str(end - start)
    if asked:
        response["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return response


def _size(content: FieldFile) -> int:
    try:
        return content.size
    except FileNotFoundError as error:
        log.error("files.bytes_missing", name=content.name)
        raise Http404 from error


UNSATISFIABLE = (-1, -1)


def _asked_range(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """
    First byte and the one after the last; None for the whole (RFC 9110, 14.2).

    The whole is given to HEAD, for several ranges at once, and for one that is no range.
    """
    match = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    is_stale = request.headers.get("If-Range", etag) != etag
    if match is None or is_stale or request.method != "GET":
        return None
    first, last = match.groups()
    if not first:
        return _tail(last, size)
    if last and int(last) < int(first):
        return None
    start, end = int(first), min(size, int(last) + 1 if last else size)
    return (start, end) if start < end else UNSATISFIABLE


def _tail(length: str, size: int) -> tuple[int, int] | None:
    if not length:
        return None
    start = max(0, size - int(length))
    return (start, size) if start < size else UNSATISFIABLE


def _pieces(content: FieldFile, start: int, end: int) -> Iterator[bytes]:
    with content.storage.open(content.name or "", "rb") as stream:
        stream.seek(start)
        while start < end:
            piece = stream.read(min(CHUNK, end - start))
            if not piece:
                return
            start += len(piece)
            yield piece
