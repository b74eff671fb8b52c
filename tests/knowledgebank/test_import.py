"""Documents come in by the folder: recognized, reported, resumable and, if asked, published."""

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from knowledgebank.importing import find_files, run
from knowledgebank.importing.metadata import best_date, guess_kind
from knowledgebank.models import KnowledgeDocument
from knowledgebank.vocabulary import DocumentKind
from kpo import jobs
from kpo.audit.models import Entry
from kpo.casedata import actions as casedata
from kpo.casedata.models import Hold
from kpo.files.models import Document
from kpo.people.roles import Role
from tests.factories import files as make
from tests.factories.pages import theme_page

BSN = "123456782"
OPTIONS = run.Options(audience="accounts", publish=True)
pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "stukken"
    (folder / "onder").mkdir(parents=True)
    (folder / "verslag.pdf").write_bytes(
        make.pdf("Eerste blad", "Tweede blad", info={"Title": "Jaarverslag 2023"})
    )
    (folder / "plan.docx").write_bytes(
        make.docx_file(("Title", "Plan van aanpak"), ("Normal", "Tekst"), modified="2024-05-06")
    )
    (folder / "onder" / "brief_aan_raad.odt").write_bytes(
        make.odt_file((1, "Handreiking Bibob"), (0, "Tekst"))
    )
    (folder / ".verborgen.txt").write_text("niet voor import")
    return folder


class Run:
    """One run of the command: what it said and whether it failed."""

    def __init__(self, *arguments: Any) -> None:
        out = StringIO()
        self.code = 0
        try:
            call_command("import_documents", *map(str, arguments), stdout=out)
        except SystemExit as stop:
            self.code = int(stop.code or 0)
        self.said = out.getvalue()


def test_a_folder_becomes_draft_pages_for_accounts(folder: Path) -> None:
    run = Run(folder)

    assert run.code == 0
    assert "3 bestanden: 3 geïmporteerd." in run.said
    pages = {page.title: page for page in KnowledgeDocument.objects.all()}
    assert set(pages) == {"Jaarverslag 2023", "Plan van aanpak", "Handreiking Bibob"}
    assert {page.audience for page in pages.values()} == {"accounts"}
    assert not any(page.live for page in pages.values())
    assert "verslag.pdf (Jaarverslag 2023: 2 pagina's)" in run.said


def test_title_date_and_kind_come_from_the_document(folder: Path) -> None:
    Run(folder)
    report = KnowledgeDocument.objects.get(title="Jaarverslag 2023")
    plan = KnowledgeDocument.objects.get(title="Plan van aanpak")
    guide = KnowledgeDocument.objects.get(title="Handreiking Bibob")

    assert (report.dated_on, report.kind) == (date(2023, 1, 1), DocumentKind.REPORT)
    assert plan.dated_on == date(2024, 5, 6)
    assert guide.slug == "handreiking-bibob"
    assert plan.files.get().document.title == "Plan van aanpak"


def test_published_means_readable_and_in_the_log(folder: Path) -> None:
    run = Run(folder, "--publish")

    assert run.code == 0
    for page in KnowledgeDocument.objects.all():
        assert page.live
        assert page.review_state == "unreviewed"
        assert page.files.get().document.is_available
    assert Entry.objects.filter(action="knowledgebank.import", via="command").count() == 3
    assert Entry.objects.filter(action="knowledgebank.publish_import").count() == 3
    assert jobs.pending(queue="search") == 0


def test_a_second_run_recognizes_everything_and_publishes_what_was_not(folder: Path) -> None:
    Run(folder)
    second = Run(folder, "--publish")

    assert "3 staat er al" in second.said
    assert KnowledgeDocument.objects.count() == Document.objects.count() == 3
    assert all(page.live for page in KnowledgeDocument.objects.all())
    assert "3 staat er al" in Run(folder, "--publish").said


def test_what_an_editor_wrote_in_the_meantime_is_what_gets_published(folder: Path) -> None:
    Run(folder)
    page = KnowledgeDocument.objects.get(title="Plan van aanpak")
    page.summary = "Door een redacteur geschreven."
    page.save_revision()
    Run(folder, "--publish")
    page.refresh_from_db()

    assert page.live
    assert page.summary == "Door een redacteur geschreven."


def test_equal_content_under_two_names_is_one_document(folder: Path) -> None:
    (folder / "kopie.pdf").write_bytes((folder / "verslag.pdf").read_bytes())
    run = Run(folder)

    assert "3 geïmporteerd, 1 staat er al" in run.said
    assert KnowledgeDocument.objects.count() == 3


