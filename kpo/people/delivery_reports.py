"""Reports of mail servers about a mail of ours (RFC 3464): what they say, and to which address.

Anybody can send such a report. Nothing here trusts one: whose mail it is about is known from the
signed address that it came to, and never from what it says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

# The report stands before the mail it is about; what comes after this is not read.
MOST_BYTES = 256 * 1024
# Where the address stands that a message came to, as Postfix, Exim and Exchange write it.
ARRIVED_AT = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
REPORT, STATUS = "multipart/report", "message/delivery-status"
FINAL_CODE = re.compile(r"\b5\d\d\b")


@dataclass(frozen=True)
class Returned:
    """`addresses` as written in its headers, in lower case; `codes` of recipients refused for good.

    A code is that of SMTP; 500 where the report gives none.
    """

    addresses: str
    is_report: bool
    codes: tuple[int, ...]


def read(raw: bytes) -> Returned:
    """What a message says; of bytes that are no mail, that it says nothing. Never raises."""
    try:
        message = message_from_bytes(raw[:MOST_BYTES])
        return Returned(_addresses(message), *_report(message))
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError):
        # What the parser of Python stumbles over is no report of any mail server.
        return Returned("", False, ())


def _addresses(message: Message) -> str:
    values = [str(value) for name in ARRIVED_AT for value in message.get_all(name, [])]
    return "\n".join(values).lower()


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
