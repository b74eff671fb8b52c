"""Files in the states that tests need, and real files of every sort, made on the spot."""

from __future__ import annotations

import io
import itertools
import struct
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import docx
import odfdo
import openpyxl
import pikepdf
import pptx
from django.core.files.base import ContentFile
from PIL import Image as Picture

from kpo.files.models import Document, FilePage, Image
from kpo.files.states import ExtractionState, ScanState
from kpo.files.storage import BlobStorage, sha256_of

_numbers = itertools.count(1)


# --- Rows ----------------------------------------------------------------------------------------
def document(
    *,
    audience: str = "accounts",
    content: bytes = b"",
    original_name: str = "notitie.txt",
    media_type: str = "text/plain",
    pages: tuple[str, ...] = (),
    **fields: Any,
) -> Document:
    """A document that can be opened, with these bytes and pages; states are given as fields."""
    stored = Document(
        audience=audience,
        original_name=original_name,
        media_type=media_type,
        **_states(content or f"Inhoud {next(_numbers)}".encode(), fields),
    )
    stored.save()
    FilePage.objects.bulk_create(
        FilePage(document=stored, number=number, text=text)
        for number, text in enumerate(pages, start=1)
    )
    return stored


def image(*, audience: str = "accounts", original_name: str = "foto.png", **fields: Any) -> Image:
    number = next(_numbers)
    content = png(size=(40, 30), color=(number % 250, 100, 100))
    stored = Image(
        audience=audience,
        original_name=original_name,
        media_type="image/png",
        **_states(content, fields),
    )
    stored.save()
    return stored


def _states(content: bytes, fields: dict[str, Any]) -> dict[str, Any]:
    body = ContentFile(content)
    digest = sha256_of(body)
    return {
        "title": f"Bestand {next(_numbers)}",
        "file": BlobStorage().save(None, body),
        "file_size": len(content),
        "content_hash": digest,
        "source_hash": digest,
        "scan_state": ScanState.CLEAN,
        "extraction_state": ExtractionState.DONE,
    } | fields


# --- Bytes ---------------------------------------------------------------------------------------
def pdf(*texts: str, author: str = "", **extra: Any) -> bytes:
    """A PDF with one page per text; `author` and a title may stand in its metadata."""
    made = pikepdf.new()
    for text in texts or ("",):
        _add_page(made, text)
    if author:
        with made.open_metadata() as metadata:
            metadata["dc:creator"] = [author]
        made.docinfo["/Author"] = author
    for key, value in extra.get("info", {}).items():
        made.docinfo[f"/{key}"] = value
    return _saved(made, **extra.get("save", {}))


def _add_page(made: pikepdf.Pdf, text: str) -> None:
    made.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    lines = "".join(
        f"({line.replace('(', '[').replace(')', ']')}) Tj 0 -16 Td " for line in text.splitlines()
    )
    page = made.pages[-1]
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = made.make_stream(f"BT /F1 12 Tf 60 780 Td {lines} ET".encode("cp1252"))


def _saved(made: pikepdf.Pdf, **options: Any) -> bytes:
    stream = io.BytesIO()
    made.save(stream, **options)
    return stream.getvalue()


def scripted_pdf() -> bytes:
    made = pikepdf.new()
    _add_page(made, "Klik")
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    return _saved(made)


def pdf_with_attachment() -> bytes:
    made = pikepdf.new()
    _add_page(made, "Zie bijlage")
    made.attachments["virus.exe"] = b"MZ"
    return _saved(made)


def encrypted_pdf(*, user: str = "geheim") -> bytes:
    return pdf("Geheim", save={"encryption": pikepdf.Encryption(user=user, owner="baas")})


def docx_file(
    *paragraphs: tuple[str, str], author: str = "", title: str = "", modified: str = ""
) -> bytes:
    """A Word file; a paragraph is a pair of style and text, such as ("Heading 1", "Aanpak")."""
    made = docx.Document()
    made.core_properties.author = author
    made.core_properties.last_modified_by = author
    made.core_properties.title = title
    if modified:
        made.core_properties.modified = datetime.fromisoformat(modified)
    for style, text in paragraphs:
        made.add_paragraph(text, style=style)
    return _stream(made)


