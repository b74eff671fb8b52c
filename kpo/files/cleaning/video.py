"""Videos are kept as they are, but for the place, device and maker that a phone writes in them."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kpo.files.refusals import RefusedError

_DAMAGED = "De video is beschadigd of niet compleet. Sla hem opnieuw op en probeer het nog eens."
_NO_FACTS: dict[str, str | None] = {"title": None, "date": None}
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Box:
    """A part of a container: offsets of its start, of its content and of its end."""

    name: bytes
    start: int
    content: int
    end: int


def _fill(video: BinaryIO, start: int, end: int) -> None:
    video.seek(start)
    while start < end:
        start += video.write(b"\0" * min(CHUNK, end - start))


# --- MP4 -----------------------------------------------------------------------------------------
_TOP_BOXES = {
    *(b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"moof", b"mfra", b"sidx", b"styp"),
    *(b"uuid", b"pdin", b"meta", b"udta", b"ssix", b"prft", b"emsg"),
}
_PARENTS = {b"moov", b"trak"}
# Where a maker, a device or coordinates stand.
_TELLING = {b"udta", b"meta", b"uuid"}


def clean_mp4(source: Path, target: Path) -> dict[str, str | None]:
    """
    Copy source to target and blank the boxes with metadata in place, so that no offset changes.

    Raises RefusedError when the boxes do not fill the file exactly: something else is in it.
    """
    shutil.copyfile(source, target)
    size = target.stat().st_size
    with target.open("r+b") as video:
        names = {box.name for box in _boxes(video, 0, size)}
        if not {b"ftyp", b"moov"} <= names or not names <= _TOP_BOXES:
            raise RefusedError(_DAMAGED)
        _blank_boxes(video, 0, size)
    return _NO_FACTS


def _boxes(video: BinaryIO, start: int, end: int) -> Iterator[Box]:
    while start < end:
        video.seek(start)
        header = video.read(16)
        size, name, head = int.from_bytes(header[:4], "big"), header[4:8], 8
        if size == 1:
            size, head = int.from_bytes(header[8:16], "big"), 16
        elif size == 0:
            size = end - start
        if size < head or start + size > end:
            raise RefusedError(_DAMAGED)
        yield Box(name, start, start + head, start + size)
        start += size


def _blank_boxes(video: BinaryIO, start: int, end: int) -> None:
    for box in list(_boxes(video, start, end)):
        if box.name in _TELLING:
            video.seek(box.start + 4)
            video.write(b"free")
            _fill(video, box.content, box.end)
        elif box.name in _PARENTS:
            _blank_boxes(video, box.content, box.end)


# --- WebM ----------------------------------------------------------------------------------------
_SEGMENT = b"\x18\x53\x80\x67"
_TAGS = b"\x12\x54\xc3\x67"
_ATTACHMENTS = b"\x19\x41\xa4\x69"
_VOID = b"\xec"


def clean_webm(source: Path, target: Path) -> dict[str, str | None]:
    """
    Copy source to target and void its tags and attachments in place.

    A live recording has parts of unknown length; what stands behind those is left as it is.
    Raises RefusedError when the parts do not fill the file.
    """
    shutil.copyfile(source, target)
    size = target.stat().st_size
    with target.open("r+b") as video:
        header, segment, *more = list(_elements(video, 0, size))[:3] + [None] * 2
        if header is None or segment is None or segment.name != _SEGMENT or more[0] is not None:
            raise RefusedError(_DAMAGED)
        for element in list(_elements(video, segment.content, segment.end)):
            if element.name in {_TAGS, _ATTACHMENTS}:
                _void(video, element)
    return _NO_FACTS


def _elements(video: BinaryIO, start: int, end: int) -> Iterator[Box]:
    while start < end:
        video.seek(start)
        head = video.read(12)
        id_length = _length(head[:1], most=4)
        size_length = _length(head[id_length : id_length + 1], most=8)
        size_bytes = head[id_length : id_length + size_length]
        content = start + id_length + size_length
        mask = (1 << (7 * size_length)) - 1
        size = int.from_bytes(size_bytes, "big") & mask
        stop = end if size == mask else content + size
        if stop > end:
            raise RefusedError(_DAMAGED)
        yield Box(head[:id_length], start, content, stop)
        start = stop


def _length(first: bytes, *, most: int) -> int:
    """How many bytes a number has: one more than the zero bits it starts with."""
    length = 9 - first[0].bit_length() if first and first[0] else 9
    if length > most:
        raise RefusedError(_DAMAGED)
    return length


def _void(video: BinaryIO, element: Box) -> None:
    """The same stretch as one empty element, its size written in eight bytes."""
    content = element.start + 9
    if content <= element.end:
        video.seek(element.start)
        video.write(_VOID + ((1 << 56) | (element.end - content)).to_bytes(8, "big"))
        _fill(video, content, element.end)
