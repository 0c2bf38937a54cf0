"""The staff's side: a certified device, intake keys, the queue, a claim, a talk (docs/protocol.md §4 to §6 and §9)."""

import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from tests.peer import note as notes
from tests.peer import trust
from tests.peer.api import StaffApi
from tests.peer.group import Member
from tests.peer.note import Note
from tests.peer.sealing import SealingKeys, Unopenable, intake_info
from tests.peer.seat import Seat
from tests.peer.signed import DeviceCertificate, DeviceRequest, IntakeKey, Untrusted, decode, public_of, sign
from tests.peer.talk import Clock, Talk
from tests.peer.tree import Leaf, key_package_leaf
from tests.peer.trust import Trust
from tests.peer.wire import Reader, b64, sha256, unb64


@dataclass(frozen=True, slots=True)
class DeviceKeys:
    """What one browser of staff would hold."""

    device_id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    seed: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    sealing: SealingKeys = field(default_factory=SealingKeys.new)

    def request(self, *, organisation: str, shown_name: str, role: str) -> bytes:
        body = DeviceRequest(organisation, self.device_id, public_of(self.seed), sha256(self.sealing.public), shown_name, role)
        return sign(body, self.seed)


class Advocate:
    """``api`` has a session. ``root`` is the organisation's root key, which the office told by another way than the server."""

    def __init__(
        self, api: StaffApi, *, organisation: str, root: bytes, shown_name: str, role: str = "advocate", now: Clock = time.time
    ) -> None:
        self.api = api
        self.organisation = organisation
        self.root = root
        self.shown_name, self.role = shown_name, role
        self.now = now
        self.keys = DeviceKeys()

    def request_device(self) -> None:
        """Ask for a certificate."""
        request = self.keys.request(organisation=self.organisation, shown_name=self.shown_name, role=self.role)
        self.api.staff("POST", "devices", {"request": b64(request), "hpke_key": b64(self.keys.sealing.public)})

    def look(self) -> Trust:
        """What the server says of the organisation's keys, checked. Raises Untrusted."""
        answer = self.api.staff("GET", "trust")
        pin = trust.fingerprint(self.root)
        return trust.believe(answer, organisation=self.organisation, pin=pin, known=None, now=int(self.now()))

    def identity(self) -> bytes:
        """The credential of this device: its certificate and the one above it. Raises Untrusted while there is none."""
        answer = self.api.staff("GET", "trust")
        device = next((one for one in answer["devices"] if one["device"] == b64(self.keys.device_id)), None)
        if device is None or device["certificate"] is None:
            raise Untrusted("issuer")
        certificate = unb64(device["certificate"])
        issuer = decode(certificate, DeviceCertificate).issuer
        for signed in map(unb64, answer["signing_certificates"]):
            signing = trust.signing_certificate(signed, root=self.root, organisation=self.organisation, now=int(self.now()))
            if signing.device_id == issuer:
                return trust.staff_identity(signed, certificate)
        raise Untrusted("issuer")

    def shift(self, on: bool) -> None:
        self.api.staff("POST", "shift", {"on": on})

    def queue(self) -> Any:
        return self.api.staff("GET", "queue")

    def intake_seed(self, key_id: bytes) -> SealingKeys:
        """The private half of an intake key. Raises LookupError, Unopenable."""
        for one in self.api.staff("GET", f"intake-keys?device={b64(self.keys.device_id)}")["keys"]:
            key = decode(unb64(one["key"]), IntakeKey)
            if key.key_id == key_id and one["sealed"] is not None:
                info = intake_info(self.organisation, key_id=key_id, device_id=self.keys.device_id)
                keys = SealingKeys(self.keys.sealing.open(unb64(one["sealed"]), info=info))
                if keys.public != key.hpke_key:
                    raise Unopenable
                return keys
        raise LookupError("no such intake key for this device")

    def claim(self, request: str) -> "Case":
        """Take a request and check its note. Raises NoteMismatch after giving it back."""
        owner = secrets.token_bytes(32)
        body = {"device": b64(self.keys.device_id), "owner": b64(sha256(owner))}
        claimed = self.api.staff("POST", f"requests/{request}/claim", body)
        package, seat = unb64(claimed["package"]), unb64(claimed["seat"], 32)
        keys = self.intake_seed(unb64(claimed["intake_key"]))
        try:
            opened = notes.opened(unb64(claimed["note"]), keys=keys, organisation=self.organisation, request=unb64(request))
            opened.check(root=self.root, key_package=package, seat=seat)
        except (notes.NoteMismatch, Unopenable):
            self.api.staff("POST", f"requests/{request}/return", {"reason": "note_mismatch"})
            raise notes.NoteMismatch from None
        return Case(self, request=request, note=opened, package=package, seat=seat, owner=owner)


class Case:
    """A claimed request and the talk that comes of it."""

    def __init__(self, advocate: Advocate, *, request: str, note: Note, package: bytes, seat: bytes, owner: bytes) -> None:
        self.advocate, self.request, self.note = advocate, request, note
        self.trust = advocate.look()
        self._identity = advocate.identity()
        self._package, self._survivor_seat = package, seat
        self._survivor = key_package_leaf(package)
        self._counter = 0
        self.talk = Talk(
            Seat.take(advocate.api.origin, owner),
            admit=self._admit,
            rejoined=self._rejoined,
            list_number=self.trust.newest.number,
            tells_list=True,
            now=advocate.now,
        )

    def _admit(self, leaf: Leaf) -> object:
        if leaf == self._survivor:
            return leaf
        return self.trust.admit(leaf.identity, leaf.signature_key, now=int(self.advocate.now()))

    def _member(self) -> Member:
        return Member.new(self._identity, self.advocate.keys.seed)

    def open(self, *, timer: int) -> Talk:
        """Make the group, open the survivor's seat, say so to the hotline."""
        self.talk.timer = timer
        self.talk.enter(self._member().create(), self._package, opens=[self._survivor_seat])
        self.advocate.api.staff("POST", f"requests/{self.request}/talking")
        return self.talk

    def _rejoined(self, content: bytes) -> None:
        """The survivor lost the group: begin a new one with their fresh key package."""
        reader = Reader(content)
        package, signed = reader.take(reader.number(4)), reader.rest()
        body = trust.rejoin(signed, rejoin_key=self.note.rejoin, key_package=package, last_counter=self._counter)
        self._counter, self._survivor = body.counter, key_package_leaf(package)
        self.talk.notices.append("rejoined")
        self.talk.enter(self._member().create(), package, opens=[])

    def close(self) -> None:
        self.talk.close()
        self.advocate.api.staff("POST", f"requests/{self.request}/close")

    def give_back(self, reason: str) -> str:
        state: str = self.advocate.api.staff("POST", f"requests/{self.request}/return", {"reason": reason})["state"]
        return state
