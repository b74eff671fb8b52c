"""The texts of the demo: whole, linked, written once and in one spelling."""

import json
import re
from collections import Counter
from typing import Any

import pytest

from knowledgebank.blocks import (
    BodyBlocks,
    InterventionBlock,
    ManifestationBlock,
    SignalBlock,
    StageBlock,
)
from knowledgebank.demo import content as demo_content
from knowledgebank.demo.builders import BUILDERS, build, paper_of
from knowledgebank.demo.content import FOLDER, Written, load
from knowledgebank.demo.markdown import Bullets, Heading, Paragraph, Table, parse, plain, to_html
from knowledgebank.demo.streams import body
from knowledgebank.vocabulary import DocumentKind, Partner, Significance, Weight
from kpo.casedata.guard import find_case_data
from kpo.files.names import kind_by_name
from kpo.people import tokens
from kpo.people.choices import Kind, Region, Sector
from kpo.people.roles import Role

CONTENT = load()
THEMES = sorted(CONTENT.themes)
DOCUMENTS = {text.slug: text for text in CONTENT.documents}
WRITTEN = [*CONTENT.documents, *CONTENT.practices, *CONTENT.pages, *CONTENT.news]
FULL = {"vakantieparken", "vastgoed", "buitengebied"}
SOURCES = sorted(path for path in FOLDER.rglob("*") if path.suffix in {".md", ".yaml"})

# Left: how it may not be written here. Right: how it is.
SPELLING = {
    r"barriere(?!model)\w*": "barrière",
    r"barri[eè]re model": "barrièremodel",
    r"vakantie park\w*": "vakantiepark",
    r"bedrijven terrein\w*": "bedrijventerrein",
    r"RIECs|RIEC's'": "RIEC's",
    r"WGS|W\.g\.s\.": "Wgs",
    r"WWFT|wwft": "Wwft",
    r"BIBOB": "Bibob",
    r"PGB|Pgb": "pgb",
    r"BOA\b": "boa",
    r"(?<![\w@.-])email\b(?!:)|E-mail": "e-mail",
    r"\b[Uu]w?\b": "je",
    r"gemeentenraad": "gemeenteraad",
    r"openbaar ministerie": "Openbaar Ministerie",
    r"politieagenten": "politie",
    r"drugs lab\w*|drugs afval": "drugslab, drugsafval",
    r"cliente?n?onderzoek|client\b": "cliënt",
    r"coordinator (?!@)": "coördinator",
    r"een één|\bt\.b\.v\.|\bd\.m\.v\.|\bi\.v\.m\.|\bm\.b\.t\.": "voluit schrijven",
    r"middels|teneinde|inzake |omtrent ": "een gewoon woord",
}
# Names of laws keep their own words.
LAW_NAMES = ("Algemene wet inzake rijksbelastingen", "erklaring omtrent het gedrag")


def words_of(text: Written) -> int:
    return len(text.text.split())


def test_there_are_forty_documents_of_eleven_kinds() -> None:
    assert len(CONTENT.documents) == 40
    kinds = {text.head["kind"] for text in CONTENT.documents}
    assert kinds <= set(DocumentKind.values)
    assert len(kinds) == 11


def test_there_are_about_a_dozen_themes_and_three_are_full() -> None:
    assert len(THEMES) == 13
    sections = {"videos", "experts", "barrier_model", "signals_intro"}
    assert {slug for slug in THEMES if sections <= set(CONTENT.themes[slug])} == FULL


@pytest.mark.parametrize("slug", sorted(DOCUMENTS))
def test_a_document_has_enough_text_to_use(slug: str) -> None:
    assert 300 <= words_of(DOCUMENTS[slug]) <= 950


def test_no_two_texts_share_a_paragraph() -> None:
    paragraphs = Counter(
        plain(line)
        for text in (*WRITTEN, *CONTENT.attachments)
        for block in text.blocks
        for line in lines_of(block)
    )
    long = {line: count for line, count in paragraphs.items() if len(line) > 60}
    assert [line for line, count in long.items() if count > 1] == []


