"""The door for bytes: what may come in, checked and cleaned, before any row is written."""

import errno
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from django.conf import settings

from kpo.files import isolation
from kpo.files.archives import check_office, old_or_encrypted, wrong_kind
from kpo.files.kinds import Family, Kind, signature_of
from kpo.files.names import clean_name, kind_by_name
from kpo.files.refusals import RefusedError
from kpo.files.storage import CHUNK, sha256_of

MEGABYTE = 1024 * 1024
# Folders in the system's temporary one; those that a killed process left are swept at night.
INTAKE = "kpo-intake-"


@dataclass(frozen=True)
class Intake:
    """
    A file that may be stored: `path` holds the cleaned bytes as long as the context lasts.

    `source_hash` is of the bytes as they came; `title` and `date` are what its metadata said.
    """

    kind: Kind
    name: str
    path: Path
    source_hash: str
    title: str | None
    date: date | None


@contextmanager
def examine(content: IO[bytes], name: str) -> Iterator[Intake]:
    """
    Check and clean an upload.

    Raises RefusedError with the reason, also when the file cannot be read within the limits.
    """
    cleaned = clean_name(name)
    kind = kind_by_name(cleaned)
    check_size(size_of(content), kind)
    with tempfile.TemporaryDirectory(prefix=INTAKE) as folder, _room_on_disk():
        source, target = Path(folder, "source"), Path(folder, "target")
        # A copy first: what is checked is then what is stored, whatever happens to the original.
        with source.open("wb") as copy:
            content.seek(0)
            shutil.copyfileobj(content, copy, CHUNK)
        with source.open("rb") as original:
            check_size(size_of(original), kind)
            _check_content(original, kind)
            source_hash = sha256_of(original)
        facts = _clean(kind, source, target)
        day = facts["date"] and date.fromisoformat(facts["date"])
        yield Intake(kind, cleaned, target, source_hash, facts["title"], day or None)


def size_of(content: IO[bytes]) -> int:
    size = content.seek(0, 2)
    content.seek(0)
    return size


def check_size(size: int, kind: Kind) -> None:
    """Raises RefusedError for an empty file and for one that is over the limit of its kind."""
    is_video = kind.family is Family.VIDEO
    most = settings.KPO_VIDEO_MAX_MB if is_video else settings.KPO_UPLOAD_MAX_MB
    if not size:
        raise RefusedError("Het bestand is leeg.")
    if size > most * MEGABYTE:
        megabytes = -(-size // MEGABYTE)
        raise RefusedError(
            f"Het bestand is {megabytes} MB en {most} MB is het hoogste. Maak het kleiner of "
            "splits het."
        )


def _check_content(content: IO[bytes], kind: Kind) -> None:
    """Content has to be what the extension says."""
    found = signature_of(content)
    if found == "ole" and kind.family is Family.OFFICE:
        raise RefusedError(old_or_encrypted(kind))
    expected = {Family.OFFICE: "zip", Family.TEXT: None}.get(kind.family, kind.media_type)
    if found != expected:
        raise RefusedError(wrong_kind(kind))
    if kind.family is Family.OFFICE:
        check_office(content, kind)


def _clean(kind: Kind, source: Path, target: Path) -> dict[str, str | None]:
    work, options = _CLEANERS[kind.family]
    arguments = {option: getattr(kind, option) for option in options}
    if kind.family is Family.VIDEO:
        work = f"video:clean_{kind.extension}"
    try:
        return isolation.run(f"kpo.files.cleaning.{work}", source, target, **arguments)
    except isolation.ReadingError as error:
        raise RefusedError(str(error)) from error


_CLEANERS: dict[Family, tuple[str, tuple[str, ...]]] = {
    Family.PDF: ("pdf:clean", ()),
    Family.OFFICE: ("office:clean", ()),
    Family.TEXT: ("plain_text:clean", ("extension",)),
    Family.IMAGE: ("image:clean", ("media_type",)),
    Family.VIDEO: ("video:clean", ()),
}


@contextmanager
def _room_on_disk() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EROFS}:
            raise RefusedError(
                "Er is nu geen ruimte om het bestand te bewaren. Probeer het later nog eens."
            ) from error
        raise
