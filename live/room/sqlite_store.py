"""Rooms in one SQLite file: a server that was killed comes back with them."""

import asyncio
import json
import sqlite3
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from live.room.store import LIFE, Answer, Outcome, Room, Shown, UnreachableError

Result = TypeVar("Result")

SCHEMA = """
CREATE TABLE IF NOT EXISTS rooms (
    code TEXT PRIMARY KEY, secret TEXT, shown TEXT, question TEXT, takes_answers INTEGER,
    version INTEGER, change INTEGER, ends REAL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS phones (
    code TEXT REFERENCES rooms ON DELETE CASCADE, phone TEXT, PRIMARY KEY (code, phone)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS answers (
    code TEXT REFERENCES rooms ON DELETE CASCADE, question TEXT, phone TEXT, text TEXT,
    PRIMARY KEY (code, question, phone)
) WITHOUT ROWID;
"""
# In WAL mode a transaction that was committed survives the end of this process without waiting for
# the disk (`synchronous = NORMAL`); only the end of the machine could undo the last ones.
SETTINGS = """
PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON; PRAGMA busy_timeout = 5000;
"""


class SqliteStore:
    """One connection and one thread, in which one step is done after another.

    Args:
        path: The file; its folder is made. Where neither can be written, the first use raises
            `UnreachableError`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._thread = ThreadPoolExecutor(1, "rooms")
        self._database: sqlite3.Connection | None = None

    async def create(self, code: str, secret: str, shown: Shown, most: int, now: float) -> Outcome:
        def step(database: sqlite3.Connection) -> Outcome:
            database.execute("DELETE FROM rooms WHERE ends <= ?", (now,))
            if database.execute("SELECT 1 FROM rooms WHERE code = ?", (code,)).fetchone():
                return Outcome.TAKEN
            if database.execute("SELECT count(*) FROM rooms").fetchone()[0] >= most:
                return Outcome.FULL
            told = (shown.text, shown.question, shown.takes_answers)
            database.execute(
                "INSERT INTO rooms VALUES (?, ?, ?, ?, ?, 1, 1, ?)",
                (code, secret, *told, now + LIFE),
            )
            return Outcome.DONE

        return await self._do(step)

    async def read(self, code: str, now: float, phones: Collection[str] = ()) -> Room | None:
        def step(database: sqlite3.Connection) -> Room | None:
            found = database.execute(
                "SELECT secret, shown, question, takes_answers, version, change,"
                " (SELECT count(*) FROM phones WHERE code = rooms.code),"
                " (SELECT count(*) FROM answers"
                "  WHERE code = rooms.code AND question = rooms.question)"
                " FROM rooms WHERE code = ? AND ends > ?",
                (code, now),
            ).fetchone()
            if found is None:
                return None
            secret, text, question, takes_answers, version, change, joined, answered = found
            own = database.execute(
                "SELECT phone, text FROM answers WHERE code = ? AND question = ?"
                " AND phone IN (SELECT value FROM json_each(?))",
                (code, question, json.dumps([*phones])),
            )
            shown = Shown(text, question, bool(takes_answers))
            return Room(secret, shown, version, change, joined, answered, dict(own))

        return await self._do(step)

    async def show(self, code: str, shown: Shown, now: float) -> Outcome:
        def step(database: sqlite3.Connection) -> Outcome:
            changed = database.execute(
                "UPDATE rooms SET shown = ?, question = ?, takes_answers = ?,"
                " version = version + 1, change = change + 1, ends = ?"
                " WHERE code = ? AND ends > ?",
                (shown.text, shown.question, shown.takes_answers, now + LIFE, code, now),
            )
            return Outcome.DONE if changed.rowcount else Outcome.NO_ROOM

        return await self._do(step)

    async def join(self, code: str, phone: str, most: int, now: float) -> Outcome:
        def step(database: sqlite3.Connection) -> Outcome:
            if not _lives(database, code, now):
                return Outcome.NO_ROOM
            if _is_in(database, code, phone):
                return Outcome.DONE
            count = database.execute("SELECT count(*) FROM phones WHERE code = ?", (code,))
            if count.fetchone()[0] >= most:
                return Outcome.FULL
            database.execute("INSERT INTO phones VALUES (?, ?)", (code, phone))
            _touch(database, code, now)
            return Outcome.DONE

        return await self._do(step)

    async def answer(self, code: str, question: str, phone: str, text: str, now: float) -> Outcome:
        def step(database: sqlite3.Connection) -> Outcome:
            if not _lives(database, code, now):
                return Outcome.NO_ROOM
            if not _is_in(database, code, phone):
                return Outcome.STRANGER
            asked = database.execute(
                "SELECT question, takes_answers FROM rooms WHERE code = ?", (code,)
            ).fetchone()
            if asked != (question, 1):
                return Outcome.CLOSED
            changed = database.execute(
                "INSERT INTO answers VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET text = excluded.text WHERE text != excluded.text",
                (code, question, phone, text),
            )
            if changed.rowcount:
                _touch(database, code, now)
            return Outcome.DONE

        return await self._do(step)

    async def answers(self, code: str, now: float, question: str | None = None) -> list[Answer]:
        def step(database: sqlite3.Connection) -> list[Answer]:
            if not _lives(database, code, now):
                return []
            found = database.execute(
                "SELECT question, phone, text FROM answers"
                " WHERE code = ?1 AND (?2 IS NULL OR question = ?2)",
                (code, question),
            )
            return [Answer(*row) for row in found]

        return await self._do(step)

    async def versions(self, codes: list[str], now: float) -> dict[str, tuple[int, int]]:
        def step(database: sqlite3.Connection) -> dict[str, tuple[int, int]]:
            places = ", ".join("?" * len(codes))
            found = database.execute(
                f"SELECT code, version, change FROM rooms WHERE ends > ? AND code IN ({places})",
                (now, *codes),
            )
            return {code: (version, change) for code, version, change in found}

        return await self._do(step)

    async def erase(self, code: str) -> None:
        await self._do(
            lambda database: database.execute("DELETE FROM rooms WHERE code = ?", [code])
        )
        await self._empty_journal()

    async def forget(self, now: float) -> None:
        def step(database: sqlite3.Connection) -> int:
            return database.execute("DELETE FROM rooms WHERE ends <= ?", (now,)).rowcount

        if await self._do(step):
            await self._empty_journal()

    async def close(self) -> None:
        if self._database is not None:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._database.close)
            self._database = None
        self._thread.shutdown()

    async def _empty_journal(self) -> None:
        """What was erased is still in the journal until that is begun anew."""

        def step(database: sqlite3.Connection) -> None:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

        await self._do(step, whole=False)

    async def _do(self, step: Callable[[sqlite3.Connection], Result], whole: bool = True) -> Result:
        """Do one step in the thread, and where it is to be `whole`, as one transaction."""

        def work() -> Result:
            try:
                database = self._opened()
                if not whole:
                    return step(database)
                # From the start the only one that writes: what a step has read still holds when it
                # writes, whatever another process does.
                database.execute("BEGIN IMMEDIATE")
                try:
                    result = step(database)
                except BaseException:
                    database.execute("ROLLBACK")
                    raise
                database.execute("COMMIT")
            except (sqlite3.Error, OSError) as error:
                raise UnreachableError(str(error)) from error
            return result

        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _opened(self) -> sqlite3.Connection:
        if self._database is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
            database.executescript(SETTINGS + SCHEMA)
            self._database = database
        return self._database


def _lives(database: sqlite3.Connection, code: str, now: float) -> bool:
    return _any(database, "SELECT 1 FROM rooms WHERE code = ? AND ends > ?", code, now)


def _is_in(database: sqlite3.Connection, code: str, phone: str) -> bool:
    return _any(database, "SELECT 1 FROM phones WHERE code = ? AND phone = ?", code, phone)


def _any(database: sqlite3.Connection, query: str, *values: Any) -> bool:
    return database.execute(query, values).fetchone() is not None


def _touch(database: sqlite3.Connection, code: str, now: float) -> None:
    database.execute(
        "UPDATE rooms SET change = change + 1, ends = ? WHERE code = ?", (now + LIFE, code)
    )
