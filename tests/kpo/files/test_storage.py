"""Equal bytes are kept once, whole or not at all, and go with the last row that has them."""

import os
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from kpo import jobs
from kpo.files.jobs import sweep_loose_bytes
from kpo.files.models import Document
from kpo.files.refusals import RefusedError
from kpo.files.storage import BlobStorage
from tests.factories import files as make

pytestmark = pytest.mark.django_db


def blobs(settings: Any) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_equal_bytes_of_two_rows_are_kept_once(settings: Any) -> None:
    one, two = make.document(content=b"gelijk"), make.document(content=b"gelijk")

    assert one.file.name == two.file.name
    assert len(blobs(settings)) == 1
    assert one.url != two.url


def test_bytes_go_with_the_last_row_that_has_them(
    settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    one, two = make.document(content=b"gelijk"), make.document(content=b"gelijk")
    with django_capture_on_commit_callbacks(execute=True):
        one.delete()
    jobs.drain()
    assert two.file.read() == b"gelijk"
    two.file.close()

    with django_capture_on_commit_callbacks(execute=True):
        two.delete()
    jobs.drain()
    assert blobs(settings) == []


def test_a_write_that_fails_leaves_nothing(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        BlobStorage().save(None, ContentFile(b"half"))

    assert blobs(settings) == []
    monkeypatch.undo()
    assert BlobStorage().save(None, ContentFile(b"half"))


def test_the_sweep_takes_what_nothing_refers_to_once_it_is_a_day_old(settings: Any) -> None:
    kept = make.document(content=b"in gebruik")
    storage = BlobStorage()
    old, new = (storage.save(None, ContentFile(text)) for text in (b"los, oud", b"los, nieuw"))
    half = Path(storage.path(old)).with_name(".incoming-x")
    half.write_bytes(b"half")
    for path in (Path(storage.path(old)), half, Path(storage.path(kept.file.name))):
        os.utime(path, (time.time() - 200_000,) * 2)

    sweep_loose_bytes.call()

    assert {str(path.relative_to(settings.MEDIA_ROOT)) for path in blobs(settings)} == {
        *(kept.file.name, new)
    }


def test_the_sweep_takes_what_a_killed_process_was_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    old, new, foreign = (
        tmp_path / name for name in ("kpo-intake-oud", "kpo-reading-nieuw", "van-een-ander")
    )
    for folder in (old, new, foreign):
        folder.mkdir()
        (folder / "source").write_bytes(b"besloten")
    for folder in (old, foreign):
        os.utime(folder, (time.time() - 200_000,) * 2)

    sweep_loose_bytes.call()

    assert sorted(path.name for path in tmp_path.iterdir()) == [new.name, foreign.name]


def test_bytes_that_were_erased_before_the_row_was_saved_are_not_promised() -> None:
    stored = make.document(content=b"even weg")
    late = Document(audience="accounts", original_name="laat.txt", media_type="text/plain")
    late.file = stored.file.name
    late.has_new_bytes = True
    Path(stored.file.path).unlink()

    with pytest.raises(RefusedError, match="nog eens"):
        late.save()
    assert Document.objects.get() == stored
