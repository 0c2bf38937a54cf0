"""Signed objects of docs/protocol.md §4: their bytes and their signatures."""

import re
import unicodedata
from dataclasses import dataclass, fields
from typing import Any, ClassVar, TypeVar

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.peer.wire import LARGEST, Malformed, u8, u16, u64
from tests.peer.wire import Reader as Bytes

CONTEXT = b"quietline signed object v1\0"
VERSION = 1
SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
PRIME = 2**255 - 19
# y coordinates of the eight points whose order divides eight.
SMALL_ORDER = {
    0,
    1,
    PRIME - 1,
    int.from_bytes(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"),
    int.from_bytes(bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), "little"),
}


class Untrusted(Exception):
    """Not believed; ``code`` is one of tests/vectors/trust.json."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.code = f"trust.{reason}"


@dataclass(frozen=True, slots=True)
class SigningCertificate:
    KIND: ClassVar[int] = 1
    organisation: str
    device_id: bytes
    signature_key: bytes
    not_before: int
    not_after: int


@dataclass(frozen=True, slots=True)
class DeviceCertificate:
    KIND: ClassVar[int] = 2
    organisation: str
    device_id: bytes
    signature_key: bytes
    hpke_hash: bytes
    role: str
    shown_name: str
    not_before: int
    not_after: int
    issuer: bytes


@dataclass(frozen=True, slots=True)
class RevocationList:
    KIND: ClassVar[int] = 3
    organisation: str
    number: int
    issued_at: int
    expires_at: int
    revoked: tuple[bytes, ...]
    issuer: bytes


@dataclass(frozen=True, slots=True)
class IntakeKey:
    KIND: ClassVar[int] = 4
    organisation: str
    key_id: bytes
    hpke_key: bytes
    not_before: int
    not_after: int
    issuer: bytes


@dataclass(frozen=True, slots=True)
class RootRotation:
    KIND: ClassVar[int] = 5
    organisation: str
    old_key: bytes
    new_key: bytes
    at: int


@dataclass(frozen=True, slots=True)
class DeviceRequest:
    KIND: ClassVar[int] = 6
    organisation: str
    device_id: bytes
    signature_key: bytes
    hpke_hash: bytes
    shown_name: str
    role: str


@dataclass(frozen=True, slots=True)
class Rejoin:
    KIND: ClassVar[int] = 7
    package_hash: bytes
    counter: int


Body = SigningCertificate | DeviceCertificate | RevocationList | IntakeKey | RootRotation | DeviceRequest | Rejoin
AnyBody = TypeVar("AnyBody", bound=Body)

SIZES = {
    "device_id": 16,
    "key_id": 16,
    "issuer": 16,
    "signature_key": 32,
    "hpke_hash": 32,
    "hpke_key": 1216,
    "old_key": 32,
    "new_key": 32,
    "package_hash": 32,
}
KEYS = {"signature_key", "old_key", "new_key"}
ROLES: dict[type[Any], set[str]] = {DeviceCertificate: {"advocate", "supervisor"}, DeviceRequest: {"advocate", "supervisor", "signing"}}


def sign(body: Body, seed: bytes) -> bytes:
    """The signed object."""
    raw = u8(VERSION) + u8(body.KIND) + b"".join(_written(getattr(body, field.name)) for field in fields(body))
    return u16(len(raw)) + raw + Ed25519PrivateKey.from_private_bytes(seed).sign(CONTEXT + raw)


def _written(value: Any) -> bytes:
    if isinstance(value, int):
        value = u64(value)
    elif isinstance(value, str):
        value = value.encode()
    elif isinstance(value, tuple):
        value = b"".join(value)
    return u16(len(value)) + bytes(value)


def split(signed: bytes) -> tuple[bytes, bytes]:
    """Body and signature."""
    try:
        reader = Bytes(signed)
        body, signature = reader.take(reader.number(2)), reader.take(64)
        reader.end()
    except Malformed:
        raise Untrusted("malformed") from None
    return body, signature


def decode(signed: bytes, kind: type[AnyBody]) -> AnyBody:
    """The fields, strictly, unverified. Raises Untrusted."""
    try:
        reader = Bytes(split(signed)[0])
        if reader.number(1) != VERSION or reader.number(1) != kind.KIND:
            raise Malformed
        found = {field.name: _read(field.name, field.type, reader.take(reader.number(2)), kind) for field in fields(kind)}
        reader.end()
    except (Malformed, UnicodeDecodeError):
        raise Untrusted("malformed") from None
    for name in KEYS & set(found):
        key_check(found[name])
    return kind(**found)


def _read(name: str, kind: Any, raw: bytes, of: type[Any]) -> Any:
    if kind is int:
        reader = Bytes(raw)
        value = reader.number(8)
        reader.end()
        return value
    if kind is str:
        return _text(name, raw.decode(), of)
    if name == "revoked":
        ids = [raw[at : at + 16] for at in range(0, len(raw), 16)]
        if len(raw) % 16 or sorted(set(ids)) != ids:
            raise Malformed
        return tuple(ids)
    if len(raw) != SIZES[name]:
        raise Malformed
    return raw


def _text(name: str, text: str, of: type[Any]) -> str:
    if name == "organisation":
        fits = SLUG.fullmatch(text) is not None
    elif name == "role":
        fits = text in ROLES[of]
    else:
        plain = all(letter == " " or unicodedata.category(letter)[0] not in "CZ" for letter in text)
        fits = 0 < len(text.encode()) <= 60 and text.strip(" ") == text and plain
    if not fits:
        raise Malformed
    return text


def key_check(key: bytes) -> bytes:
    """Refuse keys by which a signature proves nothing: of small order, or not in canonical form."""
    if len(key) != 32:
        raise Untrusted("malformed")
    y = int.from_bytes(key, "little") & (2**255 - 1)
    if y >= PRIME or y in SMALL_ORDER:
        raise Untrusted("key")
    return key


def signature_check(signed: bytes, key: bytes) -> None:
    """Raises Untrusted unless ``key`` signed it."""
    body, signature = split(signed)
    key_check(key)
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, CONTEXT + body)
    except InvalidSignature:
        raise Untrusted("signature") from None


def times_check(not_before: int, not_after: int, *, longest: int, now: int) -> None:
    """Raises Untrusted outside of the times (600 seconds of tolerance), and for a life longer than ``longest``."""
    if not_after < not_before or not_after - not_before > longest or not_after > LARGEST:
        raise Untrusted("lifetime")
    if not not_before - 600 <= now <= not_after + 600:
        raise Untrusted("time")


def public_of(seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
