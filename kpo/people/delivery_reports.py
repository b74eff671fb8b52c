"""Reports of mail servers about a mail of ours (RFC 3464): what they say, and to which address.

Anybody can send such a report. Nothing here trusts one: whose mail it is about is known from the
signed address that it came to, and never from what it says.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.parser import BytesHeaderParser

# The report stands before the mail it is about; what comes after this is not read.
MOST_BYTES = 64 * 1024
MOST_HEADER_BYTES = 32 * 1024
# A report with the mail it gives back names a few; each one within another makes all slower.
MOST_BOUNDARIES = 20
# Where the address stands that a message came to, as Postfix, Exim and Exchange write it.
ARRIVED_AT = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
REPORT, STATUS = "multipart/report", "message/delivery-status"
FINAL_CODE = re.compile(r"\b5\d\d\b")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Returned:
    """`codes` of recipients refused for good: those of SMTP; 500 where the report gives none."""

    is_report: bool
    codes: tuple[int, ...]


def addresses(raw: bytes) -> str:
    """Where a message came to, as written in its headers, in lower case. Never raises.

    To be looked at before `read`: anybody can send what takes long to take apart.
    """
    try:
        message = BytesHeaderParser().parsebytes(raw[:MOST_HEADER_BYTES])
        values = [str(value) for name in ARRIVED_AT for value in message.get_all(name, [])]
    except Exception as error:
        # What the parser of Python stumbles over came to no address of ours.
        logger.info("The headers of a returned mail are odd: %s", type(error).__name__)
        return ""
    return "\n".join(values).lower()


def read(raw: bytes) -> Returned:
    """What a message says; of bytes that are no mail, that it says nothing. Never raises."""
    start = raw[:MOST_BYTES]
    if start.lower().count(b"boundary") > MOST_BOUNDARIES:
        return Returned(is_report=False, codes=())
    try:
        return Returned(*_report(message_from_bytes(start)))
    except Exception as error:
        # What the parser of Python stumbles over is no report of any mail server.
        logger.info("A returned mail is odd: %s", type(error).__name__)
        return Returned(is_report=False, codes=())


def _report(message: Message) -> tuple[bool, tuple[int, ...]]:
    """Whether it is a report of delivery, and the codes of who was refused for good."""
    if message.get_content_type() != REPORT:
        return False, ()
    # Only what the report itself says: the mail that it gives back may hold another.
    reports = [part for part in _parts(message) if part.get_content_type() == STATUS]
    # One block of headers for the mail, and one for each recipient.
    blocks = [block for part in reports for block in _parts(part)]
    return bool(reports), tuple(_code(block) for block in blocks if _is_final(block))


def _parts(message: Message) -> list[Message]:
    """Those right below it; none where it holds text."""
    parts = message.get_payload()
    return [one for one in parts if isinstance(one, Message)] if isinstance(parts, list) else []


def _is_final(block: Message) -> bool:
    action = str(block.get("Action", "")).strip().lower()
    return action == "failed" and str(block.get("Status", "")).strip().startswith("5.")


def _code(block: Message) -> int:
    found = FINAL_CODE.search(str(block.get("Diagnostic-Code", "")))
    return int(found[0]) if found else 500
