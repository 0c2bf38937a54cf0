"""The WebSocket application, as a browser meets it."""

from backend.relay.frames import Ack, Answer, Envelope, Ready
from backend.relay.socket import RelaySocket
from tests.relay.driver import Socket, append_of, change_of


async def test_an_append_is_answered_and_handed_to_the_other_seat(socket: RelaySocket, conversation: bytes) -> None:
    async with Socket(socket) as owner, Socket(socket) as friend:
        assert isinstance(await owner.hello("owner"), Ready)
        change = change_of("friend", welcome="welcome")
        owner.send(change)
        assert await owner.hear_many(3) == [
            Answer(change.client_id, 1, 1),
            Envelope(1, 2, 0, change.client_id, None),
            Envelope(2, 3, 0, change.client_id, None),
        ]
        ready = await friend.hello("friend")
        assert isinstance(ready, Ready)
        assert (ready.seat, ready.cursor, ready.head, ready.epoch) == (1, 0, 2, 1)
        assert await friend.hear_many(2) == [Envelope(1, 2, 0, None, change.commit), Envelope(2, 3, 0, None, change.welcome)]
        act = append_of("hello", epoch=1)
        friend.send(Ack(2), act)
        assert await friend.hear_many(2) == [Answer(act.client_id, 3, 0), Envelope(3, 1, 1, act.client_id, None)]
        assert await owner.hear() == Envelope(3, 1, 1, None, act.body)
