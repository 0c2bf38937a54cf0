"""``make bench``: what the relay costs and how fast it is, with real authentication, real durability and everything on.

Server (and its database) are pinned to one core, the client to another. Machines are noisy: the figure to trust is CPU seconds per 1,000 delivered messages.
Prints a table against the goals and writes var/bench.json.
"""

import asyncio
import json
import os
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import uvloop

from tests.load.client import Seat, seat_connect
from tests.load.machine import cpu_seconds, family, memory_mib, pin
from tests.support.server import ROOT, Server, server_running

PAIRS: Final = 200
MESSAGES: Final = 40_000
STEADY_RATE: Final = 200
STEADY_SECONDS: Final = 10
IN_FLIGHT: Final = 4
IDLE: Final = 1_000
CATCH_UP: Final = 400
"""Messages that wait for one returning client; below the quota of one seat."""
RETURNING: Final = 20
GOALS: Final = {
    ("relay_sqlite", "cpu_s_per_1k"): (0.08, "at most"),
    ("relay_sqlite", "msg_per_s"): (12_000, "at least"),
    ("relay_sqlite", "p50_ms"): (1, "at most"),
    ("relay_sqlite", "p99_ms"): (5, "at most"),
    ("idle", "mib_per_1k"): (20, "at most"),
    ("catch_up", "msg_per_s"): (40_000, "at least"),
}

SEATS_MAKE: Final = """
import sys
from backend.core.clock import system_clock
from backend.relay.services import conversation_create
for line in sys.stdin.read().split():
    conversation_create(owner=bytes.fromhex(line), now=system_clock())
"""


@dataclass(slots=True)
class Pair:
    """Two seats of one conversation."""

    owner: Seat
    other: Seat
    sent_at: dict[bytes, float] = field(default_factory=dict)


def tokens_make(server: Server, count: int) -> list[bytes]:
    """Conversations, by the tokens of their owners."""
    from hashlib import sha256

    tokens = [secrets.token_bytes(32) for _ in range(count)]
    server.manage("shell", "--no-imports", "-c", SEATS_MAKE, given="\n".join(sha256(token).hexdigest() for token in tokens))
    return tokens


async def pairs_connect(url: str, tokens: list[bytes]) -> list[Pair]:
    """Connect both seats of each conversation, and acknowledge the change that opened the second."""
    from hashlib import sha256

    pairs = []
    for token in tokens:
        owner, other_token = await seat_connect(url, token), secrets.token_bytes(32)
        opened = asyncio.Event()
        owner.answered = lambda _, opened=opened: opened.set()  # type: ignore[misc]
        asyncio.ensure_future(owner.listen())
        await owner.open_seat(sha256(other_token).digest())
        await asyncio.wait_for(opened.wait(), 30)
        other = await seat_connect(url, other_token)
        asyncio.ensure_future(other.listen())
        for seat in (owner, other):
            await seat.ack(2)
        pairs.append(Pair(owner, other))
    return pairs


async def throughput(pairs: list[Pair], messages: int) -> float:
    """Send ``messages`` as fast as answers come, a few in flight for each pair; the seconds until the last was delivered."""
    each = messages // len(pairs)
    started = time.perf_counter()
    await asyncio.gather(*(_pair_busy(pair, each) for pair in pairs))
    return time.perf_counter() - started


async def _pair_busy(pair: Pair, count: int) -> None:
    room, done, delivered = asyncio.Semaphore(IN_FLIGHT), asyncio.Event(), 0

    def arrived(sequence: int, own: bool) -> None:
        nonlocal delivered
        if own:
            return
        delivered += 1
        asyncio.ensure_future(pair.other.ack(sequence))
        if delivered == count:
            done.set()

    def written(sequence: int, own: bool) -> None:
        asyncio.ensure_future(pair.owner.ack(sequence))

    pair.other.on_envelope = arrived
    pair.owner.answered = lambda _: room.release()
    pair.owner.on_envelope = written
    for _ in range(count):
        await room.acquire()
        await pair.owner.append(secrets.token_bytes(16))
    await asyncio.wait_for(done.wait(), 120)


async def steady(pairs: list[Pair]) -> list[float]:
    """An open loop at a steady rate: from sending to delivery, in milliseconds."""
    took: list[float] = []
    waiting: dict[int, list[float]] = {number: [] for number in range(len(pairs))}
    for number, pair in enumerate(pairs):
        pair.other.on_envelope = _noting(pair, waiting[number], took)
        pair.owner.answered = lambda _: None
    started, total = time.perf_counter(), STEADY_RATE * STEADY_SECONDS
    for number in range(total):
        due = started + number / STEADY_RATE
        await asyncio.sleep(max(0, due - time.perf_counter()))
        waiting[number % len(pairs)].append(due)
        await pairs[number % len(pairs)].owner.append(secrets.token_bytes(16))
    while len(took) < total and time.perf_counter() < started + STEADY_SECONDS + 30:
        await asyncio.sleep(0.05)
    return took


