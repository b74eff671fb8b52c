"""Answers with the bytes of a stored file: whole, a range, not changed, or by way of the proxy."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import quote

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response

CHUNK = 64 * 1024
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
# Whatever a browser makes of the content, it may run nothing and load nothing.
SEALED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'; sandbox"
# Browsers show a PDF with a viewer of their own, which a sandbox would shut out.
SEALED_PDF = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
)


def respond(request: HttpRequest, content: FieldFile, *, media_type: str) -> HttpResponseBase:
    """GET and HEAD with ETag, If-None-Match and one Range; the caller says who may keep it."""
    etag = etag_of(content)
    response = get_conditional_response(request, etag=etag) or _fresh(request, content, etag)
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    response["Content-Type"] = with_charset(media_type)
    response["X-Content-Type-Options"] = "nosniff"
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
    size = content.size
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


UNSATISFIABLE = (-1, -1)


def _asked_range(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """First byte and the one after the last; None for the whole, as for several ranges at once."""
    match = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    is_stale = request.headers.get("If-Range", etag) != etag
    if match is None or is_stale or match.group() == "bytes=-":
        return None
    first, last = match.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1 if last else size)
    return (start, end) if start < end else UNSATISFIABLE


def _pieces(content: FieldFile, start: int, end: int) -> Iterator[bytes]:
    with content.storage.open(content.name or "", "rb") as stream:
        stream.seek(start)
        while start < end:
            piece = stream.read(min(CHUNK, end - start))
            if not piece:
                return
            start += len(piece)
            yield piece
