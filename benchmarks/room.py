"""`python -m benchmarks.room [phones]`: a hall of 300 phones on two cores, served as it would be.

Clients do what a phone does: load the page and its modules, join, listen to events, answer, and
read the new state; while a new scene is shown, readers beside it drag on pages of Streamlit. Once
with SQLite and one process, once with Redis and two behind nginx.
There is no rival: nobody else has this. The exit code is 1 where a target is missed.
"""

import asyncio
import json
import re
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import psutil

from benchmarks.server_process import cpu_seconds, process_of, resident_bytes
from live.families.page_tables import table
from tests.app_process import AppProcess
from tests.hall_servers import running_hall
from tests.live.room.hall import QUESTION, Hall, phone
from tests.session import Session

READERS = 5
SECONDS_BETWEEN_DRAGS = 1.0
TARGETS = {
    "all in, s": 8,
    "server CPU a phone, ms": 8,
    "answers p95, ms": 500,
    "answers lost or twice": 0,
    "new scene p95, ms": 1000,
    "memory a phone, kB": 100,
}


class Line:
    """One connection of a phone, kept open."""

    def __init__(self, address: str) -> None:
        self.host = urlsplit(address).hostname or ""
        self.port = urlsplit(address).port or 80

    async def open(self) -> "Line":
        self.reader, self.writer = await asyncio.open_connection(self.host, self.port, limit=2**20)
        return self

    def send(self, method: str, path: str, given: object = None) -> None:
        body = b"" if given is None else json.dumps(given).encode()
        head = f"{method} {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n"
        head += f"Accept-Encoding: br\r\nContent-Length: {len(body)}\r\n\r\n"
        self.writer.write(head.encode() + body)

    async def head(self) -> tuple[int, dict[str, str]]:
        lines = (await self.reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
        return int(lines[0].split()[1]), headers

    async def ask(self, method: str, path: str, given: object = None) -> bytes:
        self.send(method, path, given)
        status, headers = await self.head()
        body = b""
        if headers.get("transfer-encoding") == "chunked":
            while size := int(await self.reader.readline(), 16):
                body += await self.reader.readexactly(size)
                await self.reader.readexactly(2)
            await self.reader.readexactly(2)
        else:
            body = await self.reader.readexactly(int(headers.get("content-length", 0)))
        if status >= 300:
            raise RuntimeError(f"{method} {path}: {status} {body[:200]!r}")
        return body


class Phone:
    """What live/web/hall/phone.js asks of a server, and nothing of what it draws."""

    def __init__(self, address: str, code: str, number: int, files: list[str]) -> None:
        self.address, self.code, self.id, self.files = address, code, phone(number), files
        self.version = 0
        self.seen = asyncio.Event()

    async def join(self) -> None:
        self.line = await Line(self.address).open()
        await self.line.ask("GET", f"/join/{self.code}")
        for path in self.files:
            await self.line.ask("GET", path)
        await self.line.ask("POST", f"/room/{self.code}/phones", {"phone": self.id})
        self.events = await Line(self.address).open()
        self.events.send("GET", f"/room/{self.code}/events")
        await self.events.head()
        self.listening = asyncio.create_task(self.listen())

    async def listen(self) -> None:
        while line := await self.events.reader.readline():
            if line.startswith(b"data:") and (version := int(line[5:])) > self.version:
                if version > 1:
                    await self.line.ask("GET", f"/room/{self.code}?phone={self.id}")
                self.version = version
                self.seen.set()

    async def answer(self, wait: float) -> float:
        await asyncio.sleep(wait)
        began = time.perf_counter()
        given = {"phone": self.id, "question": "q1", "choice": 1, "place": [1.0, 1.0, 2.0, 2.0]}
        await self.line.ask("POST", f"/room/{self.code}/answers", given)
        return 1000 * (time.perf_counter() - began)

    async def leave(self) -> None:
        self.listening.cancel()
        self.line.writer.close()
        self.events.writer.close()


async def read_pages(address: str) -> None:
    """A reader on a page of Streamlit, who lets go of a box once a second."""
    session = Session(address)
    await session.open("boxes")
    state = table("boxes").start()
    try:
        while True:
            await session.release(state)
            await asyncio.sleep(SECONDS_BETWEEN_DRAGS)
    finally:
        await session.close()


def p95(values: list[float]) -> float:
    return sorted(values)[int(0.95 * (len(values) - 1))]


async def measure(address: str, processes: list[psutil.Process], count: int) -> dict[str, float]:
    hall = Hall(address)
    room = await asyncio.to_thread(hall.open, {**QUESTION, "right": []})
    html = (await asyncio.to_thread(hall.ask, "GET", f"/join/{room.code}"))[1]
    files = [f"/{path}" for path in re.findall(r'rel="modulepreload" href="([^"]+)"', html)]
    for path in files:  # an unpacked checkout serves them one by one, compressed once
        await asyncio.to_thread(hall.ask, "GET", path)
    phones = [Phone(address, room.code, number, files) for number in range(count)]
    before, memory = (sum(map(of, processes)) for of in (cpu_seconds, resident_bytes))
    began = time.perf_counter()
    await gathered(phones, Phone.join)
    found = {"all in, s": time.perf_counter() - began}
    found["server CPU a phone, ms"] = 1000 * (sum(map(cpu_seconds, processes)) - before) / count
    took = await asyncio.gather(*(one.answer(at / count) for at, one in enumerate(phones)))
    found["answers p95, ms"] = p95(list(took))
    readers = [asyncio.create_task(read_pages(address)) for _ in range(READERS)]
    await asyncio.sleep(5)
    for one in phones:
        one.seen.clear()
    began = time.perf_counter()
    showing = asyncio.to_thread(room.ask, "PUT", given={**QUESTION, "phase": "reveal"})

    async def seen(one: Phone) -> float:
        await one.seen.wait()
        return 1000 * (time.perf_counter() - began)

    _, *took = await asyncio.gather(showing, *map(seen, phones))
    found["new scene p95, ms"] = p95(took)
    for reader in readers:
        assert not reader.done(), reader
        reader.cancel()
    state = await asyncio.to_thread(room.state)
    counted = (state["answered"], sum(state["histogram"]), len(state["placed"]))
    found["answers lost or twice"] = sum(abs(number - count) for number in counted)
    found["memory a phone, kB"] = (sum(map(resident_bytes, processes)) - memory) / 1024 / count
    await gathered(phones, Phone.leave)
    await asyncio.to_thread(room.ask, "DELETE")
    return found


async def gathered(phones: list[Phone], act: Callable[[Phone], Awaitable[None]]) -> None:
    await asyncio.gather(*map(act, phones))


def report(name: str, found: dict[str, float]) -> bool:
    print(f"\n{name}")
    for key, target in TARGETS.items():
        held = found[key] <= target
        print(f"  {key:26} {found[key]:8.1f}   at most {target}{'' if held else '   MISSED'}")
    return all(found[key] <= target for key, target in TARGETS.items())


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as folder:
        app = AppProcess({"LOSS_LAB_ROOMS": f"{folder}/rooms.sqlite"})
        try:
            alone = asyncio.run(measure(app.address, [process_of(app.address)], count))
        finally:
            app.stop()
    held = report(f"{count} phones, one process, SQLite", alone)
    with running_hall() as servers:
        replicas = [process_of(replica.address) for replica in servers.replicas]
        together = asyncio.run(measure(servers.address, replicas, count))
    held &= report(f"{count} phones, nginx, two processes, Redis", together)
    sys.exit(not held)


if __name__ == "__main__":
    main()
