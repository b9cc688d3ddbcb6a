"""Who waits for a room to change hears of it, at most five times a second."""

import asyncio
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import anyio

from live.room.store import Store, UnreachableError

SECONDS_BETWEEN = 0.2

SECONDS_UNTIL_LOST = 2.0
"""After so long without a store, whoever waits is let go: phones that ask again are told why."""

GONE = 0
"""The version of a room that is not, or is no more."""
LOST = -1
"""That of every room while the store has not answered for long."""


@dataclass
class _Heard:
    """What is known of one number of one room, and how many wait for it to be another."""

    version: int | None = None
    waiting: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, version: int) -> bool:
        """Whether that is another one."""
        if version == self.version:
            return False
        self.version = version
        self.changed.set()
        self.changed = asyncio.Event()
        return True


class Watch:
    """One question to the store five times a second, for all who wait in this process.

    Rooms' counts are all that is asked for, so it costs the same for one phone and for a thousand,
    and processes that share a store need not speak to one another.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._heard: dict[tuple[str, bool], _Heard] = {}
        self._asking: asyncio.Task[None] | None = None
        self._look = asyncio.Event()

    def look(self) -> None:
        """Something has just changed: the store is asked at once, unless it was a moment ago."""
        self._look.set()

    async def versions(
        self, code: str, every_change: bool, leaving: anyio.Event
    ) -> AsyncIterator[int]:
        """The version of a room, or its change where `every_change` counts: now, and whenever it is
        another. `GONE`, and the end, once there is no such room; the end, too, once the server is
        `leaving` or the store is lost."""
        key = code, every_change
        heard = self._heard.setdefault(key, _Heard())
        heard.waiting += 1
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask())
        try:
            last: int | None = None
            while last != GONE and not leaving.is_set():
                changed = heard.changed
                if heard.version is None or heard.version == last:
                    await _first(changed.wait(), leaving.wait())
                    continue
                if heard.version == LOST:
                    return
                last = heard.version
                yield last
        finally:
            heard.waiting -= 1
            if not heard.waiting:
                self._heard.pop(key, None)

    async def _ask(self) -> None:
        """As long as somebody waits. While the store does not answer, nobody hears anything."""
        answered = time.monotonic()
        while asked := dict(self._heard):
            self._look.clear()
            told = False
            try:
                found = await self._store.versions([*{code for code, _ in asked}], time.time())
                answered = time.monotonic()
            except UnreachableError:
                found = None
                if time.monotonic() - answered > SECONDS_UNTIL_LOST:
                    for heard in asked.values():
                        heard.tell(LOST)
            if found is not None:
                for (code, every_change), heard in asked.items():
                    told |= heard.tell(found.get(code, (GONE, GONE))[every_change])
            if told:  # the next is heard a fifth of a second later
                await asyncio.sleep(SECONDS_BETWEEN)
            else:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._look.wait(), SECONDS_BETWEEN)
        self._asking = None


async def _first(*coroutines: Coroutine[Any, Any, Any]) -> None:
    """Wait for one of several, and for the others no longer."""
    tasks = [asyncio.ensure_future(coroutine) for coroutine in coroutines]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
