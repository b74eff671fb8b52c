"""Text files: which bytes are text, and which text is something else in disguise."""

import csv
import io
import re
from pathlib import Path

from kpo.files.refusals import RefusedError

SNIFFED = 2_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKUP = re.compile(
    r"<\s*(!doctype|html|head|body|script|svg|iframe|object|embed|style|img|a\s|form|\?xml)",
    re.IGNORECASE,
)


def decode(data: bytes) -> str:
    """
    Text in UTF-8, in UTF-16 with a mark, or as older Windows programs write it.

    Raises RefusedError when the bytes are no text.
    """
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise RefusedError("Dit is geen leesbare tekst. Sla het bestand op als platte tekst (UTF-8).")


def _encodings(data: bytes) -> tuple[str, ...]:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return ("utf-16",)
    return ("utf-8-sig", "cp1252")


def check(data: bytes, *, extension: str) -> None:
    """Raises RefusedError for markup, for captions without their mark and for formulas in a CSV."""
    text = decode(data)
    if _MARKUP.search(text[:SNIFFED]):
        raise RefusedError(
            "In dit tekstbestand staat een webpagina of script. Dat nemen we niet aan."
        )
    if extension == "vtt" and not text.startswith("WEBVTT"):
        raise RefusedError("Een ondertitelbestand begint met WEBVTT. Sla het op als WebVTT.")
    if extension == "csv":
        _check_cells(text)


def _check_cells(text: str) -> None:
    """
    A cell with a formula can start a program at whoever opens the file in Excel.

    Which sign divides the cells depends on the country of that Excel, or on the first line.
    """
    named = _SEPARATOR.match(text)
    for delimiter in dict.fromkeys([*DELIMITERS, *(named.groups() if named else ())]):
        try:
            rows = enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1)
            number = next((number for number, row in rows if any(map(_is_formula, row))), None)
        except csv.Error as error:
            raise RefusedError("Het CSV-bestand is niet te lezen. Sla het opnieuw op.") from error
        if number:
            raise RefusedError(
                f"In regel {number} staat een cel met een formule. Excel kan die uitvoeren. "
                "Sla het bestand op met alleen waarden."
            )


DELIMITERS = (";", ",", "\t")
_SEPARATOR = re.compile(r"\"?sep=([^\w\s\"])", re.IGNORECASE)
# What a plus or minus may stand before without a second look: an amount, or a telephone number.
_AMOUNT = re.compile(r"[+-][\d\s().,/%€-]*")


def _is_formula(cell: str) -> bool:
    begin = cell.lstrip()
    if begin.startswith(("=", "@")):
        # A name such as @gemeente is none; a function has brackets, a program a pipe.
        return begin[0] == "=" or any(sign in begin for sign in "(|!")
    is_signed = begin.startswith(("+", "-")) and _AMOUNT.fullmatch(begin) is None
    return is_signed and any(sign in begin for sign in "(|!")


def clean(source: Path, target: Path, *, extension: str) -> dict[str, str | None]:
    """Write source to target in UTF-8, after the checks. Returns no title and no date."""
    data = source.read_bytes()
    check(data, extension=extension)
    target.write_text(decode(data), encoding="utf-8", newline="")
    return {"title": None, "date": None}
