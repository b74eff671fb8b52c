"""Which files may come in: an extension and its content have to agree on one of these."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import IO

OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
HEAD = 4096


class Family(Enum):
    PDF = "pdf"
    OFFICE = "office"
    TEXT = "text"
    IMAGE = "image"
    VIDEO = "video"


@dataclass(frozen=True)
class Kind:
    """A sort of file; `word` is what people call it, in Dutch."""

    extension: str
    media_type: str
    family: Family
    word: str


KINDS = {
    kind.extension: kind
    for kind in (
        Kind("pdf", "application/pdf", Family.PDF, "een pdf"),
        Kind("docx", f"{OOXML}wordprocessingml.document", Family.OFFICE, "een Word-bestand"),
        Kind(
            "pptx",
            f"{OOXML}presentationml.presentation",
            Family.OFFICE,
            "een PowerPoint-presentatie",
        ),
        Kind("xlsx", f"{OOXML}spreadsheetml.sheet", Family.OFFICE, "een Excel-bestand"),
        Kind("odt", f"{ODF}text", Family.OFFICE, "een ODT-bestand"),
        Kind("ods", f"{ODF}spreadsheet", Family.OFFICE, "een ODS-bestand"),
        Kind("csv", "text/csv", Family.TEXT, "een CSV-bestand"),
        Kind("txt", "text/plain", Family.TEXT, "een tekstbestand"),
        Kind("md", "text/markdown", Family.TEXT, "een Markdown-bestand"),
        Kind("vtt", "text/vtt", Family.TEXT, "een ondertitelbestand"),
        Kind("png", "image/png", Family.IMAGE, "een PNG-beeld"),
        Kind("jpg", "image/jpeg", Family.IMAGE, "een JPEG-beeld"),
        Kind("jpeg", "image/jpeg", Family.IMAGE, "een JPEG-beeld"),
        Kind("webp", "image/webp", Family.IMAGE, "een WebP-beeld"),
        Kind("avif", "image/avif", Family.IMAGE, "een AVIF-beeld"),
        Kind("mp4", "video/mp4", Family.VIDEO, "een MP4-video"),
        Kind("webm", "video/webm", Family.VIDEO, "een WebM-video"),
    )
}
DOCUMENT_EXTENSIONS = tuple(e for e, k in KINDS.items() if k.family is not Family.IMAGE)
IMAGE_EXTENSIONS = tuple(e for e, k in KINDS.items() if k.family is Family.IMAGE)

# What a computer runs or a browser renders, and what carries macros: never inside a file name.
DANGEROUS_EXTENSION = re.compile(
    "ade|adp|apk|app|appx|as[ptx]x?|bas|bat|bin|cab|chm|cmd|com|cpl|dll|dmg|do[ct]m|exe|fxp|"
    "gadget|hlp|hta|html?|img|in[fs]|iso|isp|jar|jse?|jsp|lnk|mht|mhtml|ms[cipt]|ocx|pif|phar|"
    "php|phtml|pl|po[tw]m|pp[as]?m|pptm|ps1|py|rb|reg|scf|scr|sct|sh|shb|shtml|sldm|svgz?|swf|"
    "sys|vb|vb[es]|vhdx?|vxd|ws|ws[cfh]|xap|xbap|xht|xhtml|xlam|xll|xlsb|xl[st]m|xml|xsl"
)


def _is_mp4(head: bytes) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] not in {b"avif", b"avis", b"heic", b"mif1"}


def _is_avif(head: bytes) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] in {b"avif", b"avis"}


# Office files are told apart by what is inside the archive, text by being readable.
_SIGNATURES: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    ("application/pdf", lambda head: head.startswith(b"%PDF-")),
    ("image/png", lambda head: head.startswith(b"\x89PNG\r\n\x1a\n")),
    ("image/jpeg", lambda head: head.startswith(b"\xff\xd8\xff")),
    ("image/webp", lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP"),
    ("image/avif", _is_avif),
    ("video/mp4", _is_mp4),
    ("video/webm", lambda head: head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:64]),
    ("zip", lambda head: head.startswith(b"PK\x03\x04")),
    ("ole", lambda head: head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")),
)


def signature_of(content: IO[bytes]) -> str | None:
    """Media type by the first bytes; "zip" and "ole" for containers, None for anything else."""
    content.seek(0)
    head = content.read(HEAD)
    content.seek(0)
    return next((name for name, matches in _SIGNATURES if matches(head)), None)
