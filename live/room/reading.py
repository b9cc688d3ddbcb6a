"""A hall reads a new scene in one instant: its phones share a few questions to the store."""

import asyncio
import time

from live.room.store import Room, Store


class Reading:
    """Whoever asks for a room while the store is being asked for it shares the next question.

    What is read is never older than the request: a question is closed before the store gets it.

    Args:
        store: Where the rooms are kept.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._gathered: dict[str, tuple[set[str], asyncio.Task[Room | None]]] = {}
        self._latest: dict[str, asyncio.Task[Room | None]] = {}

    async def room(self, code: str, phone: str = "") -> Room | None:
        """The room as it is, with what this phone, and those beside it, have answered."""
        if code not in self._gathered:
            phones: set[str] = set()
            asked = asyncio.create_task(self._ask(code, phones, self._latest.get(code)))
            asked.add_done_callback(_looked_at)
            self._gathered[code] = phones, asked
            self._latest[code] = asked
        phones, asked = self._gathered[code]
        if phone:
            phones.add(phone)
        return await asyncio.shield(asked)

    async def _ask(
        self, code: str, phones: set[str], before: asyncio.Task[Room | None] | None
    ) -> Room | None:
        if before is not None:
            await asyncio.wait([before])
        _, this = self._gathered.pop(code)
        try:
            return await self._store.read(code, time.time(), phones)
        finally:
            if self._latest[code] is this:
                del self._latest[code]


def _looked_at(asked: asyncio.Task[Room | None]) -> None:
    """An error is told to those who wait, of whom there may be none left."""
    if not asked.cancelled():
        asked.exception()
