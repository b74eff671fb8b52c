"""A file on its way in: checked, scanned, read, and only then open to readers."""

import io
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kpo import job_failures, jobs
from kpo.audit.models import Entry
from kpo.casedata.models import Hold
from kpo.files import actions
from kpo.files.models import Document, FilePage, StoredFile
from kpo.files.refusals import RefusedError
from kpo.files.signals import text_extracted
from kpo.files.states import ExtractionState, ScanState
from kpo.people.models import User
from kpo.people.roles import Role
from tests.factories import files as make
from tests.kpo.files.clamd_double import SIGNATURE, Mood, clamd
from tests.kpo.test_jobs import make_due

BSN = "123456782"
pytestmark = pytest.mark.django_db


def store(actor: Any, content: bytes = b"", name: str = "verslag.pdf", **given: Any) -> Document:
    upload = io.BytesIO(content or make.pdf("Over vastgoed"))
    given = {"audience": "accounts"} | given
    return actions.store_document(actor=actor, upload=upload, name=name, **given)


def fresh(stored: StoredFile) -> Any:
    return type(stored).objects.get(pk=stored.pk)


def test_an_upload_is_shut_until_its_text_is_read(team: Any) -> None:
    stored = store(team[Role.EDITOR])
    assert not stored.is_available
    assert stored.extraction_state == ExtractionState.WAITING

    jobs.drain()
    done = fresh(stored)
    assert done.is_available
    assert (done.extraction_state, done.page_count) == (ExtractionState.DONE, 1)
    assert done.pages.get().text == "Over vastgoed"
    assert done.preview_url


def test_whoever_listens_hears_of_the_text_in_the_same_transaction(team: Any) -> None:
    heard: list[int] = []

    def hear(document: Document, **_: Any) -> None:
        heard.append(document.pages.count())

    text_extracted.connect(hear)
    store(team[Role.EDITOR], make.pdf("een", "twee"))
    jobs.drain()
    text_extracted.disconnect(hear)

    assert heard == [2]


@pytest.mark.parametrize(
    ("info", "name", "title"),
    [
        ({"Title": "Handreiking  vakantieparken"}, "scan01.pdf", "Handreiking vakantieparken"),
        ({"Title": "Microsoft Word - scan01.docx"}, "Plan_van_aanpak.pdf", "Plan van aanpak"),
        ({"Title": "untitled"}, "Plan.v2.pdf", "Plan.v2"),
        ({}, "Jaarplan 2024.pdf", "Jaarplan 2024"),
    ],
)
def test_a_title_comes_from_the_metadata_or_else_the_name(
    team: Any, info: dict[str, str], name: str, title: str
) -> None:
    assert store(team[Role.EDITOR], make.pdf("x", info=info), name).title == title


def test_one_can_only_give_an_audience_one_holds(team: Any) -> None:
    with pytest.raises(PermissionDenied):
        store(team[Role.EDITOR], audience="circle:33333333-3333-4333-8333-333333333333")
    assert not Document.objects.exists()
    assert store(team[Role.EDITOR], audience="nobody").audience == "nobody"


def test_a_scan_without_text_says_so_and_can_be_opened(team: Any) -> None:
    stored = store(team[Role.EDITOR], make.pdf("", ""))
    jobs.drain()

    done = fresh(stored)
    assert done.is_available
    assert done.extraction_state == ExtractionState.EMPTY
    assert "waarschijnlijk een scan" in done.state_note


def test_a_video_needs_no_text(team: Any) -> None:
    stored = store(team[Role.EDITOR], make.mp4(), "film.mp4")

    assert stored.is_available
    assert jobs.pending(task="kpo.files.jobs.extract_text") == 0


def test_an_image_is_no_document_and_the_other_way_round(team: Any) -> None:
    with pytest.raises(RefusedError, match="bij de beelden"):
        store(team[Role.EDITOR], make.png(), "foto.png")
    with pytest.raises(RefusedError, match="bij de bestanden"):
        actions.store_image(
            actor=team[Role.EDITOR],
            upload=io.BytesIO(make.pdf("x")),
            name="a.pdf",
            audience="accounts",
        )


def test_an_image_comes_in_with_its_sizes_and_without_its_maker(team: Any) -> None:
    stored = actions.store_image(
        actor=team[Role.EDITOR],
        upload=io.BytesIO(make.photo()),
        name="foto.jpg",
        audience="accounts",
        description="Een loods",
    )

    assert (stored.width, stored.height) == (20, 40)
    assert stored.is_available
    assert stored.default_alt_text == "Een loods"
    with stored.file.open() as content:
        assert b"Jansen" not in content.read()


