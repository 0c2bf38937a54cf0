"""The survivor's side: whom to believe, ask, wait, talk, come back (docs/protocol.md §5 to §7)."""

import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from tests.peer import trust
from tests.peer.api import Api
from tests.peer.group import Group, Member, Unprocessable
from tests.peer.note import Note
from tests.peer.places import ReturnKeys
from tests.peer.seat import Seat
from tests.peer.signed import Rejoin, public_of, sign
from tests.peer.talk import Clock, Talk
from tests.peer.tree import Leaf
from tests.peer.trust import Trust
from tests.peer.wire import b64, sha256, u8, u32, unb64

PACKAGES = 3


def pseudonym() -> Member:
    """Fresh keys under a name that means nothing."""
    return Member.new(u8(trust.PSEUDONYM) + secrets.token_bytes(16))


@dataclass(frozen=True, slots=True)
class Offer:
    """A key package, and the seat that comes with it."""

    member: Member
    package: bytes = field(repr=False)
    token: bytes = field(repr=False)

    @classmethod
    def new(cls) -> "Offer":
        member = pseudonym()
        return cls(member, member.key_package(), secrets.token_bytes(32))

    @property
    def seat(self) -> bytes:
        return sha256(self.token)

    def told(self) -> dict[str, str]:
        return {"package": b64(self.package), "seat": b64(self.seat)}


class Survivor:
    """``pin`` is the fingerprint from the organisation's own link; without one the first answer is believed."""

    def __init__(self, origin: str, *, organisation: str, pin: bytes | None = None, now: Clock = time.time) -> None:
        self.api = Api(origin)
        self.organisation = organisation
        self.now = now
        self.trust: Trust | None = None
        self.id, self.token = secrets.token_bytes(16), secrets.token_bytes(32)
        self.rejoin_seed = secrets.token_bytes(32)
        self.offers = [Offer.new() for _ in range(PACKAGES)]
        self.talk: Talk | None = None
        self._pin = pin
        self._joining: list[Member] = []
        self._counter = 0

    def organisations(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.api.call("GET", "/api/v1/organisations")["organisations"]
        return found

    def look(self) -> Trust:
        """Check whom the server names. Raises Untrusted."""
        answer = self.api.call("GET", f"/api/v1/organisations/{self.organisation}/trust")
        known = self.trust.signed_list if self.trust else None
        self.trust = trust.believe(answer, organisation=self.organisation, pin=self._pin, known=known, now=int(self.now()))
        self._pin = trust.fingerprint(self.trust.root)
        return self.trust

    def sealed(self, *, text: str, language: str) -> dict[str, Any]:
        """Note and key packages as they travel."""
        believed = self.trust or self.look()
        if believed.intake is None:
            raise LookupError(believed.refused or "no intake key")
        packages = tuple((sha256(offer.package), offer.seat) for offer in self.offers)
        rejoin = public_of(self.rejoin_seed)
        note = Note(self.id, self.organisation, sha256(believed.root), packages, rejoin, language, text)
        return {
            "intake_key": b64(believed.intake.key_id),
            "packages": [offer.told() for offer in self.offers],
            "note": b64(note.sealed(believed.intake.hpke_key)),
        }

    def ask(self, text: str, *, language: str = "en", level: str = "soon", topics: tuple[str, ...] = (), region: str = "") -> Any:
        """Post the help request; gives its status."""
        chosen = {"language": language, "level": level, "topics": list(topics), "region": region}
        named = {"id": b64(self.id), "verifier": b64(sha256(self.token)), "organisation": self.organisation}
        return self.api.call("POST", "/api/v1/help-requests", {**named, **self.sealed(text=text, language=language), **chosen})

    def ask_again(self, text: str, *, language: str = "en") -> Any:
        """Replace note and key packages while the request waits."""
        self.offers = [Offer.new() for _ in range(PACKAGES)]
        return self.api.call("PUT", f"/api/v1/help-requests/{b64(self.id)}", self.sealed(text=text, language=language), secret=self.token)

    def status(self, *, wait: int = 0, known: str = "") -> Any:
        query = f"wait={wait}&known={known}" if known else f"wait={wait}"
        return self.api.call("POST", f"/api/v1/help-requests/{b64(self.id)}/status?{query}", secret=self.token)

    def withdraw(self) -> None:
        self.api.call("DELETE", f"/api/v1/help-requests/{b64(self.id)}", secret=self.token)

    def place_save(self, keys: ReturnKeys, content: bytes) -> None:
        """Keep what brings one back, at the place that return words lead to."""
        body = {"verifier": b64(sha256(keys.token)), "sealed": b64(keys.seal(content)), "expires_in": 3600}
        self.api.call("PUT", f"/api/v1/return-places/{b64(keys.id)}", body, secret=keys.token)

    def place_open(self, keys: ReturnKeys) -> bytes:
        """Raises ApiRefused where there is no such place, Unopenable."""
        return keys.open(unb64(self.api.call("POST", f"/api/v1/return-places/{b64(keys.id)}/open", secret=keys.token)["sealed"]))

    def place_erase(self, keys: ReturnKeys) -> None:
        self.api.call("DELETE", f"/api/v1/return-places/{b64(keys.id)}", secret=keys.token)

    def wait_for_seat(self, *, polling: bool = False) -> Talk:
        """Wait until somebody took the request and opened the seat, join by the Welcome, say hello."""
        status = self.status()
        end = time.monotonic() + 30
        while status["seat"] is None:
            if time.monotonic() > end:
                raise TimeoutError("nobody opened a seat")
            status = self.status(wait=5, known=status["tag"])
        offer = next(offer for offer in self.offers if offer.seat == unb64(status["seat"]))
        self._joining = [offer.member]
        return self.sit(Seat.take(self.api.origin, offer.token, polling=polling))

    def sit(self, seat: Seat) -> Talk:
        """Read the log of a seat until the Welcome came."""
        believed = self.trust or self.look()
        talk = Talk(
            seat,
            admit=self._admit,
            join=self._join,
            restart=self.rejoin,
            list_number=believed.newest.number,
            tells_list=False,
            now=self.now,
        )
        self.talk = talk
        talk.until(lambda: talk.group is not None or bool(talk.notices))
        return talk

    def _join(self, welcome: bytes) -> Group:
        for member in self._joining:
            try:
                return member.join(welcome, admit=self._admit)
            except Unprocessable:
                continue
        raise Unprocessable("a Welcome for somebody else")

    def _admit(self, leaf: Leaf) -> object:
        believed = self.trust or self.look()
        return believed.admit(leaf.identity, leaf.signature_key, now=int(self.now()))

    def rejoin(self) -> None:
        """The group's state is lost: ask to be taken in with fresh keys."""
        if self.talk is None:
            raise LookupError("there is no conversation to come back to")
        member = pseudonym()
        package = member.key_package()
        self._joining.append(member)
        self._counter = max(self._counter + 1, int(self.now() * 1000))
        self.talk.forget()
        signed = sign(Rejoin(sha256(package), self._counter), self.rejoin_seed)
        self.talk.ask_back(u32(len(package)) + package + signed)