def lines_of(block: Any) -> list[Any]:
    if isinstance(block, Paragraph):
        return [block.line]
    if isinstance(block, Bullets):
        return list(block.items)
    return [cell for row in block.rows for cell in row] if isinstance(block, Table) else []


@pytest.mark.parametrize("text", WRITTEN, ids=lambda text: text.slug)
def test_what_a_text_names_exists(text: Written) -> None:
    head = text.head
    assert set(head.get("themes", [])) <= set(THEMES)
    assert set(head.get("regions", [])) <= set(Region.values)
    assert head.get("organisation", "kenniscentrum") in CONTENT.organisations
    assert text.audience in tokens.FIXED or text.audience.removeprefix("circle:") in CONTENT.circles
    assert all(cited.label for cited in text.citations)


@pytest.mark.parametrize("slug", sorted(DOCUMENTS))
def test_a_document_can_be_stored_in_its_format(slug: str) -> None:
    extension = DOCUMENTS[slug].head["format"]
    assert extension in BUILDERS
    assert kind_by_name(f"{slug}.{extension}").extension == extension
    assert len(DOCUMENTS[slug].summary) <= 500


@pytest.mark.parametrize("text", CONTENT.attachments, ids=lambda text: text.slug)
def test_an_attachment_belongs_to_a_document_and_an_earlier_version_is_older(text: Written) -> None:
    main = DOCUMENTS[text.head["document"]]
    assert text.head["format"] in BUILDERS
    if text.head.get("superseded"):
        assert (text.dated_on, text.head["version"]) < (main.dated_on, main.head["version"])
    else:
        assert text.dated_on == main.dated_on


@pytest.mark.parametrize("slug", THEMES)
def test_a_theme_fits_the_page_it_becomes(slug: str) -> None:
    theme = CONTENT.themes[slug]
    assert len(theme["summary"]) <= 500
    assert 1 <= len(theme["in_short"]) <= 4
    assert all(len(point) <= 160 for point in theme["in_short"])
    assert len(theme.get("signals_intro", "")) <= 300
    assert len(theme.get("barrier_model", {}).get("intro", "")) <= 300
    fits(ManifestationBlock(), theme["manifestations"])
    fits(SignalBlock(), theme["signals"])
    fits(InterventionBlock(), theme["interventions"], but={"document", "weight"})
    fits(StageBlock(), theme.get("barrier_model", {}).get("stages", []), but={"barriers"})


def fits(
    block: Any, rows: list[dict[str, Any]], but: frozenset[str] | set[str] = frozenset()
) -> None:
    for row in rows:
        assert set(row) <= set(block.child_blocks)
        for name, child in block.child_blocks.items():
            if name not in but:
                child.clean(row.get(name, ""))


@pytest.mark.parametrize("slug", THEMES)
def test_what_a_theme_names_exists(slug: str) -> None:
    theme = CONTENT.themes[slug]
    people = {person["email"] for person in CONTENT.people}
    assert theme["owner"] in people
    assert {row["person"] for row in theme.get("experts", [])} <= people
    assert {row["by"] for row in theme["changes"]} <= set(CONTENT.organisations)
    assert {row["significance"] for row in theme["changes"]} <= set(Significance.values)
    assert all(len(row["text"]) <= 240 for row in theme["changes"])
    assert {row["weight"] for row in theme["interventions"]} <= set(Weight.values)
    videos = [row["file"] for row in theme.get("videos", [])]
    assert all(demo_content.video_file(name, "webm").exists() for name in videos)
    assert all(demo_content.video_file(name, "vtt").exists() for name in videos)
    linked = {row["document"] for row in theme["interventions"] if "document" in row}
    assert linked <= set(DOCUMENTS)


def test_barriers_are_described_once_and_shared() -> None:
    described = [
        row["key"]
        for theme in CONTENT.themes.values()
        for row in demo_content.barrier_rows(theme)
        if "title" in row
    ]
    assert sorted(described) == sorted(CONTENT.barriers)
    assert all(
        set(barrier["partners"]) <= set(Partner.values) for barrier in CONTENT.barriers.values()
    )
    used = Counter(
        row["key"] for theme in CONTENT.themes.values() for row in demo_content.barrier_rows(theme)
    )
    assert used.most_common(1)[0][1] > 1


