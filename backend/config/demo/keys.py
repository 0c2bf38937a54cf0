"""Every key of the demonstration, made from one secret that lies beside its data: nothing of this protects anybody."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backend.config.demo.sealing import SealingKeys, sealing_keys_from
from backend.core.tokens import ID_BYTES

SECRET_BYTES: Final = 32
FILE: Final = "demo-secret"


@dataclass(frozen=True, slots=True)
class DemoKeys:
    """The keys that belong to names: ``root``, ``signing``, ``device`` …"""

    secret: bytes = field(repr=False)

    def signature(self, name: str) -> Ed25519PrivateKey:
        """The signature key of ``name``."""
        return Ed25519PrivateKey.from_private_bytes(self._derived(f"signature {name}", 32))

    def sealing(self, name: str) -> SealingKeys:
        """The sealing keys of ``name``."""
        return sealing_keys_from(self._derived(f"sealing {name}", 32))

    def id(self, name: str) -> bytes:
        """The device id of ``name``."""
        return self._derived(f"id {name}", ID_BYTES)

    def text(self, name: str, length: int) -> str:
        """A word of lower-case letters, for a password that may be read out."""
        return "".join("abcdefghjkmnpqrstuvwxyz"[byte % 23] for byte in self._derived(f"text {name}", length))

    def _derived(self, name: str, length: int) -> bytes:
        return HKDF(algorithm=hashes.SHA256(), length=length, salt=None, info=f"quietline demo {name}".encode()).derive(self.secret)


def demo_keys(folder: Path) -> DemoKeys:
    """The keys of the demonstration whose data lies in ``folder``; the secret is made where there is none."""
    path = folder / FILE
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(secrets.token_bytes(SECRET_BYTES))
    return DemoKeys(path.read_bytes())
