"""The seven kinds of signed objects and their bytes (docs/protocol.md §4).

``signed object = u16 length of body ‖ body ‖ signature``, ``body = u8 version ‖ u8 kind ‖ fields``, each field ``u16 length ‖ bytes``.
There is exactly one encoding of an object, and what is unknown is refused.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from itertools import pairwise
from typing import Any, ClassVar, Final, Generic, Protocol, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from backend.staff.trust.errors import Malformed
from backend.staff.trust.keys import KEY_BYTES, SIGNATURE_BYTES, key_check, signature_check, signature_make

VERSION: Final = 1
ID_BYTES: Final = 16
HASH_BYTES: Final = 32
HPKE_KEY_BYTES: Final = 1216
NAME_BYTES_MAX: Final = 60
# Above this a JavaScript number is not exact any more.
NUMBER_MAX: Final = 2**53 - 1
SLUG: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Codec:
    """How one field is written and read. Both directions raise Malformed (or WrongKey) for a value that is not allowed."""

    write: Callable[[Any], bytes]
    read: Callable[[bytes], Any]


def _text_codec(allowed: Callable[[str], bool]) -> Codec:
    def write(value: str) -> bytes:
        if not allowed(value):
            raise Malformed
        return value.encode()

    def read(raw: bytes) -> str:
        try:
            value = raw.decode()
        except UnicodeDecodeError as error:
            raise Malformed from error
        if not allowed(value):
            raise Malformed
        return value

    return Codec(write, read)


def _bytes_codec(length: int, check: Callable[[bytes], bytes] = bytes) -> Codec:
    def read(raw: bytes) -> bytes:
        if len(raw) != length:
            raise Malformed
        return check(raw)

    return Codec(read, read)


def _number_write(value: int) -> bytes:
    if not 0 <= value <= NUMBER_MAX:
        raise Malformed
    return value.to_bytes(8)


def _number_read(raw: bytes) -> int:
    if len(raw) != 8 or int.from_bytes(raw) > NUMBER_MAX:
        raise Malformed
    return int.from_bytes(raw)


def _ids_write(ids: tuple[bytes, ...]) -> bytes:
    if any(len(one) != ID_BYTES for one in ids) or any(a >= b for a, b in pairwise(ids)):
        raise Malformed
    return b"".join(ids)


def _ids_read(raw: bytes) -> tuple[bytes, ...]:
    if len(raw) % ID_BYTES:
        raise Malformed
    ids = tuple(raw[start : start + ID_BYTES] for start in range(0, len(raw), ID_BYTES))
    _ids_write(ids)
    return ids


def name_allowed(name: str) -> bool:
    """Whether people may be shown this name."""
    # A name is shown to people as it is: nothing invisible, nothing that turns the writing direction, nothing to trim.
    return name.isprintable() and name == name.strip() and 0 < len(name.encode()) <= NAME_BYTES_MAX


def _role_codec(*roles: str) -> dict[str, Codec]:
    return {"codec": _text_codec(lambda value: value in roles)}


_SLUG: Final = {"codec": _text_codec(lambda value: SLUG.fullmatch(value) is not None)}
_NAME: Final = {"codec": _text_codec(name_allowed)}
_ID: Final = {"codec": _bytes_codec(ID_BYTES)}
_KEY: Final = {"codec": _bytes_codec(KEY_BYTES, key_check)}
_HASH: Final = {"codec": _bytes_codec(HASH_BYTES)}
_HPKE: Final = {"codec": _bytes_codec(HPKE_KEY_BYTES)}
_NUMBER: Final = {"codec": Codec(_number_write, _number_read)}
_IDS: Final = {"codec": Codec(_ids_write, _ids_read)}
_CERTIFIED_ROLE: Final = _role_codec("advocate", "supervisor")
_REQUESTED_ROLE: Final = _role_codec("advocate", "supervisor", "signing")


class Body(Protocol):
    """What is common to the seven: a frozen dataclass whose fields, in order, are the wire's."""

    KIND: ClassVar[int]
    __dataclass_fields__: ClassVar[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningCertificate:
    """The root's word for a signing device."""

    KIND: ClassVar[int] = 1
    organisation: str = field(metadata=_SLUG)
    device_id: bytes = field(metadata=_ID)
    signature_key: bytes = field(metadata=_KEY)
    not_before: int = field(metadata=_NUMBER)
    not_after: int = field(metadata=_NUMBER)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceCertificate:
    """A signing device's word for the browser of a member of staff."""

    KIND: ClassVar[int] = 2
    organisation: str = field(metadata=_SLUG)
    device_id: bytes = field(metadata=_ID)
    signature_key: bytes = field(metadata=_KEY)
    hpke_hash: bytes = field(metadata=_HASH)
    role: str = field(metadata=_CERTIFIED_ROLE)
    shown_name: str = field(metadata=_NAME)
    not_before: int = field(metadata=_NUMBER)
    not_after: int = field(metadata=_NUMBER)
    issuer: bytes = field(metadata=_ID)


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationList:
    """Who is not to be believed any more. ``revoked`` is sorted and holds no id twice."""

    KIND: ClassVar[int] = 3
    organisation: str = field(metadata=_SLUG)
    number: int = field(metadata=_NUMBER)
    issued_at: int = field(metadata=_NUMBER)
    expires_at: int = field(metadata=_NUMBER)
    revoked: tuple[bytes, ...] = field(metadata=_IDS)
    issuer: bytes = field(metadata=_ID)


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeKey:
    """The key that notes are sealed to."""

    KIND: ClassVar[int] = 4
    organisation: str = field(metadata=_SLUG)
    key_id: bytes = field(metadata=_ID)
    hpke_key: bytes = field(metadata=_HPKE)
    not_before: int = field(metadata=_NUMBER)
    not_after: int = field(metadata=_NUMBER)
    issuer: bytes = field(metadata=_ID)


@dataclass(frozen=True, slots=True, kw_only=True)
class RootRotation:
    """The old root's word for the new one."""

    KIND: ClassVar[int] = 5
    organisation: str = field(metadata=_SLUG)
    old_key: bytes = field(metadata=_KEY)
    new_key: bytes = field(metadata=_KEY)
    at: int = field(metadata=_NUMBER)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRequest:
    """A browser's own word for its keys: it asks to be certified."""

    KIND: ClassVar[int] = 6
    organisation: str = field(metadata=_SLUG)
    device_id: bytes = field(metadata=_ID)
    signature_key: bytes = field(metadata=_KEY)
    hpke_hash: bytes = field(metadata=_HASH)
    shown_name: str = field(metadata=_NAME)
    role: str = field(metadata=_REQUESTED_ROLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejoin:
    """A person's word, by the rejoin key of the note, for a fresh key package."""

    KIND: ClassVar[int] = 7
    package_hash: bytes = field(metadata=_HASH)
    counter: int = field(metadata=_NUMBER)


T = TypeVar("T", bound=Body)


@dataclass(frozen=True, slots=True)
class Signed(Generic[T]):
    """A signed object that was read, not yet verified: believe ``body`` only through ``verify``'s functions."""

    body: T
    raw_body: bytes
    signature: bytes

    def signature_check(self, key: bytes) -> T:
        """The body, if ``key`` signed it. Raises WrongSignature or WrongKey."""
        signature_check(key=key, body=self.raw_body, signature=self.signature)
        return self.body


def body_encode(body: Body) -> bytes:
    """The bytes that are signed. Raises Malformed for a value that its field does not allow."""
    parts = [bytes((VERSION, body.KIND))]
    for one in fields(body):
        value = one.metadata["codec"].write(getattr(body, one.name))
        if len(value) > 0xFFFF:
            raise Malformed
        parts += [len(value).to_bytes(2), value]
    raw = b"".join(parts)
    if len(raw) > 0xFFFF:
        raise Malformed
    return raw


def body_decode(raw: bytes, kind: type[T]) -> T:
    """The inverse of ``body_encode`` for the one kind that is expected. Raises Malformed or WrongKey."""
    if raw[:2] != bytes((VERSION, kind.KIND)):
        raise Malformed
    values: dict[str, Any] = {}
    rest = raw[2:]
    for one in fields(kind):
        value, rest = _split(rest)
        values[one.name] = one.metadata["codec"].read(value)
    if rest:
        raise Malformed
    return kind(**values)


def sign(body: Body, private: Ed25519PrivateKey) -> bytes:
    """The signed object: ``u16 length ‖ body ‖ signature``."""
    raw = body_encode(body)
    return len(raw).to_bytes(2) + raw + signature_make(private, body=raw)


def decode(signed: bytes, kind: type[T]) -> Signed[T]:
    """Read a signed object of the kind that is expected. Nothing is verified yet. Raises Malformed or WrongKey."""
    raw, signature = _split(signed)
    if len(signature) != SIGNATURE_BYTES:
        raise Malformed
    return Signed(body_decode(raw, kind), raw, signature)


def _split(raw: bytes) -> tuple[bytes, bytes]:
    """A ``u16 length ‖ bytes`` and what follows it."""
    length = int.from_bytes(raw[:2])
    if len(raw) < 2 + length:
        raise Malformed
    return raw[2 : 2 + length], raw[2 + length :]