def _noting(pair: Pair, waiting: list[float], took: list[float]) -> Callable[[int, bool], None]:
    def note(sequence: int, own: bool) -> None:
        if own:
            return
        took.append((time.perf_counter() - waiting.pop(0)) * 1000)
        asyncio.ensure_future(pair.other.ack(sequence))

    return note


async def relay_measure(server: Server, url: str) -> dict[str, float]:
    """Throughput and its cost, then latency at a steady rate."""
    assert server.process is not None
    pairs = await pairs_connect(url, tokens_make(server, PAIRS))
    processes = family(server.process.pid)
    before = cpu_seconds(processes)
    seconds = await throughput(pairs, MESSAGES)
    cost = cpu_seconds(processes) - before
    took = sorted(await steady(pairs))
    refused = sum(len(seat.refusals) for pair in pairs for seat in (pair.owner, pair.other))
    for pair in pairs:
        await asyncio.gather(pair.owner.socket.close(), pair.other.socket.close())
    return {
        "messages": MESSAGES,
        "msg_per_s": round(MESSAGES / seconds),
        "cpu_s_per_1k": round(cost / MESSAGES * 1000, 4),
        "p50_ms": round(statistics.median(took), 2),
        "p99_ms": round(took[int(len(took) * 0.99)], 2),
        "refusals": refused,
    }


async def idle_measure(server: Server, url: str) -> dict[str, float]:
    """Memory of the web process for each thousand of idle sockets."""
    assert server.process is not None
    tokens = tokens_make(server, IDLE)
    before = memory_mib(server.process.pid)
    seats = [await seat_connect(url, token) for token in tokens]
    after = memory_mib(server.process.pid)
    await asyncio.gather(*(seat.socket.close() for seat in seats))
    return {"sockets": IDLE, "mib_per_1k": round((after - before) / IDLE * 1000, 1)}


async def catch_up_measure(server: Server, url: str) -> dict[str, float]:
    """Returning clients read what was written while they were away."""
    pairs = await pairs_connect(url, tokens_make(server, RETURNING))
    for pair in pairs:
        await pair.other.socket.close()
    tokens: list[bytes] = [secrets.token_bytes(32) for _ in pairs]
    from hashlib import sha256

    for pair, token in zip(pairs, tokens, strict=True):
        await pair.owner.open_seat(sha256(token).digest())
    await asyncio.gather(*(_fill(pair) for pair in pairs))
    started = time.perf_counter()
    await asyncio.gather(*(_read_all(url, token) for token in tokens))
    seconds = time.perf_counter() - started
    return {"messages": RETURNING * CATCH_UP, "msg_per_s": round(RETURNING * CATCH_UP / seconds)}


async def _fill(pair: Pair) -> None:
    answered = asyncio.Semaphore(0)
    pair.owner.answered = lambda _: answered.release()
    pair.owner.on_envelope = lambda sequence, own: None
    for _ in range(CATCH_UP):
        await pair.owner.append(secrets.token_bytes(16))
        await asyncio.wait_for(answered.acquire(), 30)


async def _read_all(url: str, token: bytes) -> None:
    seat, done = await seat_connect(url, token), asyncio.Event()
    seat.on_envelope = lambda sequence, own: done.set() if sequence >= seat.head else None
    listening = asyncio.ensure_future(seat.listen())
    await asyncio.wait_for(done.wait(), 60)
    listening.cancel()
    await seat.socket.close()


SCENARIOS: Final[dict[str, Callable[[Server, str], Any]]] = {
    "relay_sqlite": relay_measure,
    "idle": idle_measure,
    "catch_up": catch_up_measure,
}


def run(name: str) -> dict[str, Any]:
    """One scenario on a fresh server."""
    with tempfile.TemporaryDirectory(prefix="quietline-bench-") as folder, server_running(Path(folder)) as server:
        assert server.process is not None
        cores = sorted(os.sched_getaffinity(0))
        for pid in family(server.process.pid):
            pin(pid, cores[0])
        os.sched_setaffinity(0, {cores[-1]})
        url = server.url.replace("http", "ws") + "/api/v1/relay"
        figures: dict[str, Any] = uvloop.run(SCENARIOS[name](server, url))
        os.sched_setaffinity(0, set(cores))
    return {**figures, **_judged(name, figures)}


def _judged(name: str, figures: dict[str, Any]) -> dict[str, Any]:
    goals = {key: goal for (scenario, key), goal in GOALS.items() if scenario == name}
    met = {key: figures[key] <= goal if way == "at most" else figures[key] >= goal for key, (goal, way) in goals.items()}
    return {"goal": {key: f"{way} {goal}" for key, (goal, way) in goals.items()}, "met": met}


def main() -> int:
    results: dict[str, Any] = {}
    for name in SCENARIOS:
        results[name] = run(name)
        for key, value in results[name].items():
            if key not in ("goal", "met"):
                goal = results[name]["goal"].get(key, "")
                print(f"{name:14} {key:14} {value:>10}   {goal:18} {'' if not goal else 'met' if results[name]['met'][key] else 'missed'}")
    target = ROOT / "var" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    print(f"written to {target.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
