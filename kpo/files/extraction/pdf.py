"""Text per page of a PDF, and a picture of its first page."""

import re
from pathlib import Path

import pypdfium2

from kpo.files.extraction.sections import Section, tidy

PREVIEW_WIDTH = 480
# PDFium writes U+FFFE for a hyphen at the end of a line. Before a small letter it divides a
# word; before anything else ("Noord-", "Nederland") it belongs to the word.
_DIVIDED = re.compile("\ufffe(?=[a-zà-ÿ])")


def extract(source: Path, target: Path | None = None) -> list[Section]:
    """One section per page, empty text for a page without; `target` gets a PNG of page one."""
    with pypdfium2.PdfDocument(source) as pdf:
        if target:
            _draw_first_page(pdf, target)
        return [{"heading": "", "anchor": "", "text": _text(page)} for page in pdf]


def _text(page: pypdfium2.PdfPage) -> str:
    textpage = page.get_textpage()
    try:
        return tidy(_DIVIDED.sub("", textpage.get_text_bounded()).replace("\ufffe", "-"))
    finally:
        textpage.close()
        page.close()


def _draw_first_page(pdf: pypdfium2.PdfDocument, target: Path) -> None:
    page = pdf[0]
    width, height = page.get_size()
    # A page of a metre long would cost as much memory as it has pixels.
    scale = min(PREVIEW_WIDTH / max(width, 1), 2 * PREVIEW_WIDTH / max(height, 1))
    image = page.render(scale=scale, may_draw_forms=False).to_pil()
    image.convert("RGB").save(target, format="PNG", optimize=True)
    page.close()
