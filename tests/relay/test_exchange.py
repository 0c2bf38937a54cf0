"""The HTTP application, where sockets do not get through."""

from backend.relay.exchange import RelayExchange
from backend.relay.frames import Answer, Envelope, Ready
from tests.relay.driver import append_of, change_of, exchange


async def test_an_exchange_says_ready_then_the_answers_then_what_came_after(exchanges: RelayExchange, conversation: bytes) -> None:
    change = change_of("friend")
    heard = await exchange(exchanges, "owner", change, append_of("x", epoch=1)).heard()
    assert heard.status == 200
    assert isinstance(heard.frames[0], Ready)
    assert heard.frames[1] == Answer(change.client_id, 1, 1)
    assert [frame.sequence for frame in heard.frames[3:] if isinstance(frame, Envelope)] == [1, 2]


async def test_a_waiting_exchange_hears_what_happens_meanwhile(exchanges: RelayExchange, conversation: bytes) -> None:
    await exchange(exchanges, "owner", change_of("friend")).heard()
    waiting = exchange(exchanges, "owner", after=1, wait=25)
    act = append_of("x", epoch=1)
    await exchange(exchanges, "friend", act).heard()
    heard = await waiting.heard()
    assert heard.frames[1:] == [Envelope(2, 1, 1, None, act.body)]
