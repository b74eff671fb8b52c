"""Office files are zip archives: read their directory and judge it before anything is inflated."""

import zipfile
from pathlib import PureWindowsPath
from typing import IO

from kpo.files.kinds import OOXML, Kind
from kpo.files.refusals import RefusedError

MOST_ENTRIES = 5_000
MOST_BYTES = 500 * 1024 * 1024
# A text of one repeated letter reaches 1,000; sheets full of equal cells reach about 100.
HIGHEST_RATIO = 200
RATIO_COUNTS_FROM = 10 * 1024 * 1024
LOCAL_HEADER = 30

_DAMAGED = (
    "Het bestand is beschadigd en niet te openen. Sla het opnieuw op en probeer het nog eens."
)
_SUSPECT = (
    "Het bestand is anders opgebouwd dan het hoort. Sla het opnieuw op met je eigen programma."
)
_MACROS = "In het bestand zitten macro's. Sla het op zonder macro's, bijvoorbeeld als {word}."
_ENCRYPTED = "Het bestand is beveiligd met een wachtwoord. Sla het op zonder wachtwoord."
_OLD = (
    "Dit is een bestand in een oude of beveiligde indeling. "
    "Sla het op als {word}, zonder wachtwoord."
)


def check_office(content: IO[bytes], kind: Kind) -> None:
    """
    Raises RefusedError unless this is an archive of the given kind that is safe to inflate.

    `zipfile` of Python 3.11 unpacks overlapping entries and trusts what a directory says, so
    entries, totals, ratio, overlap and paths are judged here, from the directory alone.
    """
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as archive:
            check_directory(archive)
            _check_package(archive, kind)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise RefusedError(_DAMAGED) from error
    finally:
        content.seek(0)


def check_directory(archive: zipfile.ZipFile) -> None:
    """The checks that hold for an archive of any kind; raises RefusedError."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise RefusedError(
            f"In het bestand zitten {len(entries)} onderdelen en {MOST_ENTRIES} is het hoogste."
        )
    if len({entry.filename.lower() for entry in entries}) != len(entries):
        raise RefusedError(_SUSPECT)
    for entry in entries:
        _check_entry(entry)
    _check_totals(entries)
    _check_overlap(entries)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    path = PureWindowsPath(entry.filename)
    # The original name too: zipfile cuts a name at NUL.
    if path.root or ".." in path.parts or path.drive or "\0" in entry.orig_filename:
        raise RefusedError(_SUSPECT)
    is_link = (entry.external_attr >> 16) & 0o170000 == 0o120000
    if is_link:
        raise RefusedError(_SUSPECT)
    if entry.flag_bits & 0x1:
        raise RefusedError(_ENCRYPTED)
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise RefusedError(_SUSPECT)


def _check_totals(entries: list[zipfile.ZipInfo]) -> None:
    inflated = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    too_dense = inflated > RATIO_COUNTS_FROM and inflated > HIGHEST_RATIO * max(packed, 1)
    if inflated > MOST_BYTES or too_dense:
        raise RefusedError(
            "Uitgepakt wordt het bestand zo groot dat we het niet verwerken. "
            "Maak het kleiner of splits het."
        )


def _check_overlap(entries: list[zipfile.ZipInfo]) -> None:
    """An overlapping bomb names the same bytes many times; a lying one reaches past the next."""
    end = 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        if entry.header_offset < end:
            raise RefusedError(_SUSPECT)
        name = len(entry.orig_filename.encode("utf-8" if entry.flag_bits & 0x800 else "cp437"))
        end = entry.header_offset + LOCAL_HEADER + name + entry.compress_size


# --- What kind of package it is -----------------------------------------------------------------
_MAIN_PARTS = {
    "docx": "word/document.xml",
    "pptx": "ppt/presentation.xml",
    "xlsx": "xl/workbook.xml",
}
_MACRO_PARTS = ("vbaproject", "vbadata", "/activex/", "/macrosheets/", "/dialogsheets/")
_ODF_MACRO_PARTS = ("basic/", "scripts/", "dialogs/")
_REMOTE_PARTS = (b"attachedTemplate", b"oleObject", b"subDocument", b"frame")


def _check_package(archive: zipfile.ZipFile, kind: Kind) -> None:
    names = archive.namelist()
    if kind.media_type.startswith(OOXML):
        _check_ooxml(archive, names, kind)
    else:
        _check_odf(archive, names, kind)


def _check_ooxml(archive: zipfile.ZipFile, names: list[str], kind: Kind) -> None:
    if "[Content_Types].xml" not in names or _MAIN_PARTS[kind.extension] not in names:
        raise RefusedError(wrong_kind(kind))
    types = _read(archive, "[Content_Types].xml").lower()
    lowered = [name.lower() for name in names]
    if b"macroenabled" in types or any(part in f"/{n}" for part in _MACRO_PARTS for n in lowered):
        raise RefusedError(_MACROS.format(word=kind.word))
    for name in names:
        if name.endswith(".rels"):
            _check_relations(_read(archive, name))


def _check_relations(relations: bytes) -> None:
    """A template or object that is fetched from elsewhere can bring macros along later."""
    for relation in relations.split(b"<Relationship")[1:]:
        is_external = b'TargetMode="External"' in relation
        if is_external and any(b"relationships/" + part in relation for part in _REMOTE_PARTS):
            raise RefusedError(
                "Het bestand haalt bij het openen iets op van een ander adres, zoals een sjabloon. "
                "Verbreek die koppeling en sla het opnieuw op."
            )


def _check_odf(archive: zipfile.ZipFile, names: list[str], kind: Kind) -> None:
    if "mimetype" not in names or _read(archive, "mimetype").strip() != kind.media_type.encode():
        raise RefusedError(wrong_kind(kind))
    manifest = _read(archive, "META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
    if b"encryption-data" in manifest or "encrypted-package" in names:
        raise RefusedError(_ENCRYPTED)
    if any(name.lower().startswith(_ODF_MACRO_PARTS) for name in names):
        raise RefusedError(_MACROS.format(word=kind.word))


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """A small part, whole; what the directory says of its size is not believed."""
    limit = 10 * 1024 * 1024
    with archive.open(name) as part:
        data = part.read(limit + 1)
    if len(data) > limit:
        raise RefusedError(_SUSPECT)
    return data


def wrong_kind(kind: Kind) -> str:
    return f"De extensie zegt dat dit {kind.word} is, maar de inhoud is iets anders."


def old_or_encrypted(kind: Kind) -> str:
    return _OLD.format(word=kind.word)
