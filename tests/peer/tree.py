"""What the binding does not tell: who sits in the tree, and what a message says of itself in clear (RFC 9420 §6, §7)."""

from dataclasses import dataclass

from tests.peer.wire import Malformed, Reader, sha256

MLS_1, BASIC = 1, 1
PRIVATE_MESSAGE, WELCOME, KEY_PACKAGE = 2, 3, 5
LEAF, PARENT = 1, 2


@dataclass(frozen=True, slots=True)
class Leaf:
    identity: bytes
    signature_key: bytes

    @property
    def mark(self) -> bytes:
        """How ``seen`` names this member."""
        return sha256(self.signature_key)[:16]


def vector(reader: Reader) -> bytes:
    """``opaque x<V>``: its length is 1, 2 or 4 bytes, as the two highest bits say."""
    first = reader.number(1)
    size = 1 << (first >> 6)
    if size == 8:
        raise Malformed
    length = ((first & 0x3F) << (8 * (size - 1))) | (reader.number(size - 1) if size > 1 else 0)
    return reader.take(length)


def leaves(tree: bytes) -> list[Leaf]:
    """The occupied leaves of a ``ratchet_tree`` extension, in their order."""
    reader = Reader(tree)
    nodes = Reader(vector(reader))
    found = []
    while nodes.left:
        if nodes.number(1) == 0:
            continue
        if nodes.number(1) == LEAF:
            found.append(_leaf(nodes))
        else:
            for _ in range(3):
                vector(nodes)
    return found


def _leaf(reader: Reader) -> Leaf:
    vector(reader)
    signature_key = vector(reader)
    if reader.number(2) != BASIC:
        raise Malformed
    identity = vector(reader)
    for _ in range(5):
        vector(reader)
    source = reader.number(1)
    if source == 1:
        reader.take(16)
    elif source == 3:
        vector(reader)
    vector(reader)
    vector(reader)
    return Leaf(identity, signature_key)


def key_package_leaf(message: bytes) -> Leaf:
    """The leaf that an MLSMessage (KeyPackage) would add. Raises Malformed."""
    reader = Reader(message)
    if reader.number(2) != MLS_1 or reader.number(2) != KEY_PACKAGE or reader.number(2) != MLS_1 or reader.number(2) != 1:
        raise Malformed
    vector(reader)
    leaf = _leaf(reader)
    vector(reader)
    vector(reader)
    reader.end()
    return leaf


def private_message_group(message: bytes) -> bytes:
    """The group that an MLSMessage is for. Raises Malformed for anything but a PrivateMessage."""
    reader = Reader(message)
    if reader.number(2) != MLS_1 or reader.number(2) != PRIVATE_MESSAGE:
        raise Malformed
    return vector(reader)
