"""Whoever asks the server without a browser: visitors who use it, strangers who abuse it."""

import asyncio
import json
import random
import threading
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import websockets

from live.families import EVERY_PAGE
from live.families.page_tables import table
from live.words.text import LANGUAGE_IN_LINK, LANGUAGES
from tests.live.room.fuzz import strange
from tests.session import Session

FAMILIES = [name for name in EVERY_PAGE if name != "concepts"]
SECONDS_BETWEEN = (1.0, 4.0)
AWAY = (OSError, EOFError, websockets.WebSocketException)
"""What a visitor sees of a server that is killed."""


class Crowd:
    """Runs in a thread of its own until it is told to go.

    Attributes:
        away: Set while the server is away on purpose: what fails then is no fault.
        lives: How often it was started; a visitor of an earlier one may notice late.
        faults: What nobody may ever see.
        answers: How many answers came.
    """

    def __init__(self, server: str, visitors: int, seed: int) -> None:
        self.server = server
        self.away = threading.Event()
        self.lives = 1
        self.faults: list[str] = []
        self.answers = 0
        self._gone = threading.Event()
        whole = [self._visitor] * visitors + [self._reader_of_odd_links, self._sender_of_odd_words]
        self._people = [(person, random.Random(f"{seed} {n}")) for n, person in enumerate(whole)]
        self._thread = threading.Thread(target=lambda: asyncio.run(self._all()))

    def come(self) -> None:
        self._thread.start()

    def go(self) -> None:
        self._gone.set()
        self._thread.join()

    async def _all(self) -> None:
        await asyncio.gather(*(self._live(person, chance) for person, chance in self._people))

    async def _live(
        self, person: Callable[[random.Random], Awaitable[None]], chance: random.Random
    ) -> None:
        """Come, leave or be cut off, and come back, again and again."""
        while not self._gone.is_set():
            life = self.lives
            try:
                await person(chance)
            except AWAY as error:
                if not self.away.is_set() and life == self.lives:
                    self.faults.append(f"{person.__name__.strip('_')}: {error!r}")
            except RuntimeError as error:
                self.faults.append(str(error))
            await self._wait(chance)

    async def _wait(self, chance: random.Random) -> None:
        await asyncio.sleep(chance.uniform(*SECONDS_BETWEEN))

    async def _visitor(self, chance: random.Random) -> None:
        """Some releases, other pages, the other language; then the visitor leaves."""
        session = Session(self.server)
        await session.open(chance.choice(FAMILIES))
        while chance.random() > 0.05 and not self._gone.is_set():
            if chance.random() < 0.7:
                scenes = [*table(session.page).scenes]
                await session.release(table(session.page).start(chance.choice(scenes)))
            else:
                language = urlencode({LANGUAGE_IN_LINK: chance.choice([*LANGUAGES])})
                await session.turn(chance.choice(FAMILIES), language)
            self.answers += 1
            await self._wait(chance)
        await session.close()

    async def _reader_of_odd_links(self, chance: random.Random) -> None:
        page = chance.choice(["", *EVERY_PAGE, "stage/boxes", "lecture/", "static/", "room/AAAA"])
        rows = [*table(page).rows] if page in EVERY_PAGE else ["lang"]
        query = {name: written(strange(chance)) for name in rows if chance.random() < 0.3}
        path = chance.choice(["/", "//", "/./", "/../"]) + page + chance.choice(["", "/", "%00"])
        code = await self._status(f"{path}?{urlencode(query, quote_via=quote)}")
        if code >= 500:
            self.faults.append(f"{code} for {path}?{query}")
        self.answers += 1

    async def _status(self, target: str) -> int:
        address = urlsplit(self.server)
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        try:
            head = f"GET {target} HTTP/1.1\r\nHost: {address.netloc}\r\nConnection: close\r\n\r\n"
            writer.write(head.encode())
            return int((await reader.readuntil(b"\r\n")).split()[1])
        finally:
            writer.close()

    async def _sender_of_odd_words(self, chance: random.Random) -> None:
        """Releases of any shape, then bytes that are no message; the latter may end the talk."""
        session = Session(self.server)
        name = chance.choice(FAMILIES)
        await session.open(name, urlencode({"scene": written(strange(chance))}))
        for _ in range(20):
            state: Any = {row: strange(chance) for row in table(name).rows}
            odd = {"sequence": strange(chance), "state": chance.choice([state, strange(chance)])}
            await session.say(chance.choice([odd, strange(chance)]))
            self.answers += 1
        await session.socket.send(chance.randbytes(100))
        await session.close()


def written(value: Any) -> str:
    """What a link can bear of any value."""
    text = value if isinstance(value, str) else json.dumps(value)
    return text.encode(errors="replace").decode()
