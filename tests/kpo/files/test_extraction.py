"""Text per page or section, with headings and anchors, from every sort of file."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Picture

from kpo.files.extraction import office, pdf, plain_text
from kpo.files.extraction.sections import Section, sections_of, tidy
from tests.factories import files as make


def write(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "bron"
    path.write_bytes(content)
    return path


def pairs(sections: list[Section]) -> list[tuple[str, str]]:
    return [(section["heading"], section["text"]) for section in sections]


def test_a_pdf_gives_one_section_per_page_and_a_picture_of_the_first(tmp_path: Path) -> None:
    source = write(tmp_path, make.pdf("Eerste blad", "", "Derde blad\nmet twee regels"))
    sections = pdf.extract(source, tmp_path / "voorbeeld.png")

    texts = [section["text"] for section in sections]
    assert texts[0] == "Eerste blad"
    assert texts[1] == ""
    assert "Derde blad" in texts[2]
    assert "met twee regels" in texts[2]
    with Picture.open(tmp_path / "voorbeeld.png") as picture:
        assert picture.width == pdf.PREVIEW_WIDTH


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("geld\ufffestromen", "geldstromen"),
        ("Noord\ufffeNederland", "Noord-Nederland"),
        ("2022\ufffe2026", "2022-2026"),
    ],
)
def test_a_word_divided_at_the_end_of_a_line_is_mended(read: str, meant: str) -> None:
    assert pdf._DIVIDED.sub("", read).replace("\ufffe", "-") == meant


def test_a_word_file_gives_a_section_per_heading_with_tables_in_place(tmp_path: Path) -> None:
    made = make.docx_file(
        ("Title", "Het verslag"),
        ("Normal", "Inleiding"),
        ("Heading 1", "Aanpak"),
        ("Normal", "Wat we deden"),
        ("Heading 2", "Aanpak"),
        ("Normal", "Nog iets"),
    )
    sections = office.extract(write(tmp_path, made), extension="docx")

    assert pairs(sections) == [
        ("Het verslag", "Inleiding"),
        ("Aanpak", "Wat we deden"),
        ("Aanpak", "Nog iets"),
    ]
    assert [section["anchor"] for section in sections] == ["het-verslag", "aanpak", "aanpak-2"]


def test_an_odt_gives_a_section_per_heading(tmp_path: Path) -> None:
    made = make.odt_file((0, "Vooraf"), (1, "Coöperatie & één"), (0, "Tekst"))
    sections = office.extract(write(tmp_path, made), extension="odt")

    assert pairs(sections) == [("", "Vooraf"), ("Coöperatie & één", "Tekst")]
    assert sections[1]["anchor"] == "cooperatie-een"


def test_a_presentation_gives_a_section_per_slide(tmp_path: Path) -> None:
    made = make.pptx_file(("Doel", "Minder ondermijning"), ("", "Slot"))
    sections = office.extract(write(tmp_path, made), extension="pptx")

    assert pairs(sections) == [("Dia 1: Doel", "Minder ondermijning"), ("Dia 2", "Slot")]


@pytest.mark.parametrize("extension", ["xlsx", "ods"])
def test_a_workbook_gives_a_section_per_sheet(tmp_path: Path, extension: str) -> None:
    rows = [["Gemeente", "Zaken"], ["Ergens", 3]]
    made = make.xlsx_file({"2024": rows}) if extension == "xlsx" else make.ods_file("2024", rows)
    sections = office.extract(write(tmp_path, made), extension=extension)

    assert pairs(sections) == [("Blad 2024", "Gemeente | Zaken\nErgens | 3")]


@pytest.mark.parametrize(
    ("extension", "text", "expected"),
    [
        ("txt", "Een\n\nTwee", [("", "Een\nTwee")]),
        ("csv", "a;b\n1;2", [("", "a;b\n1;2")]),
        (
            "md",
            "Vooraf\n# Kop #\nTekst\n## Sub\nMeer",
            [("", "Vooraf"), ("Kop", "Tekst"), ("Sub", "Meer")],
        ),
        ("vtt", "WEBVTT\n\n1\n00:01.000 --> 00:02.000\nHallo daar", [("", "Hallo daar")]),
        ("txt", "", []),
    ],
)
def test_text_files_give_their_words(
    tmp_path: Path, extension: str, text: str, expected: list[tuple[str, str]]
) -> None:
    source = write(tmp_path, text.encode())

    assert pairs(plain_text.extract(source, extension=extension)) == expected


def test_a_long_text_without_headings_is_cut_between_paragraphs() -> None:
    lines: list[Any] = [{"level": 0, "text": f"Alinea {n} " + "woord " * 100} for n in range(50)]
    sections = sections_of(lines)

    assert len(sections) > 3
    assert all(len(section["text"]) <= 7_000 for section in sections)
    assert len({section["anchor"] for section in sections}) == len(sections)


@given(st.text())
def test_tidied_text_can_be_stored(text: str) -> None:
    tidied = tidy(text)

    assert "\x00" not in tidied
    assert tidied.encode("utf-8").decode() == tidied


@given(st.lists(st.fixed_dictionaries({"level": st.integers(0, 3), "text": st.text(max_size=50)})))
def test_anchors_are_unique_and_fit_in_an_address(lines: list[Any]) -> None:
    anchors = [section["anchor"] for section in sections_of(lines)]

    assert len(set(anchors)) == len(anchors)
    assert all(anchor.isascii() and " " not in anchor for anchor in anchors)
