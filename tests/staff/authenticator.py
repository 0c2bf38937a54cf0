"""A soft authenticator: what a security key does in a WebAuthn ceremony, in software, and what a bad one would do."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field, replace
from typing import Any, Final

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from backend.core.tokens import b64_decode, b64_encode

USER_PRESENT: Final = 0x01
USER_VERIFIED: Final = 0x04
ATTESTED: Final = 0x40
COSE_OKP: Final = {1: 1, 3: -8, -1: 6}
COSE_X: Final = -2


@dataclass(frozen=True, slots=True)
class Authenticator:
    """Holds one discoverable credential. ``flags`` and ``origin`` may lie; ``count`` is its signature counter, 0 for none."""

    origin: str
    rp_id: str
    private: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate, repr=False)
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    handle: bytes = b""
    flags: int = USER_PRESENT | USER_VERIFIED
    count: int = 0

    def register(self, options: dict[str, Any]) -> tuple["Authenticator", dict[str, Any]]:
        """Answer creation options: the authenticator that now holds the credential, and the answer as the browser's ``toJSON`` gives it."""
        kept = replace(self, handle=b64_decode(options["user"]["id"]))
        key = cbor2.dumps({**COSE_OKP, COSE_X: self.private.public_key().public_bytes_raw()})
        attested = bytes(16) + len(self.credential_id).to_bytes(2) + self.credential_id + key
        data = self._data(ATTESTED) + attested
        response = {
            "clientDataJSON": b64_encode(self._client_data("webauthn.create", options["challenge"])),
            "attestationObject": b64_encode(cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})),
            "transports": ["internal"],
        }
        return kept, self._answer(response)

    def login(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer request options."""
        client_data = self._client_data("webauthn.get", options["challenge"])
        data = self._data(0)
        response = {
            "clientDataJSON": b64_encode(client_data),
            "authenticatorData": b64_encode(data),
            "signature": b64_encode(self.private.sign(data + hashlib.sha256(client_data).digest())),
            "userHandle": b64_encode(self.handle),
        }
        return self._answer(response)

    def _answer(self, response: dict[str, Any]) -> dict[str, Any]:
        name = b64_encode(self.credential_id)
        return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _data(self, more: int) -> bytes:
        return hashlib.sha256(self.rp_id.encode()).digest() + bytes((self.flags | more,)) + self.count.to_bytes(4)