def test_a_run_that_was_cut_off_is_finished_by_the_next(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(taken: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "_wait_for_text", cut_off)
    stopped = Run(folder, "--publish")
    monkeypatch.undo()
    resumed = Run(folder, "--publish")

    assert stopped.code == 130
    assert "3 bestanden: niets te doen." in stopped.said
    assert resumed.code == 0
    assert sorted(page.title for page in KnowledgeDocument.objects.filter(live=True)) == [
        *("Handreiking Bibob", "Jaarverslag 2023", "Plan van aanpak")
    ]


def test_what_is_refused_is_named_with_the_reason_and_the_rest_goes_on(folder: Path) -> None:
    (folder / "virus.exe").write_bytes(b"MZ")
    (folder / "dicht.pdf").write_bytes(make.encrypted_pdf())
    run = Run(folder, folder / "bestaat-niet.pdf")

    assert run.code == 1
    assert "geweigerd     virus.exe (Bestanden met de extensie .exe" in run.said
    assert "geweigerd     dicht.pdf (De pdf is beveiligd met een wachtwoord." in run.said
    assert "geweigerd     bestaat-niet.pdf (Niet te lezen" in run.said
    assert "3 geïmporteerd" in run.said
    assert KnowledgeDocument.objects.count() == 3


def test_case_data_holds_a_document_back_and_a_decision_lets_it_through(
    folder: Path, team: Any
) -> None:
    (folder / "notitie.txt").write_text(f"verdachte {BSN}")
    run = Run(folder, "--publish")

    assert run.code == 1
    assert "vastgehouden" in run.said
    assert BSN not in run.said
    page = KnowledgeDocument.objects.get(title="notitie")
    assert not page.live

    casedata.release(actor=team[Role.EDITOR], held=Hold.objects.get(), reason="Verzonnen nummer")
    assert Run(folder, "--publish").code == 0
    page.refresh_from_db()
    assert page.live


def test_a_number_in_a_file_name_is_refused_and_not_repeated(tmp_path: Path) -> None:
    path = tmp_path / f"dossier {BSN}.txt"
    path.write_text("Tekst")
    run = Run(path)

    assert run.code == 1
    assert "bestandsnaam" in run.said
    assert BSN not in run.said


def test_the_options_end_up_on_the_page(folder: Path, team: Any) -> None:
    theme = theme_page(title="Vastgoed", slug="vastgoed")
    owner = team[Role.EDITOR]
    Run(
        *(folder / "verslag.pdf", "--kind", "factsheet", "--theme", "vastgoed"),
        *("--audience", "public", "--owner", owner.email, "--publish"),
    )
    page = KnowledgeDocument.objects.get()

    assert (page.kind, page.audience, page.responsible) == ("factsheet", "public", owner)
    assert list(page.themes.all()) == [theme]
    assert page.files.get().document.audience == "public"
    assert page.files.get().document.uploaded_by_user == owner


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--audience", "iedereen"], "Onbekend publiek"),
        (["--audience", "circle:55555555-5555-4555-8555-555555555555"], "Onbekend publiek"),
        (["--audience", "nobody", "--publish"], "Wat niemand mag lezen"),
        (["--theme", "bestaat-niet"], "Onbekend thema: bestaat-niet"),
        (["--owner", "niemand@voorbeeld.nl"], "geen actief account"),
    ],
)
def test_an_option_that_makes_no_sense_stops_before_anything_comes_in(
    folder: Path, arguments: list[str], sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        Run(folder, *arguments)
    assert not Document.objects.exists()


def test_an_operator_needs_no_scanner_and_no_release(folder: Path, settings: Any) -> None:
    settings.KPO_RELEASE_UNSCANNED = False

    assert Run(folder, "--publish").code == 0
    assert KnowledgeDocument.objects.filter(live=True).count() == 3


def test_files_are_found_once_in_order_and_links_are_not_followed(folder: Path) -> None:
    (folder / "link.pdf").symlink_to(folder / "verslag.pdf")
    names = [path.name for path in find_files([folder / "verslag.pdf", folder])]

    assert names == ["verslag.pdf", "brief_aan_raad.odt", "plan.docx"]


@pytest.mark.parametrize(
    ("metadata", "title", "expected"),
    [
        (date(2024, 3, 1), "Handreiking", date(2024, 3, 1)),
        (date(2026, 11, 22), "Jaarverslag 2023", date(2023, 1, 1)),
        (date(2023, 6, 1), "Jaarverslag 2023", date(2023, 6, 1)),
        (None, "Besluit van 12 november 2024", date(2024, 11, 12)),
        (None, "Besluit van 31 februari 2024", None),
        (None, "Plan 2022-2026", date(2026, 1, 1)),
        (None, "Nota 12345", None),
    ],
)
def test_the_best_date_is_the_one_on_the_document(
    metadata: date | None, title: str, expected: date | None
) -> None:
    assert best_date(metadata, title) == expected


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Handreiking vakantieparken", DocumentKind.GUIDE),
        ("Barrièremodel mensenhandel", DocumentKind.BARRIER_MODEL),
        ("Jaarverslag RIEC", DocumentKind.REPORT),
        ("Iets anders", DocumentKind.REPORT),
    ],
)
def test_a_kind_is_guessed_by_a_word_in_the_title(title: str, kind: DocumentKind) -> None:
    assert guess_kind(title) == kind
