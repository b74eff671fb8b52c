"""Office files: packed anew, with the names of their makers taken out."""

import re
import zipfile
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from kpo.files.archives import check_directory
from kpo.files.refusals import RefusedError

_EPOCH = (1980, 1, 1, 0, 0, 0)
# Left out of the new archive, or emptied where another part refers to it.
_DROPPED = ("thumbnails/", "docprops/thumbnail")
_REFERENCES = {
    "_rels/.rels": re.compile(rb"<Relationship\s[^>]*metadata/thumbnail[^>]*?/>"),
    "meta-inf/manifest.xml": re.compile(rb"<manifest:file-entry\s[^>]*Thumbnails/[^>]*?/>"),
}
_EMPTIED = "docprops/custom.xml"
_PROPERTIES = {"docprops/core.xml", "docprops/app.xml", "meta.xml"}
_NAMING = {
    *("creator", "lastModifiedBy", "lastPrinted", "Company", "Manager", "HyperlinkBase"),
    *("Application", "AppVersion", "Template", "initial-creator", "printed-by", "print-date"),
    *("generator", "user-defined", "editing-duration", "editing-cycles", "template"),
    # Nobody who reads the text sees these, and no one looks for case data in them.
    *("subject", "description", "keywords", "keyword", "category", "contentStatus", "identifier"),
}
# Who wrote a remark or a tracked change.
_SOMEONE = (
    (re.compile(rb'(\s(?:w|w15):author=)"[^"]*"'), rb'\1"Auteur"'),
    (re.compile(rb'(\sw:initials=)"[^"]*"'), rb'\1"A"'),
    (re.compile(rb"(<(?:\w+:)?author>)[^<]*(</)"), rb"\1Auteur\2"),
    (re.compile(rb"(<(?:dc:creator|meta:creator-initials)>)[^<]*(</)"), rb"\1Auteur\2"),
)
_PEOPLE_PARTS = ("ppt/commentauthors", "ppt/authors", "xl/persons/", "word/people")
_PEOPLE = (
    (re.compile(rb'(\s(?:name|displayName|w15:author)=)"[^"]*"'), rb'\1"Auteur"'),
    (re.compile(rb'(\s(?:\w+:)?(?:initials|userId|providerId)=)"[^"]*"'), rb'\1"A"'),
)


def clean(source: Path, target: Path) -> dict[str, str | None]:
    """
    Write source to target without authors, programs, thumbnails and leading or trailing bytes.

    Returns {"title", "date"}: what the properties say, date as ISO, None where they say nothing.
    """
    facts: dict[str, str | None] = {"title": None, "date": None}
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        check_directory(old)
        for entry in old.infolist():
            part = entry.filename.lower()
            if entry.is_dir() or part.startswith(_DROPPED):
                continue
            data = old.read(entry)
            if _is_xml(part):
                _refuse_document_types(data)
            if part in _PROPERTIES:
                data = _without_makers(data, facts)
            new.writestr(_fresh(entry), _anonymous(part, data))
    return facts


def _fresh(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """The same name without moment, comment and extra fields; a given file gives given bytes."""
    fresh = zipfile.ZipInfo(entry.filename, date_time=_EPOCH)
    # ODF wants its first entry plain, so that the kind can be read without inflating.
    is_mimetype = entry.filename == "mimetype"
    fresh.compress_type = zipfile.ZIP_STORED if is_mimetype else zipfile.ZIP_DEFLATED
    return fresh


def _is_xml(part: str) -> bool:
    return part.endswith((".xml", ".rels", ".rdf", ".vml"))


def _refuse_document_types(data: bytes) -> None:
    """Office formats have no DTD; one is there to read other files or to explode."""
    text = (
        data.decode("utf-16", "replace").encode()
        if data[:2] in {b"\xff\xfe", b"\xfe\xff"}
        else data
    )
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise RefusedError(
            "Het bestand bevat verwijzingen die er niet in horen. Sla het opnieuw op met je eigen "
            "programma."
        )


def _without_makers(data: bytes, facts: dict[str, str | None]) -> bytes:
    try:
        root = fromstring(data)
    except (ParseError, DefusedXmlException) as error:
        raise RefusedError(
            "Het bestand is beschadigd en niet te openen. Sla het opnieuw op."
        ) from error
    for parent in list(root.iter()):
        for child in list(parent):
            _note(child, facts)
            if _local(child) in _NAMING:
                parent.remove(child)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _note(child: Element, facts: dict[str, str | None]) -> None:
    text = (child.text or "").strip()
    match _local(child):
        case "title":
            facts["title"] = text or facts["title"]
        # The last change says more about what a document holds than its first making.
        case "modified" | "date":
            facts["date"] = _day(text) or facts["date"]
        case "created" | "creation-date":
            facts["date"] = facts["date"] or _day(text)


def _day(text: str) -> str | None:
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return None


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _anonymous(part: str, data: bytes) -> bytes:
    if part == _EMPTIED:
        return _EMPTY_PROPERTIES
    if not _is_xml(part) or part in _PROPERTIES:
        return data
    if part in _REFERENCES:
        return _REFERENCES[part].sub(b"", data)
    patterns = (*_SOMEONE, *_PEOPLE) if part.startswith(_PEOPLE_PARTS) else _SOMEONE
    for pattern, replacement in patterns:
        data = pattern.sub(replacement, data)
    return data


_EMPTY_PROPERTIES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
)