def test_new_bytes_are_checked_as_if_they_were_the_first(team: Any) -> None:
    stored = store(team[Role.EDITOR])
    jobs.drain()
    replaced = fresh(stored)
    with actions.examine(io.BytesIO(make.pdf("Nieuwe tekst")), "nieuw.pdf") as intake:
        actions.put_bytes(replaced, intake)
        replaced.save()

    assert not fresh(stored).is_available
    jobs.drain()
    assert fresh(stored).is_available
    assert [page.text for page in FilePage.objects.filter(document=stored)] == ["Nieuwe tekst"]
    assert Entry.objects.filter(action="files.replace").exists()


# --- Case data -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name", [f"dossier-{BSN}.pdf", f"dossier.{BSN}.pdf", f"BSN{BSN}.pdf", f"({BSN})-kopie.pdf"]
)
def test_a_number_between_other_signs_of_a_file_name_is_found_too(team: Any, name: str) -> None:
    with pytest.raises(RefusedError, match="bestandsnaam"):
        store(team[Role.EDITOR], name=name)


@pytest.mark.parametrize(
    "name", ["nota-2024-11-12.pdf", "kenmerk-123456782.pdf", "verslag_v1.2.pdf", "IMG_20241112.pdf"]
)
def test_an_ordinary_file_name_is_let_through(team: Any, name: str) -> None:
    assert store(team[Role.EDITOR], name=name).original_name == name


def test_a_number_in_the_metadata_does_not_hide_behind_another_title(team: Any) -> None:
    with pytest.raises(RefusedError, match="eigenschappen") as refused:
        store(team[Role.EDITOR], make.pdf("x", info={"Title": f"Verdachte {BSN}"}))
    assert BSN not in refused.value.reason
    assert not Document.objects.exists()


def test_a_file_name_with_a_citizen_number_is_refused_without_repeating_it(team: Any) -> None:
    with pytest.raises(RefusedError) as refused:
        store(team[Role.EDITOR], name=f"dossier_{BSN}.pdf")

    assert "bestandsnaam" in refused.value.reason
    assert BSN not in refused.value.reason


@pytest.mark.parametrize(
    "text", [f"verdachte {BSN}", "kenteken 12-BB-34", "rekening NL91ABNA0417164300"]
)
def test_case_data_in_the_text_holds_the_file_for_an_editor(team: Any, text: str) -> None:
    stored = store(team[Role.EDITOR], make.pdf("Verslag", text))
    jobs.drain()

    assert fresh(stored).is_held
    assert not fresh(stored).is_available
    held = Hold.objects.get()
    assert (held.target, held.author) == (stored, team[Role.EDITOR])


def test_the_number_is_in_no_log_job_or_screen(
    team: Any, sign_in: Any, caplog: pytest.LogCaptureFixture
) -> None:
    from django.db import connection

    caplog.set_level("DEBUG")
    store(team[Role.EDITOR], make.pdf(f"verdachte {BSN}"))
    jobs.drain()
    page = sign_in(team[Role.EDITOR]).get("/cms/bestanden/wachten/").content.decode()

    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(args::text, '') FROM procrastinate_jobs")
        arguments = cursor.fetchone()[0]
    assert "Vastgehouden" in page
    assert BSN not in page + arguments + caplog.text + repr(list(Entry.objects.values()))


