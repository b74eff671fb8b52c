"""Sealing what must be read back later, but by nobody who only has the database."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class SealBrokenError(Exception):
    """Sealed with a key that is no longer ours, or not sealed here at all."""


def seal(purpose: str, text: str) -> str:
    return keys_for(purpose).encrypt(text.encode()).decode()


def unseal(purpose: str, sealed: str) -> str:
    """The text; raises SealBrokenError."""
    try:
        return keys_for(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise SealBrokenError(purpose) from None


def keys_for(purpose: str) -> MultiFernet:
    """Keys made from SECRET_KEY and its fallbacks, so that a key can be replaced in steps."""
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    digests = [hashlib.sha256(f"kpo.people.{purpose}:{key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
