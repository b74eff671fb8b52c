"""A passkey as a browser hands it in, made without a device."""

from __future__ import annotations

from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

HOST = "localhost"


def credential() -> dict[str, Any]:
    """What allauth keeps of a registration."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    number = b"passkey-van-de-proef"
    attested = AttestedCredentialData.create(Aaguid(bytes(16)), number, key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    data = AuthenticatorData.create(sha256(HOST.encode()), flags, 0, bytes(attested))
    told = CollectedClientData.create(
        CollectedClientData.TYPE.CREATE, challenge=bytes(32), origin=f"http://{HOST}"
    )
    return {
        "id": websafe_encode(number),
        "rawId": websafe_encode(number),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(bytes(told)),
            "attestationObject": websafe_encode(bytes(AttestationObject.create("none", data, {}))),
        },
        "clientExtensionResults": {},
    }
