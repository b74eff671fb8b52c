"""PDFs: refuses what runs or hides something, and writes the rest anew without its makers."""

from datetime import date
from pathlib import Path
from typing import Any

import pikepdf

from kpo.files.refusals import RefusedError

_SCRIPTED_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/Rendition"}
_KEPT_INFO = ("/Title", "/CreationDate")


def clean(source: Path, target: Path) -> dict[str, str | None]:
    """
    Write source to target without author, program, history, leading or trailing bytes.

    Returns {"title", "date"}: what the metadata say, date as ISO, None where they say nothing.
    """
    try:
        pdf = pikepdf.open(source)
    except pikepdf.PasswordError as error:
        raise RefusedError(
            "De pdf is beveiligd met een wachtwoord. Sla hem op zonder wachtwoord."
        ) from error
    except pikepdf.PdfError as error:
        raise RefusedError(
            "De pdf is beschadigd en niet te openen. Maak hem opnieuw en probeer het nog eens."
        ) from error
    with pdf:
        _refuse(pdf)
        facts = _facts(pdf)
        _strip(pdf)
        pdf.save(target, deterministic_id=True, linearize=False)
    return facts


def _refuse(pdf: pikepdf.Pdf) -> None:
    if pdf.is_encrypted:
        raise RefusedError(
            "De pdf is beveiligd, bijvoorbeeld tegen afdrukken. Sla hem op zonder beveiliging."
        )
    if not len(pdf.pages):
        raise RefusedError("In de pdf zit geen enkele pagina.")
    if len(pdf.attachments) or "/Collection" in pdf.Root:
        raise RefusedError(
            "In de pdf zitten andere bestanden. Haal die eruit en voeg ze zelf apart toe."
        )
    if any(_runs_something(each) for each in pdf.objects):
        raise RefusedError(
            "De pdf bevat een script of start een programma. Druk hem opnieuw af naar pdf."
        )


def _runs_something(each: Any) -> bool:
    if not isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
        return False
    return _is_scripted(each) or any(
        _is_scripted(value)
        for value in each.values()
        if isinstance(value, pikepdf.Dictionary) and not value.is_indirect
    )


def _is_scripted(each: Any) -> bool:
    return "/JS" in each or "/XFA" in each or str(each.get("/S", "")) in _SCRIPTED_ACTIONS


def _facts(pdf: pikepdf.Pdf) -> dict[str, str | None]:
    info = pdf.docinfo
    title = str(info.get("/Title", "")).replace("\x00", "").strip()
    return {"title": title or None, "date": _date_of(str(info.get("/CreationDate", "")))}


def _date_of(stamp: str) -> str | None:
    """`D:20231105…` → 2023-11-05; writers disagree on all that follows."""
    digits = stamp.removeprefix("D:")[:8]
    try:
        return date(int(digits[:4]), int(digits[4:6] or 1), int(digits[6:8] or 1)).isoformat()
    except ValueError:
        return None


def _strip(pdf: pikepdf.Pdf) -> None:
    for key in [str(key) for key in pdf.docinfo if key not in _KEPT_INFO]:
        del pdf.docinfo[key]
    # XMP repeats the author and adds the history of the file, also per page and per picture.
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            for name in ("/Metadata", "/PieceInfo"):
                if name in each:
                    del each[name]
