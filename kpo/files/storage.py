"""Where the bytes live: once per content, under their own hash, and gone with the last row."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from os import PathLike
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import connection, models, transaction
from django.utils.deconstruct import deconstructible

CHUNK = 1024 * 1024
INCOMING = ".incoming-"


def sha256_of(content: IO[bytes]) -> str:
    """Hex SHA-256 of a seekable file, read in chunks; leaves it rewound."""
    digest = hashlib.sha256()
    content.seek(0)
    while chunk := content.read(CHUNK):
        digest.update(chunk)
    content.seek(0)
    return digest.hexdigest()


def blob_name(digest: str) -> str:
    return f"blobs/{digest[:2]}/{digest}"


def _lock(name: str) -> None:
    """Keep storing and erasing the same bytes apart until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def claim(name: str) -> bool:
    """
    Keep these bytes from being erased until the transaction ends; False when they are gone.

    Between storing bytes and saving a row with their name somebody may delete the last other row.
    """
    _lock(name)
    return blob_storage().exists(name)


def _file_fields() -> Iterator[tuple[type[Any], str]]:
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.FileField) and isinstance(field.storage, BlobStorage):
                yield model, field.name


def is_referenced(name: str) -> bool:
    """Whether any row of any model still points to these bytes."""
    return any(model.objects.filter(**{field: name}).exists() for model, field in _file_fields())


@deconstructible(path="kpo.files.storage.BlobStorage")
class BlobStorage(FileSystemStorage):
    """
    A folder in which a file's name is the hash of its content.

    Whatever name is asked for, `save` answers with the name made of the content, and writes
    nothing if those bytes are there already. `delete` erases only what no row refers to. It has
    no URL: files are served by a view that checks the reader.
    """

    def __init__(self) -> None:
        super().__init__(base_url=None)

    @property
    def base_url(self) -> None:  # type: ignore[override]  # FileSystemStorage falls back to MEDIA_URL
        return None

    def generate_filename(self, filename: str | PathLike[str]) -> str:
        return str(filename)

    def save(
        self,
        name: str | None,
        content: IO[bytes],
        max_length: int | None = None,
    ) -> str:
        target = blob_name(sha256_of(content))
        with transaction.atomic():
            _lock(target)
            if not self.exists(target):
                self._write(Path(self.path(target)), content)
        return target

    def _write(self, path: Path, content: IO[bytes]) -> None:
        """All or nothing: half a file under the name of the whole would be served for ever."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=INCOMING, delete=False) as half:
            try:
                shutil.copyfileobj(content, half, CHUNK)
                half.flush()
                os.fsync(half.fileno())
                os.fchmod(half.fileno(), settings.FILE_UPLOAD_PERMISSIONS or 0o640)
                Path(half.name).replace(path)
            except BaseException:
                Path(half.name).unlink(missing_ok=True)
                raise

    def delete(self, name: str) -> None:
        with transaction.atomic():
            _lock(name)
            if not is_referenced(name):
                super().delete(name)


def blob_storage() -> BlobStorage:
    """The storage of file fields; a callable, so that migrations do not freeze a folder."""
    return BlobStorage()