# --- The reader hangs or dies --------------------------------------------------------------------
def test_a_file_that_cannot_be_read_stays_shut_with_a_reason_and_the_queue_moves_on(
    team: Any, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    from kpo.files import jobs as file_jobs

    settings.KPO_READING_SECONDS = 1
    bad = store(team[Role.EDITOR], make.pdf("hangt"))
    good = store(team[Role.EDITOR], b"Gewone tekst", "goed.txt")
    real = file_jobs.isolation.run

    def hang(work: str, source: Any, target: Any = None, **options: Any) -> Any:
        return real("tests.kpo.files.faults:hang" if "pdf" in work else work, source, **options)

    monkeypatch.setattr(file_jobs.isolation, "run", hang)
    jobs.drain()
    monkeypatch.undo()

    assert fresh(good).is_available
    assert fresh(bad).extraction_state == ExtractionState.FAILED
    assert "duurde te lang" in fresh(bad).state_note
    (job,) = job_failures.failed_jobs()
    assert job.label == "De tekst van een bestand lezen"

    assert actions.retry_job(actor=team[Role.ADMINISTRATOR], job_id=job.id) == job.label
    jobs.drain()
    assert fresh(bad).is_available
    assert Entry.objects.filter(action="jobs.retry").exists()


def test_reading_twice_or_late_ends_the_same(team: Any) -> None:
    from kpo.files.jobs import extract_text

    stored = store(team[Role.EDITOR], make.pdf("een", "twee"))
    extract_text.enqueue(str(stored.uuid))
    extract_text.enqueue("00000000-0000-4000-8000-000000000000")
    jobs.drain()

    assert job_failures.failed_jobs() == []
    assert stored.pages.count() == 2


# --- The scanner ---------------------------------------------------------------------------------
def infected() -> bytes:
    return b"Gewone tekst met " + SIGNATURE


def test_a_clean_file_goes_through_and_an_infected_one_stays_shut(team: Any, settings: Any) -> None:
    with clamd() as settings.KPO_CLAMD:
        clean = store(team[Role.EDITOR], b"Gewone tekst", "goed.txt")
        bad = store(team[Role.EDITOR], infected(), "fout.txt")
        assert clean.scan_state == ScanState.WAITING
        jobs.drain()

    assert fresh(clean).is_available
    assert fresh(clean).scan_state == ScanState.CLEAN
    assert fresh(bad).scan_state == ScanState.INFECTED
    assert "Kpo.Test.Signature" in fresh(bad).state_note
    assert bad.pages.count() == 0
    assert Entry.objects.filter(action="files.infected").count() == 1


@pytest.mark.parametrize("mood", [Mood.HANGS, Mood.DIES, Mood.BABBLES, Mood.REFUSES])
def test_a_scanner_without_a_verdict_keeps_the_file_shut_and_is_asked_again(
    team: Any, settings: Any, mood: Mood
) -> None:
    settings.KPO_CLAMD_SECONDS = 1
    with clamd(mood) as settings.KPO_CLAMD:
        stored = store(team[Role.EDITOR], b"Gewone tekst", "a.txt")
        jobs.drain()
        assert fresh(stored).scan_state == ScanState.WAITING
        assert "virusscanner" in fresh(stored).state_note

    with clamd() as settings.KPO_CLAMD:
        make_due()
        jobs.drain()
    assert fresh(stored).is_available


def test_an_absent_scanner_ends_in_a_failed_job_that_can_be_retried(
    team: Any, settings: Any
) -> None:
    settings.KPO_CLAMD = "unix:/nergens/clamd.ctl"
    stored = store(team[Role.EDITOR], b"Gewone tekst", "a.txt")
    for _ in range(len(jobs.BACK_OFF) + 1):
        jobs.drain()
        make_due()

    (job,) = job_failures.failed_jobs()
    assert job.label == "Een bestand op virussen scannen"
    assert "virusscanner geeft geen antwoord" in job.explanation
    assert not fresh(stored).is_available


def test_without_a_scanner_an_upload_waits_for_an_administrator(team: Any, settings: Any) -> None:
    settings.KPO_RELEASE_UNSCANNED = False
    stored = store(team[Role.EDITOR], b"Gewone tekst", "a.txt")
    jobs.drain()
    assert fresh(stored).scan_state == ScanState.UNSCANNED
    assert not fresh(stored).is_available

    with pytest.raises(PermissionDenied):
        release(team[Role.EDITOR], stored)
    release(team[Role.ADMINISTRATOR], stored)
    jobs.drain()
    assert fresh(stored).is_available
    with pytest.raises(ValidationError):
        release(team[Role.ADMINISTRATOR], stored)


def release(actor: User, stored: Document) -> None:
    file = fresh(stored)
    seen = actions.mark_of_bytes(file)
    actions.release_unscanned(actor=actor, file=file, reason="Gezien", seen=seen)


def test_an_operators_import_is_a_release_but_not_around_a_scanner(settings: Any) -> None:
    settings.KPO_RELEASE_UNSCANNED = False
    assert store(None, b"Gewone tekst", "a.txt").scan_state == ScanState.RELEASED
    settings.KPO_CLAMD = "tcp:127.0.0.1:1"
    assert store(None, b"Andere tekst", "b.txt").scan_state == ScanState.WAITING


# --- Later ---------------------------------------------------------------------------------------
def test_an_audience_is_changed_by_who_holds_both(team: Any) -> None:
    stored = store(team[Role.EDITOR])
    actions.change_audience(actor=team[Role.EDITOR], file=stored, audience="public")

    assert fresh(stored).audience == "public"
    entry = Entry.objects.get(action="files.change_audience")
    assert entry.details == {"before": "accounts", "after": "public"}
    with pytest.raises(PermissionDenied):
        actions.change_audience(
            actor=team[Role.EDITOR],
            file=stored,
            audience="circle:33333333-3333-4333-8333-333333333333",
        )


def test_only_an_administrator_retries_jobs(team: Any) -> None:
    with pytest.raises(PermissionDenied):
        actions.retry_job(actor=team[Role.EDITOR], job_id=1)
    assert actions.retry_job(actor=team[Role.ADMINISTRATOR], job_id=1) is None
