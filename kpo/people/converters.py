"""Numbers of rows that are not ours, in addresses without showing the number."""

import hashlib
from functools import cache

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings
from django.utils.http import base36_to_int, int_to_base36

BLOCK_BYTES = 16


class SealedIdConverter:
    """A row number as one sealed block: the same number gives the same address, and no order.

    A library's own rows, such as passkeys, have no random id to put in an address.
    """

    regex = f"[0-9a-f]{{{2 * BLOCK_BYTES}}}"

    def to_python(self, value: str) -> int:
        """The number; raises ValueError, which is a 404, for a block not made here."""
        decryptor = cipher(settings.SECRET_KEY).decryptor()
        block = decryptor.update(bytes.fromhex(value)) + decryptor.finalize()
        number = int.from_bytes(block, "big")
        if number >= 2**63:
            raise ValueError(value)
        return number

    def to_url(self, value: int) -> str:
        encryptor = cipher(settings.SECRET_KEY).encryptor()
        block = int(value).to_bytes(BLOCK_BYTES, "big")
        return (encryptor.update(block) + encryptor.finalize()).hex()


class SealedUidConverter(SealedIdConverter):
    """The number of an account as allauth writes it, in base 36; sealed in the address too."""

    def to_python(self, value: str) -> str:  # type: ignore[override]  # allauth wants text.
        return int_to_base36(super().to_python(value))

    def to_url(self, value: str) -> str:  # type: ignore[override]  # The same text.
        return super().to_url(base36_to_int(value))


@cache
def cipher(secret: str) -> Cipher[modes.ECB]:
    key = hashlib.sha256(f"kpo.people.sealed-id:{secret}".encode()).digest()
    # One block with a number in it: no pattern over blocks to hide, which is what ECB fails at.
    return Cipher(algorithms.AES256(key), modes.ECB())  # noqa: S305  see above
