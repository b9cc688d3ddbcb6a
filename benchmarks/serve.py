"""`python -m benchmarks.serve`: what a visitor, a file and a release cost the server.

CPU of the server's process, in milliseconds, beside `benchmarks/stock/app.py` under
`streamlit run`: the same pages as Streamlit serves any app. Both run at the same time and are asked
in turns, so that whatever else the machine does falls on both. The visitor speaks HTTP and the
websocket as a browser does, without one: it asks for the box page and all that it names, opens
the socket, and releases the box at places drawn at random. Bytes of a release are those of the
messages, compressed as they travel. At the end fifty visitors release once in two seconds each, at
the one server and then at the other: how long 95 of 100 answers take at most.
"""

import asyncio
import http.client
import os
import random
import re
import signal
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import brotli
import psutil

from benchmarks.server_process import cpu_seconds, process_of, written_bytes
from benchmarks.start import APP, STOCK
from live.families.page_tables import table
from tests.serving import running_app
from tests.session import Session

PAGE = "boxes"
VISITS, RELEASES, ROUNDS = 5, 40, 4
FIRST = re.compile(r'(?:href|src)="\./([^"]+)"')
PEOPLE, SECONDS_BETWEEN, TURNS = 50, 2.0, 8
MOST = {"file": 0.2, "release": 15.0, "bytes of a release": 2000.0, "p95 of fifty people": 300.0}


@dataclass
class Server:
    """A server, where it answers, and its process."""

    address: str
    process: psutil.Process

    def cpu(self) -> float:
        """Milliseconds that its process has computed."""
        return 1000 * cpu_seconds(self.process)

    def files(self) -> int:
        """Ask for the page and all that it names; how many answers that were.

        Only the page is unpacked: what this process computes between two questions drives the
        server out of the processor's memory, and its next answer then costs twice as much.
        """
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc)

        def get(path: str) -> tuple[bytes, bool]:
            connection.request("GET", path, headers={"Accept-Encoding": "gzip, br"})
            answer = connection.getresponse()
            return answer.read(), answer.headers["content-encoding"] == "br"

        page, packed = get(f"/{PAGE}")
        page = brotli.decompress(page) if packed else page
        named = FIRST.findall(page.decode(errors="replace"))
        for path in named:
            get(f"/{path}")
        connection.close()
        return len(named) + 1


def measure(server: Server, costs: dict[str, list[float]], session: Session, loop) -> None:
    """One round: a visitor's files, a visitor's page, releases."""

    def cost(name: str, count: int, do: Callable[[], object]) -> None:
        before = server.cpu()
        do()
        costs.setdefault(name, []).append((server.cpu() - before) / count)

    answers = server.files()
    cost("file", VISITS * answers, lambda: [server.files() for _ in range(VISITS)])

    async def visits() -> None:
        for _ in range(VISITS):
            other = Session(server.address)
            await other.open(PAGE)
            await other.close()

    cost("page over the socket", VISITS, lambda: loop.run_until_complete(visits()))

    async def releases() -> None:
        for _ in range(RELEASES):
            await session.release(somewhere())

    before = written_bytes(server.process)
    cost("release", RELEASES, lambda: loop.run_until_complete(releases()))
    costs.setdefault("bytes of a release", []).append(
        (written_bytes(server.process) - before) / RELEASES
    )
    costs.setdefault("visitor", []).append(
        costs["file"][-1] * answers + costs["page over the socket"][-1]
    )


def somewhere() -> dict[str, object]:
    """A state with the box at a place drawn at random."""
    return table(PAGE).start() | {"prediction": [random.random(), random.random(), 3.0, 3.0]}


async def crowd(server: Server) -> float:
    """Milliseconds within which 95 of 100 answers are there."""
    took: list[float] = []

    async def person(session: Session, late: float) -> None:
        await asyncio.sleep(late)
        for _ in range(TURNS):
            began = time.perf_counter()
            await session.release(somewhere())
            took.append(1000 * (time.perf_counter() - began))
            await asyncio.sleep(max(0.0, SECONDS_BETWEEN - took[-1] / 1000))
        await session.close()

    people = [Session(server.address) for _ in range(PEOPLE)]
    for session in people:
        await session.open(PAGE)
    await asyncio.gather(*(person(one, random.uniform(0, SECONDS_BETWEEN)) for one in people))
    return statistics.quantiles(took, n=20)[-1]


def main() -> None:
    loop = asyncio.new_event_loop()
    with (
        running_app(command=APP) as ours,
        running_app(command=STOCK, exit_code=-signal.SIGTERM) as stock,
    ):
        servers = [Server(address, process_of(address)) for address in (ours, stock)]
        costs: list[dict[str, list[float]]] = [{}, {}]
        sessions = [Session(server.address) for server in servers]
        for session in sessions:
            loop.run_until_complete(session.open(PAGE))
        for _ in range(ROUNDS):
            for server, cost, session in zip(servers, costs, sessions, strict=True):
                measure(server, cost, session, loop)
        for server, cost, session in zip(servers, costs, sessions, strict=True):
            loop.run_until_complete(session.close())
            cost["p95 of fifty people"] = [loop.run_until_complete(crowd(server))]
    loop.close()
    print(f"{'':24}{'app':>12}{'stock':>12}{'stock/app':>12}")
    kept = True
    for name in costs[0]:
        app, rival = (statistics.median(cost[name]) for cost in costs)
        met = app <= MOST.get(name, app)
        kept &= met
        target = f"   at most {MOST[name]:g}: {'yes' if met else 'NO'}" if name in MOST else ""
        unit = "B " if name.startswith("bytes") else "ms"
        ratio = rival / app if app else float("inf")
        print(f"{name:24}{app:9.2f} {unit}{rival:9.2f} {unit}{ratio:10.1f} ×{target}")
    print(f"\nload average at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    sys.exit(0 if kept else 1)


if __name__ == "__main__":
    main()
