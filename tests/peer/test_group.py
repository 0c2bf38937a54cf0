"""mls-rs between two members, and what this client refuses."""

import pytest

from tests.peer.group import Ghost, Group, Member, Unprocessable
from tests.peer.signed import Untrusted
from tests.peer.tree import Leaf, key_package_leaf

STAFF, SURVIVOR = b"\x01" + b"s" * 600, b"\x02" + b"p" * 16


def anybody(leaf: Leaf) -> None:
    """Admit whoever comes."""


def nobody(leaf: Leaf) -> None:
    raise Untrusted("stranger")


def pair() -> tuple[Group, Group]:
    """An advocate's group and a survivor's, joined by a Welcome."""
    staff, survivor = Member.new(STAFF), Member.new(SURVIVOR)
    group = staff.create()
    started = group.add(survivor.key_package())
    group.enter(started, admit=anybody)
    return group, survivor.join(started.welcome, admit=anybody)


def test_two_members_read_each_other() -> None:
    advocate, survivor = pair()
    assert survivor.read(advocate.encrypt(b"is it safe to talk?")) == b"is it safe to talk?"
    assert advocate.read(survivor.encrypt("sí".encode())) == "sí".encode()


def test_members_are_read_from_the_tree() -> None:
    advocate, survivor = pair()
    assert [leaf.identity for leaf in advocate.others] == [SURVIVOR]
    assert survivor.others == [advocate.me.leaf]


def test_a_key_package_names_the_leaf_that_it_would_add() -> None:
    member = Member.new(SURVIVOR)
    assert key_package_leaf(member.key_package()) == member.leaf


def test_a_message_is_read_once() -> None:
    advocate, survivor = pair()
    message = advocate.encrypt(b"once")
    survivor.read(message)
    with pytest.raises(Unprocessable):
        survivor.read(message)


def test_a_message_of_another_group_is_refused() -> None:
    advocate, _ = pair()
    _, stranger = pair()
    with pytest.raises(Unprocessable, match="another group"):
        stranger.read(advocate.encrypt(b"hello"))


def test_nothing_but_a_private_message_is_read() -> None:
    advocate, survivor = pair()
    with pytest.raises(Unprocessable, match="not a PrivateMessage"):
        survivor.read(Member.new(SURVIVOR).key_package())
    with pytest.raises(Unprocessable):
        survivor.read(advocate.encrypt(b"cut")[:-1])


def test_the_first_commit_names_nobody_to_the_server() -> None:
    started = Member.new(STAFF).create().add(Member.new(SURVIVOR).key_package())
    assert SURVIVOR in started.public_commit
    assert SURVIVOR not in started.commit


def test_a_welcome_into_a_strangers_group_is_refused() -> None:
    survivor = Member.new(SURVIVOR)
    started = Member.new(STAFF).create().add(survivor.key_package())
    with pytest.raises(Ghost, match="stranger"):
        survivor.join(started.welcome, admit=nobody)


def test_a_welcome_for_another_key_package_is_refused() -> None:
    started = Member.new(STAFF).create().add(Member.new(SURVIVOR).key_package())
    with pytest.raises(Unprocessable):
        Member.new(SURVIVOR).join(started.welcome, admit=anybody)
