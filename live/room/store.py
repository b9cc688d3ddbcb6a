"""What the rooms need of a store: few functions, each one step that happens whole or not at all.

Two stores have them, `sqlite_store` and `redis_store`; the same tests run over both. Times are in
seconds since 1970 and come from the caller. A room that has ended is as one that never was.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

LIFE = 8 * 3600.0
"""Seconds that a room lasts after its last event."""


class UnreachableError(Exception):
    """The store does not answer now; what was asked may be asked again."""


class Outcome(Enum):
    """What became of a request to change a room."""

    DONE = "done"
    NO_ROOM = "no_room"
    FULL = "full"
    """As many rooms, or as many phones in one, as there may be."""
    TAKEN = "taken"
    """The code has a room."""
    CLOSED = "closed"
    """The question takes no answers, or no more."""
    STRANGER = "stranger"
    """The phone has not joined."""


@dataclass(frozen=True)
class Shown:
    """What the lecturer shows.

    text: all of it, as JSON.
    question: the key of its question, under which answers are kept; "" for none.
    takes_answers: whether phones may answer it, or answer it otherwise, now.
    """

    text: str
    question: str
    takes_answers: bool


@dataclass(frozen=True)
class Room:
    """A room as it is.

    secret: the digest of the lecturer's secret.
    version: how often the lecturer has shown something else.
    change: how often anything has changed: that, who has joined, what was answered.
    phones: how many have joined.
    answered: how many have answered the question that is shown.
    own: what the phones that were asked about have answered to it.
    """

    secret: str
    shown: Shown
    version: int
    change: int
    phones: int
    answered: int
    own: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    question: str
    phone: str
    text: str


class Store(Protocol):
    """Every function may raise `UnreachableError`."""

    async def create(self, code: str, secret: str, shown: Shown, most: int, now: float) -> Outcome:
        """Open a room, unless the code has one or there are `most`."""

    async def read(self, code: str, now: float, phones: Collection[str] = ()) -> Room | None:
        """The room as it is, with what these phones have answered."""

    async def show(self, code: str, shown: Shown, now: float) -> Outcome:
        """Show something else."""

    async def join(self, code: str, phone: str, most: int, now: float) -> Outcome:
        """Let a phone in, unless there are `most`; one that is in stays in."""

    async def answer(self, code: str, question: str, phone: str, text: str, now: float) -> Outcome:
        """Keep a phone's answer in place of its earlier one. Once this returns `DONE`, the answer
        is kept whatever becomes of this process."""

    async def answers(self, code: str, now: float, question: str | None = None) -> list[Answer]:
        """The answers to one question, or to all."""

    async def versions(self, codes: list[str], now: float) -> dict[str, tuple[int, int]]:
        """Version and change of those rooms that are."""

    async def erase(self, code: str) -> None:
        """End a room and forget all of it."""

    async def forget(self, now: float) -> None:
        """Erase the rooms that have ended."""

    async def close(self) -> None:
        """Let go of files and connections."""
