"""The lies of a malicious server, each as a ``Tamper``."""

import secrets
import time
from typing import Any

from tests.flows.hostile import Tamper
from tests.peer.advocate import DeviceKeys
from tests.peer.group import Member
from tests.peer.sealing import SealingKeys
from tests.peer.signed import DeviceCertificate, IntakeKey, RevocationList, SigningCertificate, public_of, sign
from tests.peer.survivor import Offer, pseudonym
from tests.peer.trust import DAY, revocation_mark, staff_identity
from tests.peer.wire import b64, pad, sha256, u8, u16, u64, unb64

ENVELOPE, GONE = 0x82, 0x85
APPLICATION, COMMIT, WELCOME = 1, 2, 3
SURVIVOR = 1


def kind_of(frame: bytes) -> int | None:
    """The kind of an ENVELOPE that somebody else wrote; None for every other frame."""
    return frame[10] if frame[1] == ENVELOPE and frame[11] == 0 else None


def sequence_of(frame: bytes) -> int:
    return int.from_bytes(frame[2:10], "big")


def envelope_with(frame: bytes, *, body: bytes, kind: int | None = None) -> bytes:
    """The same ENVELOPE with another body."""
    return frame[:10] + u8(kind or frame[10]) + frame[11:20] + body


class Impostor:
    """An organisation of the server's own making: it has the name, and other keys."""

    def __init__(self, organisation: str) -> None:
        now = int(time.time())
        self._root, self._signing, self._device = (secrets.token_bytes(32) for _ in range(3))
        self.root = public_of(self._root)
        signing = SigningCertificate(organisation, b"s" * 16, public_of(self._signing), now, now + DAY)
        keys = DeviceKeys(b"d" * 16, self._device)
        device = DeviceCertificate(
            organisation,
            keys.device_id,
            public_of(self._device),
            sha256(keys.sealing.public),
            "advocate",
            "Ana",
            now,
            now + DAY,
            signing.device_id,
        )
        self.newest = RevocationList(organisation, 1, now, now + DAY, (), signing.device_id)
        key_id = revocation_mark(self.newest) + secrets.token_bytes(8)
        intake = IntakeKey(organisation, key_id, SealingKeys.new().public, now, now + DAY, keys.device_id)
        self.signing, self.device = sign(signing, self._root), sign(device, self._signing)
        self.answer = {
            "root": b64(self.root),
            "rotations": [],
            "signing_certificates": [b64(self.signing)],
            "revocation_list": b64(sign(self.newest, self._signing)),
            "intake": {
                "key": b64(sign(intake, self._device)),
                "device_certificate": b64(self.device),
                "signing_certificate": b64(self.signing),
            },
        }

    def member(self) -> Member:
        """An advocate whom this organisation certified."""
        return Member.new(staff_identity(self.signing, self.device), self._device)


class SwapOrganisation(Tamper):
    """Serves the impostor's keys for the organisation."""

    def __init__(self, impostor: Impostor) -> None:
        self.impostor = impostor

    def answer(self, *, method: str, path: str, body: Any) -> Any:
        public = path.startswith("/api/v1/organisations/") and path.endswith("/trust")
        return {**self.impostor.answer, "time": body["time"]} if public else body


class SwapAdvocate(Tamper):
    """Claims as the advocate did, but puts an impostor into the group: the survivor's Welcome is the impostor's."""

    def __init__(self, impostor: Impostor) -> None:
        self.impostor = impostor
        self.package = b""

    def answer(self, *, method: str, path: str, body: Any) -> Any:
        if path.endswith("/claim"):
            self.package = unb64(body["package"])
        return body

    def to_client(self, frame: bytes, *, seat: int) -> list[bytes]:
        if seat != SURVIVOR or kind_of(frame) != WELCOME:
            return [frame]
        started = self.impostor.member().create().add(self.package)
        return [envelope_with(frame, body=pad(started.welcome))]


class OwnKeyPackage(Tamper):
    """Hands the advocate a key package of the server's own beside the person's real note."""

    def __init__(self) -> None:
        self.offer = Offer.new()

    def answer(self, *, method: str, path: str, body: Any) -> Any:
        return {**body, "package": b64(self.offer.package)} if path.endswith("/claim") else body


class OldTrust(Tamper):
    """Goes on serving the trust answer that it served first."""

    def __init__(self) -> None:
        self.first: dict[str, Any] | None = None

    def answer(self, *, method: str, path: str, body: Any) -> Any:
        if not (path.startswith("/api/v1/organisations/") and path.endswith("/trust")):
            return body
        self.first = self.first or body
        return {**self.first, "time": body["time"]}


class ToSurvivor(Tamper):
    """Changes application messages on their way to the survivor, from when ``armed`` is set."""

    armed = False

    def to_client(self, frame: bytes, *, seat: int) -> list[bytes]:
        return self.lie(frame) if self.armed and seat == SURVIVOR and kind_of(frame) == APPLICATION else [frame]

    def lie(self, frame: bytes) -> list[bytes]:
        return [frame]


class Replay(ToSurvivor):
    """Each message comes twice."""

    def lie(self, frame: bytes) -> list[bytes]:
        return [frame, frame]


class ReplayAsNew(ToSurvivor):
    """The first message comes again in place of the second."""

    first = b""

    def lie(self, frame: bytes) -> list[bytes]:
        if not self.first:
            self.first = frame
            return [frame]
        return [envelope_with(frame, body=self.first[20:])]


class Reorder(ToSurvivor):
    """One message always comes after the next one, also when the log is read again."""

    late = 0
    held = b""

    def lie(self, frame: bytes) -> list[bytes]:
        self.late = self.late or sequence_of(frame)
        if sequence_of(frame) == self.late:
            self.held = frame
            return []
        return [frame, self.held]


class LeaveOut(ToSurvivor):
    """One message never comes, also when the log is read again."""

    missing = 0

    def lie(self, frame: bytes) -> list[bytes]:
        self.missing = self.missing or sequence_of(frame)
        return [] if sequence_of(frame) == self.missing else [frame]


class SayErased(ToSurvivor):
    """The first message is said to be erased."""

    def lie(self, frame: bytes) -> list[bytes]:
        self.armed = False
        return [u8(1) + u8(GONE) + u64(sequence_of(frame)) * 2]


class Invent(ToSurvivor):
    """A message of the server's own stands in place of the real one."""

    def lie(self, frame: bytes) -> list[bytes]:
        self.armed = False
        return [envelope_with(frame, body=pad(u16(1) + u16(2) + secrets.token_bytes(200)))]


class InventChange(ToSurvivor):
    """A change of the group that no member made."""

    def lie(self, frame: bytes) -> list[bytes]:
        self.armed = False
        member = pseudonym().create().add(Offer.new().package)
        return [envelope_with(frame, body=pad(member.commit), kind=COMMIT)]


class Withhold(Tamper):
    """Nothing that the survivor writes reaches the advocate."""

    armed = False

    def to_client(self, frame: bytes, *, seat: int) -> list[bytes]:
        return [] if self.armed and seat == 0 and frame[1] == ENVELOPE else [frame]