def odt_file(*paragraphs: tuple[int, str], author: str = "", title: str = "") -> bytes:
    """An ODT; a paragraph is a pair of heading level (0 for text) and text."""
    made = odfdo.Document("text")
    made.body.clear()
    made.meta.title = title
    made.meta.creator = author
    for level, text in paragraphs:
        made.body.append(odfdo.Header(level, text) if level else odfdo.Paragraph(text))
    return _stream(made)


def pptx_file(*slides: tuple[str, str]) -> bytes:
    """A presentation; a slide is a pair of title and text."""
    made = pptx.Presentation()
    for title, text in slides:
        slide = made.slides.add_slide(made.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = text
    return _stream(made)


def xlsx_file(sheets: Mapping[str, list[list[Any]]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return _stream(made)


def ods_file(name: str, rows: list[list[Any]]) -> bytes:
    made = odfdo.Document("spreadsheet")
    made.body.clear()
    table = odfdo.Table(name)
    table.set_values(rows)
    made.body.append(table)
    return _stream(made)


def _stream(made: Any) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def png(
    *, size: tuple[int, int] = (20, 10), color: Any = "teal", form: str = "PNG", **options: Any
) -> bytes:
    stream = io.BytesIO()
    Picture.new("RGB", size, color).save(stream, format=form, **options)
    return stream.getvalue()


def noise(*, form: str = "PNG") -> bytes:
    """A picture that does not compress, so that a part of it is really a part."""
    stream = io.BytesIO()
    Picture.effect_noise((120, 120), 80).save(stream, format=form)
    return stream.getvalue()


def photo(*, form: str = "JPEG") -> bytes:
    """A picture with a maker and a place in its EXIF, lying on its side."""
    exif = Picture.Exif()
    exif[0x013B] = "Fotograaf Jansen"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    return png(size=(40, 20), form=form, exif=exif)


def zipped(parts: Mapping[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def repacked(office: bytes, add: Mapping[str, bytes]) -> bytes:
    """An Office file with parts added or replaced."""
    with zipfile.ZipFile(io.BytesIO(office)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped(parts | dict(add))


def overlapping_zip(office: bytes, *, copies: int = 50) -> bytes:
    """The directory of an Office file with many names for the bytes of its largest part."""
    with zipfile.ZipFile(io.BytesIO(office)) as archive:
        largest = max(archive.infolist(), key=lambda entry: entry.file_size)
    stream = io.BytesIO(office)
    with zipfile.ZipFile(stream, "a") as archive:
        for number in range(copies):
            entry = zipfile.ZipInfo(f"word/deel{number}.xml")
            for field in ("header_offset", "compress_size", "file_size", "CRC", "compress_type"):
                setattr(entry, field, getattr(largest, field))
            archive.filelist.append(entry)
            archive.NameToInfo[entry.filename] = entry
        archive._didModify = True
    return stream.getvalue()


def mp4(*, location: str = "", tail: bytes = b"") -> bytes:
    """The boxes of an MP4 without pictures; `location` as a phone writes it."""

    def box(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content) + 8) + name + content

    told = box(b"udta", box(b"\xa9xyz", location.encode())) if location else b""
    movie = box(b"moov", box(b"mvhd", bytes(100)) + told)
    return box(b"ftyp", b"isom\0\0\2\0isomiso2") + movie + box(b"mdat", b"beeld" * 100) + tail


def webm(*, encoder: str = "") -> bytes:
    """The elements of a WebM without pictures; `encoder` stands in its tags."""

    def element(name: bytes, content: bytes) -> bytes:
        return name + (0x0100000000000000 | len(content)).to_bytes(8, "big") + content

    head = element(b"\x1a\x45\xdf\xa3", element(b"\x42\x82", b"webm"))
    tags = element(b"\x12\x54\xc3\x67", encoder.encode().ljust(20)) if encoder else b""
    cluster = element(b"\x1f\x43\xb6\x75", b"beeld" * 50)
    return head + element(b"\x18\x53\x80\x67", tags + cluster)
