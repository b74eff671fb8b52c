"""What a real clamd says of a file, and what becomes of files when it hangs or dies."""

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from knowledgebank.models import KnowledgeDocument
from kpo import jobs
from kpo.audit.models import Entry
from kpo.files.jobs import begin
from kpo.files.models import Document
from kpo.files.states import ScanState
from kpo.people.roles import Role
from tests.factories import files as make
from tests.kpo.files.clamd_daemon import FOUND, ClamdDaemon
from tests.kpo.files.clamd_double import SIGNATURE

pytestmark = [
    *(pytest.mark.clamd, pytest.mark.slow, pytest.mark.django_db),
    pytest.mark.xdist_group("clamd"),
]


@pytest.fixture(scope="module")
def running_clamd() -> Iterator[ClamdDaemon]:
    # Its socket wants a short path, which pytest's own folders are not.
    with tempfile.TemporaryDirectory(prefix="kpo-clamd-") as folder:
        # Started as root it becomes another user, who has to get in as well.
        Path(folder).chmod(0o777)
        daemon = ClamdDaemon(Path(folder))
        daemon.start()
        yield daemon
        daemon.die()


@pytest.fixture
def scanner(running_clamd: ClamdDaemon, settings: Any) -> ClamdDaemon:
    settings.KPO_CLAMD = running_clamd.address
    settings.KPO_CLAMD_SECONDS = 2
    return running_clamd


@pytest.fixture
def editor(team: Any, sign_in: Any) -> Any:
    return sign_in(team[Role.EDITOR])


def upload(editor: Any, name: str, content: bytes) -> Document:
    files = [SimpleUploadedFile(name, content)]
    url = reverse("wagtaildocs:add_multiple")
    editor.post(url, {"files": files, "audience": "accounts"})
    return Document.objects.get(original_name=name)


def retry_now() -> None:
    """Let the moment of the next attempt come, and run what is due."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
    jobs.drain()


def test_an_upload_is_scanned_and_what_is_harmful_stays_shut(
    scanner: ClamdDaemon, editor: Any
) -> None:
    harmless = upload(editor, "gewoon.txt", b"Een gewone tekst.")
    harmful = upload(editor, "kwaad.txt", b"Tekst met " + SIGNATURE)
    packed = upload(editor, "kwaad.docx", make.docx_file(("Normal", SIGNATURE.decode())))
    jobs.drain()
    for each in (harmless, harmful, packed):
        each.refresh_from_db()

    assert harmless.scan_state == ScanState.CLEAN
    assert editor.get(harmless.url).status_code == 200
    # clamd unpacks archives: the signature stands in a deflated part.
    for each in (harmful, packed):
        assert (each.scan_state, each.state_note) == (ScanState.INFECTED, f"Gevonden: {FOUND}.")
        assert editor.get(each.url).status_code == 404
    assert Entry.objects.filter(action="files.infected").count() == 2


def test_an_import_refuses_what_the_scanner_finds_and_goes_on(
    scanner: ClamdDaemon, tmp_path: Path
) -> None:
    for name, text in {"a.txt": b"Eerste stuk", "b.txt": SIGNATURE, "c.txt": b"Derde stuk"}.items():
        (tmp_path / name).write_bytes(text)
    said = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("import_documents", str(tmp_path), "--publish", stdout=said)

    assert f"geweigerd     b.txt (b: Gevonden: {FOUND}.)" in said.getvalue()
    assert "2 geïmporteerd, 1 geweigerd" in said.getvalue()
    assert KnowledgeDocument.objects.filter(live=True).count() == 2


def test_a_scanner_that_hangs_keeps_files_in_quarantine_and_no_other_job(
    scanner: ClamdDaemon, editor: Any
) -> None:
    stored = upload(editor, "wacht.txt", b"Een gewone tekst.")
    other = make.document(content=b"Al gescand", extraction_state="waiting")
    scanner.hang()
    try:
        begin(other)
        jobs.drain()
    finally:
        scanner.go_on()
    stored.refresh_from_db()
    other.refresh_from_db()

    assert stored.scan_state == ScanState.WAITING
    assert stored.state_note == "De virusscanner geeft geen antwoord. We proberen het opnieuw."
    assert editor.get(stored.url).status_code == 404
    assert stored.state_note in editor.get(reverse("files_waiting")).content.decode()
    assert other.is_available
    retry_now()
    assert editor.get(stored.url).status_code == 200


def test_a_scanner_that_died_is_asked_again_when_it_is_back(
    scanner: ClamdDaemon, editor: Any
) -> None:
    scanner.die()
    try:
        stored = upload(editor, "later.txt", b"Een gewone tekst.")
        harmful = upload(editor, "later-kwaad.txt", SIGNATURE)
        jobs.drain()
        stored.refresh_from_db()
        assert (stored.scan_state, editor.get(stored.url).status_code) == (ScanState.WAITING, 404)
        assert "geen antwoord" in stored.state_note
    finally:
        scanner.start()
    retry_now()
    harmful.refresh_from_db()

    assert editor.get(stored.url).status_code == 200
    assert harmful.scan_state == ScanState.INFECTED


def test_an_import_without_an_answer_ends_and_says_why(
    scanner: ClamdDaemon, tmp_path: Path
) -> None:
    path = tmp_path / "stuk.txt"
    path.write_text("Een stuk")
    said = io.StringIO()
    scanner.hang()
    try:
        with pytest.raises(SystemExit):
            call_command("import_documents", str(path), "--publish", stdout=said)
    finally:
        scanner.go_on()

    assert "De virusscanner geeft geen antwoord" in said.getvalue()
    retry_now()
    call_command("import_documents", str(path), "--publish", stdout=said)
    assert KnowledgeDocument.objects.get().live
