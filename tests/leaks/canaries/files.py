"""Bytes with a token in them, and files that something is the matter with."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as PillowImage

from kpo.files.actions import store_document
from kpo.files.models import Document
from kpo.files.states import ExtractionState, ScanState
from kpo.people import tokens
from tests.leaks.ledger import in_cms
from tests.leaks.world import World

# Passes the 11-check, and is nobody's: the tax office gives it as an example.
CITIZEN_NUMBER = "111222333"


def pdf_with(text: str) -> SimpleUploadedFile:
    """A PDF of one page that says `text`."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(300, 300))
    page = pdf.pages[0]
    font = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = pdf.make_stream(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode())
    stored = io.BytesIO()
    pdf.save(stored)
    return SimpleUploadedFile("proef.pdf", stored.getvalue(), "application/pdf")


def picture() -> SimpleUploadedFile:
    stored = io.BytesIO()
    PillowImage.new("RGB", (40, 30), "#0a6259").save(stored, "PNG")
    return SimpleUploadedFile("proef.png", stored.getvalue(), "image/png")


def add_troubled_files(world: World, held: str) -> Callable[[], None]:
    """For everybody and for the circle: held back, not read, not scanned. None may be opened.

    Returns what brings the files in that state once the jobs have run.
    """
    unread, unscanned = [], []
    for audience in (tokens.ACCOUNTS, held):
        _troubled(world, audience, "held file", f"burgerservicenummer {CITIZEN_NUMBER}")
        unread.append(_troubled(world, audience, "unread file", ""))
        unscanned.append(_troubled(world, audience, "unscanned file", ""))

    def trouble() -> None:
        for file in unread:
            Document.objects.filter(pk=file.pk).update(
                extraction_state=ExtractionState.FAILED,
                state_note=world.ledger.token("state of a file", in_cms(file.audience)),
            )
        for file in unscanned:
            Document.objects.filter(pk=file.pk).update(scan_state=ScanState.UNSCANNED)

    return trouble


def _troubled(world: World, audience: str, what: str, text: str) -> Document:
    def new(part: str) -> str:
        return world.ledger.token(f"{part} of {what}", in_cms(audience))

    return store_document(
        actor=None,
        upload=SimpleUploadedFile("proef.txt", f"{text} {new('text')}".encode(), "text/plain"),
        name=f"{new('name')}.txt",
        audience=audience,
        title=new("title"),
    )
