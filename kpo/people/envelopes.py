"""A sender for each mail of its own (VERP), so that a report about it says which one it was.

The address holds a random key and a signature: nobody learns anything from it, and nobody can make
one. It is written in letters and figures that servers may change to lower case.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from uuid import UUID, uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "kpo.people.envelopes"
KEY_BYTES, SIGNATURE_BYTES = 16, 8
# Base32 of 24 bytes, without what fills it up: with the + of it 40 of the 64 characters that may
# stand before an @ (RFC 5321, 4.5.3.1.1).
MARK = "[a-z2-7]{39}"


def is_in_use() -> bool:
    return bool(settings.KPO_BOUNCE_ADDRESS)


def address(message: EmailMessage) -> UUID | None:
    """Give a mail a sender of its own and return its key; None where no address is set."""
    if not is_in_use():
        return None
    key = uuid4()
    message.extra_headers.setdefault("From", message.from_email)
    message.from_email = address_of(key)
    return key


def address_of(key: UUID) -> str:
    name, _, domain = settings.KPO_BOUNCE_ADDRESS.lower().rpartition("@")
    made = base64.b32encode(key.bytes + _signature(key, settings.SECRET_KEY))
    return f"{name}+{made.decode().lower().rstrip('=')}@{domain}"


def keys_among(addresses: str) -> Iterator[UUID]:
    """Keys of the addresses in this text (in lower case) that we made."""
    name, _, domain = settings.KPO_BOUNCE_ADDRESS.lower().rpartition("@")
    if not name:
        return
    ours = rf"(?<![^\s<,;:]){re.escape(name)}\+({MARK})@{re.escape(domain)}(?![\w.-])"
    for mark in re.findall(ours, addresses):
        made = base64.b32decode(mark.upper() + "=")
        key = UUID(bytes=made[:KEY_BYTES])
        if _is_signed(key, made[KEY_BYTES:]):
            yield key


def _is_signed(key: UUID, signature: bytes) -> bool:
    secrets = [str(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return any(constant_time_compare(signature, _signature(key, secret)) for secret in secrets)


def _signature(key: UUID, secret: str) -> bytes:
    made = salted_hmac(SALT, key.bytes, secret=secret, algorithm="sha256").digest()
    return made[:SIGNATURE_BYTES]