def test_people_and_organisations_are_of_known_sorts() -> None:
    for facts in CONTENT.organisations.values():
        assert facts["kind"] in Kind.values
        assert facts["sector"] in Sector.values
        assert facts["region"] in Region.values
        assert all(domain.endswith(".example") for domain in facts["domains"])
    kinds = {facts["kind"] for facts in CONTENT.organisations.values()}
    assert kinds == set(Kind.values)
    for facts in CONTENT.people:
        domain = facts["email"].rpartition("@")[2]
        assert domain in CONTENT.organisations[facts["organisation"]]["domains"]


def test_every_role_has_a_person() -> None:
    held = {role for person in CONTENT.people for role in person["roles"]}
    assert held == set(Role) - {Role.READER}
    assert [person["roles"] for person in CONTENT.people].count(["administrator"]) == 2


def test_glossary_terms_fit_and_stand_once() -> None:
    terms = [facts["term"] for facts in CONTENT.terms]
    assert len(terms) >= 40
    assert len(set(terms)) == len(terms)
    assert all(len(facts["meaning"]) <= 600 for facts in CONTENT.terms)
    assert all(len(facts.get("abbreviation", "")) <= 20 for facts in CONTENT.terms)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_one_spelling_is_kept(path: Any) -> None:
    text = path.read_text(encoding="utf-8")
    for name in LAW_NAMES:
        text = text.replace(name, "")
    prose = re.sub(
        r"^(kind|slug|themes|document|cites|organisation):.*$", "", text, flags=re.MULTILINE
    )
    found = {right: re.findall(wrong, prose) for wrong, right in SPELLING.items()}
    assert {right: hits for right, hits in found.items() if hits} == {}
    assert "!" not in prose


@pytest.mark.django_db
def test_no_text_holds_what_the_guard_stops() -> None:
    found = {path.name: find_case_data(path.read_text(encoding="utf-8")) for path in SOURCES}
    assert {name: findings for name, findings in found.items() if findings} == {}


@pytest.mark.parametrize("extension", sorted(BUILDERS))
def test_the_same_text_gives_the_same_bytes(extension: str) -> None:
    text = next(text for text in CONTENT.documents if text.head["format"] == extension)
    paper = paper_of(text, kind_label="Handreiking", organisation="Gemeente Lindehoven")
    assert build(extension, paper) == build(extension, paper)


def test_pages_and_practices_become_body_blocks() -> None:
    for text in (*CONTENT.practices, *CONTENT.pages, *CONTENT.news):
        raw = demo_streams(text)
        assert next(block.block_type for block in raw) in {"heading", "paragraph"}
        BodyBlocks().clean(raw)


def demo_streams(text: Written) -> Any:
    return BodyBlocks().to_python(json.loads(body(text.slug, text.blocks)))


# --- Markdown ------------------------------------------------------------------------------------
def test_markdown_is_read_into_blocks() -> None:
    blocks = parse(
        "## Kop\n\nEen **vet** en *schuin*\nwoord.\n\n- een\n  verder\n- twee\n\n1. eerst"
    )
    assert [type(block) for block in blocks] == [Heading, Paragraph, Bullets, Bullets]
    assert to_html(blocks) == (
        "<h2>Kop</h2><p>Een <b>vet</b> en <i>schuin</i> woord.</p>"
        "<ul><li>een verder</li><li>twee</li></ul><ol><li>eerst</li></ol>"
    )


def test_markdown_escapes_what_html_would_read() -> None:
    assert to_html(parse("a < b & c")) == "<p>a &lt; b &amp; c</p>"


def test_a_table_of_unequal_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="ongelijke lengte"):
        parse("| a | b |\n|---|---|\n| c |")


def test_a_table_is_refused_in_rich_text() -> None:
    with pytest.raises(ValueError, match="past niet"):
        to_html(parse("| a |\n|---|\n| b |"))
