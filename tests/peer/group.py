"""MLS by AWS mls-rs (RFC 9420, suite 1).

What its Python binding cannot do, and what that means here:

- It writes commits as PublicMessage, which docs/protocol.md §2 does not allow. So this client commits only where nobody else has to open the commit: as the
  first act in a group of one. It makes no update commits; where somebody rejoins it begins a new group, which §6 permits. The first commit
  travels inside a PrivateMessage, so that the server learns as little as from any other client.
- It says nothing about the sender of a message. In a group of two it is the other member; larger groups are refused.
- It keeps the keys of skipped messages and of past epochs. A client for people must not.
- Its key packages are valid for a year, and are single use only because each belongs to a ``Member`` of its own.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import mls_rs_uniffi as mls  # type: ignore[import-untyped]
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.peer.signed import public_of
from tests.peer.tree import Leaf, leaves, private_message_group
from tests.peer.wire import Malformed, u16

SUITE = mls.CipherSuite.CURVE25519_AES128
Admit = Callable[[Leaf], object]


class Unprocessable(Exception):
    """A message or a Welcome was refused; the group is what it was before."""


class Ghost(Exception):
    """Somebody sits in the group who may not; the group is what it was before."""


def safety_number(members: Iterable[Leaf]) -> str:
    """Twelve groups of five digits, the same for all who see the same members with the same keys."""
    told = sorted(u16(len(leaf.identity)) + leaf.identity + leaf.signature_key for leaf in members)
    digest = hashlib.sha512(b"quietline safety number v1\0" + b"".join(told)).digest()
    return " ".join(f"{int.from_bytes(digest[at : at + 5], 'big') % 100_000:05d}" for at in range(0, 60, 5))


class Storage(mls.GroupStateStorage):  # type: ignore[misc]
    """The state of one group, in memory."""

    def __init__(self) -> None:
        self.group_id = b""
        self._state: bytes | None = None
        self._epochs: dict[int, bytes] = {}

    def state(self, group_id: bytes) -> bytes | None:
        return self._state if group_id == self.group_id else None

    def epoch(self, group_id: bytes, epoch_id: int) -> bytes | None:
        return self._epochs.get(epoch_id) if group_id == self.group_id else None

    def write(
        self, group_id: bytes, group_state: bytes, epoch_inserts: list[mls.EpochRecord], epoch_updates: list[mls.EpochRecord]
    ) -> None:
        self.group_id, self._state = group_id, group_state
        self._epochs |= {record.id: record.data for record in [*epoch_inserts, *epoch_updates]}

    def max_epoch_id(self, group_id: bytes) -> int | None:
        return max(self._epochs, default=None) if group_id == self.group_id else None


@dataclass(frozen=True, slots=True)
class Member:
    """Keys for one leaf in one group, and the client of the library that holds them."""

    leaf: Leaf
    client: mls.Client = field(repr=False)
    storage: Storage = field(repr=False)

    @classmethod
    def new(cls, identity: bytes, seed: bytes | None = None) -> "Member":
        seed = seed or Ed25519PrivateKey.generate().private_bytes_raw()
        public = public_of(seed)
        pair = mls.SignatureKeypair(
            cipher_suite=SUITE, public_key=mls.SignaturePublicKey(bytes=public), secret_key=mls.SignatureSecretKey(bytes=seed + public)
        )
        storage = Storage()
        config = mls.ClientConfig(group_state_storage=storage, use_ratchet_tree_extension=True)
        return cls(Leaf(identity, public), mls.Client(id=identity, signature_keypair=pair, client_config=config), storage)

    def key_package(self) -> bytes:
        """A fresh MLSMessage (KeyPackage)."""
        return bytes(self.client.generate_key_package_message().to_bytes())

    def create(self) -> "Group":
        """A group of one with a random id."""
        return Group(self, self.client.create_group(secrets.token_bytes(16)), admit=lambda leaf: None)

    def join(self, welcome: bytes, *, admit: Admit) -> "Group":
        """Raises Unprocessable where the Welcome is not for this member's key package, Ghost where the company is not right."""
        try:
            group = self.client.join_group(None, mls.Message.from_bytes(welcome)).group
        except mls.Error as error:
            raise Unprocessable(str(error)) from None
        return Group(self, group, admit=admit)


@dataclass(frozen=True, slots=True)
class Started:
    """The first change of a group: what stands in a CHANGE frame, and how to enter the group once the server took it."""

    commit: bytes
    welcome: bytes
    public_commit: bytes = field(repr=False)


class Group:
    """``admit`` raises Untrusted for a leaf that may not be here."""

    def __init__(self, me: Member, group: mls.Group, *, admit: Admit) -> None:
        self.me = me
        self.admit = admit
        self._group = group
        self._check()
        self._group.write_to_storage()

    @property
    def others(self) -> list[Leaf]:
        return [leaf for leaf in leaves(self._group.export_tree().bytes) if leaf != self.me.leaf]

    def safety_number(self) -> str:
        return safety_number([self.me.leaf, *self.others])

    def encrypt(self, content: bytes) -> bytes:
        message = bytes(self._group.encrypt_application_message(content).to_bytes())
        self._group.write_to_storage()
        return message

    def add(self, key_package: bytes) -> Started:
        """Add the second member to a group of one; nothing has changed until ``enter``."""
        if self.others:
            raise Unprocessable("this client changes groups of one only")
        output = self._group.add_members([mls.Message.from_bytes(key_package)])
        commit = bytes(output.commit_message.to_bytes())
        hidden = bytes(self._group.encrypt_application_message(commit).to_bytes())
        return Started(hidden, bytes(output.welcome_message.to_bytes()), commit)

    def enter(self, started: Started, *, admit: Admit) -> None:
        """The server accepted the change. Raises Ghost."""
        self.admit = admit
        self._process(started.public_commit)

    def read(self, message: bytes) -> bytes:
        """The content of an application message of the other member. Raises Unprocessable."""
        received = self._process_private(message)
        if not received.is_APPLICATION_MESSAGE():
            raise Unprocessable("not an application message")
        return bytes(received.data)

    def follow(self, commit: bytes) -> bool:
        """Follow another member's commit; False where it removed this one. Raises Unprocessable, Ghost."""
        received = self._process_private(commit)
        if not received.is_COMMIT():
            raise Unprocessable("not a commit")
        return not received.effect.is_REMOVED()

    def _process_private(self, message: bytes) -> mls.ReceivedMessage:
        try:
            if private_message_group(message) != self.me.storage.group_id:
                raise Unprocessable("of another group")
        except Malformed:
            raise Unprocessable("not a PrivateMessage") from None
        return self._process(message)

    def _process(self, message: bytes) -> mls.ReceivedMessage:
        try:
            received = self._group.process_incoming_message(mls.Message.from_bytes(message))
        except mls.Error as error:
            raise Unprocessable(str(error)) from None
        try:
            self._check()
        except Ghost:
            self._group = self.me.client.load_group(self.me.storage.group_id)
            raise
        self._group.write_to_storage()
        return received

    def _check(self) -> None:
        others = self.others
        try:
            for leaf in others:
                self.admit(leaf)
        except Exception as error:
            raise Ghost(str(error)) from error
        if len(others) > 1:
            raise Ghost("this client talks in groups of two only")
