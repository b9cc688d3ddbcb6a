"""Malformed requests of every kind at a room: `python -m tests.live.room.fuzz [count] [seed]`.

Whatever comes in, the server answers with a status below 500 and says why, and the room is as it
was. `test_fuzz.py` sends some hundred; by itself this sends ten thousand.
"""

import collections
import http.client
import json
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from live.room import http as rooms_http
from live.room.requests import SECRET
from live.room.sqlite_store import SqliteStore
from tests.live.room.hall import BOX, QUESTION, Hall, Lecturer, phone, serving

STRANGE: list[Any] = [
    None, True, -1, 2**63, 1e308, float("nan"), float("inf"), "", "A", "ABCDE", "\x00", "\ud800",
    "<img src=x onerror=alert(1)>", "'; DROP TABLE rooms; --", "../../etc/passwd", "Ω" * 300, [],
    [[]], {}, {"a": {"b": []}}, [1, 2, 3, 4], [4, 3, 2, 1], "1e999", {"prediction": BOX},
]  # fmt: skip
METHODS = ("GET",) * 4 + ("POST",) * 8 + ("PUT",) * 3 + ("DELETE", "PATCH", "OPTIONS", "HEAD")
ENDS = ("", "/phones", "/answers", "/answers.csv", "/qr.svg", "/nothing", "/events/more")


def strange(chance: random.Random, depth: int = 0) -> Any:
    """Some value that JSON can write, or that it cannot."""
    kind = chance.random()
    if kind < 0.7 or depth > 3:
        return chance.choice(STRANGE)
    if kind < 0.85:
        return [strange(chance, depth + 1) for _ in range(chance.randrange(5))]
    return {
        chance.choice([*QUESTION, "phone", "choice", "place"]): strange(chance, depth + 1)
        for _ in range(chance.randrange(5))
    }


def body(chance: random.Random) -> bytes:
    """A message that is nearly one, or none at all."""
    kind = chance.random()
    if kind < 0.1:
        return chance.randbytes(chance.randrange(200))
    if kind < 0.15:
        return b"[" * chance.randrange(70_000)
    given: Any = dict(QUESTION) | {"phone": phone(chance.randrange(50)), "choice": 1, "place": BOX}
    for name in chance.sample(sorted(given), chance.randrange(1, 4)):
        given[name] = strange(chance)
    if kind < 0.25:
        given = strange(chance)
    text = json.dumps(given)
    return text.encode()[: chance.randrange(len(text) + 1)] if kind > 0.9 else text.encode()


def target(chance: random.Random, code: str) -> str:
    wrong = chance.choice(["AAAAA", "ABC", "ÄÖÜ", "%00", "A" * 500, str(chance.choice(STRANGE))])
    named = code if chance.random() < 0.7 else wrong
    path = f"/room/{quote(named.encode('utf-8', 'replace'), safe='%')}{chance.choice(ENDS)}"
    query = f"?phone={quote(str(chance.choice(STRANGE)).encode('utf-8', 'replace'))}"
    return path + (query if chance.random() < 0.3 else "") if chance.random() < 0.95 else "/room"


def send(hall: Hall, room: Lecturer, chance: random.Random) -> int:
    """One request; its status."""
    headers = {}
    if chance.random() < 0.3:
        headers[SECRET] = chance.choice([room.secret[:-1], "guess", "é", "x" * 3000, ""])
    if chance.random() < 0.1:
        headers["Content-Type"] = chance.choice(["text/html", "image/png; charset=%00", ""])
    connection = http.client.HTTPConnection(urlsplit(hall.address).netloc, timeout=30)
    try:
        method, path = chance.choice(METHODS), target(chance, room.code)
        connection.request(method, path, body(chance), headers)
        answer = connection.getresponse()
        text = answer.read()
        if text and answer.status >= 400 and answer.getheader("content-type") == "application/json":
            told = json.loads(text)
            assert {"error", "en", "zh"} == told.keys(), told
        return answer.status
    finally:
        connection.close()


def fuzz(hall: Hall, count: int, seed: int) -> collections.Counter[int]:
    """How often each status was answered.

    Raises:
        AssertionError: the server failed, or the room is not what it was.
    """
    room = hall.open()
    hall.join(room.code, 99)
    hall.answer(room.code, 99, choice=2)
    chance = random.Random(seed)
    statuses: collections.Counter[int] = collections.Counter()
    for _ in range(count):
        statuses[send(hall, room, chance)] += 1
    assert max(statuses) < 500, statuses
    room.show(phase="reveal")
    told = room.state()
    assert told["shown"]["words"] == QUESTION["words"]
    assert told["histogram"][2] >= 1
    return statuses


def without_limits() -> None:
    """Or nearly all requests would be told to wait."""
    rooms_http.REQUESTS_OF_A_PHONE = 10**9, 10.0
    rooms_http.WRONG_CODES = 10**9, 60.0
    rooms_http.ROOMS_OF_AN_ADDRESS = 10**9, 600.0


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    without_limits()
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(SqliteStore(Path(folder) / "rooms.sqlite")) as hall,
    ):
        statuses = fuzz(hall, count, seed)
    print(f"{count} requests in {time.monotonic() - began:.0f} s: {dict(sorted(statuses.items()))}")


if __name__ == "__main__":
    main()
