"""`python -m benchmarks.hall`: a hall full of people opens one stage in the same instant.

300 clients open `/stage/boxes`: each asks for everything that a browser asks for which has never
been here (a real Chromium says what that is), over six connections as browsers do. Beside it, in
the same run, 50 clients open the Streamlit page `/boxes`: the same, and a session that runs it
once. Clients and server share the machine. Reported are the time until the last client has all,
how many got nothing, the server's CPU for each, and the server's memory before and after.
"""

import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import websockets
from playwright.sync_api import sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.server_process import cpu_seconds, process_of, resident_bytes
from tests.browser.chromium import HELP, find_chromium
from tests.browser.pages import BROWSER_ARGUMENTS
from tests.browser.traffic import Traffic
from tests.serving import running_app

STAGE, PAGE = "stage/boxes", "boxes"
CLIENTS, SESSIONS = 300, 50
CONNECTIONS = 6
MOST_SECONDS, MOST_CPU, MOST_GROWTH = 6.0, 5.0, 20.0
"""Until the last has all; milliseconds of the server for each; megabytes that it may grow by."""
HEADERS = "Accept-Encoding: gzip, deflate, br\r\nAccept-Language: en\r\n"


@dataclass
class Measured:
    """What a crowd of clients saw."""

    clients: int
    requests: int
    served: int
    seconds: float
    cpu: float
    growth: float


def asked_for(executable: str, address: str, name: str) -> list[str]:
    """The paths that a browser asks for which has never been here, the page first."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=BROWSER_ARGUMENTS)
        page = browser.new_page(viewport={"width": 390, "height": 844})
        traffic = Traffic(page)
        page.goto(f"{address}/{name}")
        page.wait_for_selector(".lab-boxes[data-lab-ready]")
        page.wait_for_load_state("networkidle")
        paths = [transfer.path for transfer in traffic.transfers]
        browser.close()
    return [path for path in paths if "stream" not in path.rpartition("/")[2]]


async def fetch(host: str, paths: list[str]) -> None:
    """Ask for paths one after the other over one connection."""
    name, port = host.split(":")
    reader, writer = await asyncio.open_connection(name, int(port))
    try:
        while paths:
            path = paths.pop(0)
            writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{HEADERS}\r\n".encode())
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            status = int(head.split(" ", 2)[1])
            if status != 200:
                raise RuntimeError(f"{path}: {status}")
            await read_body(reader, head.lower())
    finally:
        writer.close()


async def read_body(reader: asyncio.StreamReader, head: str) -> None:
    if "content-length:" in head:
        await reader.readexactly(int(head.split("content-length:")[1].split("\r\n")[0]))
        return
    while size := int(await reader.readline(), 16):
        await reader.readexactly(size + 2)
    await reader.readline()


async def visit(host: str, paths: list[str]) -> None:
    """One browser's requests: the page, then the rest side by side."""
    await fetch(host, paths[:1])
    rest = paths[1:]
    await asyncio.gather(*(fetch(host, rest) for _ in range(min(CONNECTIONS, len(rest)))))


async def session(host: str, paths: list[str]) -> None:
    """The same, and a session of Streamlit that has run the page once."""
    await visit(host, paths)
    asked = BackMsg()
    asked.rerun_script.page_name = PAGE
    async with websockets.connect(
        f"ws://{host}/_stcore/stream", subprotocols=["streamlit"], max_size=None
    ) as socket:
        await socket.send(asked.SerializeToString())
        async for message in socket:
            told = ForwardMsg()
            told.ParseFromString(message)
            if told.WhichOneof("type") == "script_finished":
                return


def crowd(
    address: str, clients: int, paths: list[str], one: Callable[[str, list[str]], Awaitable[None]]
) -> Measured:
    """All clients in one instant."""

    async def all_of_them() -> list[object]:
        host = urlsplit(address).netloc
        waits = (asyncio.wait_for(one(host, [*paths]), 120) for _ in range(clients))
        return await asyncio.gather(*waits, return_exceptions=True)

    server = process_of(address)
    memory, cpu, start = resident_bytes(server), cpu_seconds(server), time.perf_counter()
    ends = asyncio.run(all_of_them())
    seconds = time.perf_counter() - start
    failed = [end for end in ends if end is not None]
    for error in {repr(one)[:120] for one in failed}:
        print(f"  {error}", file=sys.stderr)
    return Measured(
        clients,
        len(paths),
        clients - len(failed),
        seconds,
        (cpu_seconds(server) - cpu) / clients * 1e3,
        (resident_bytes(server) - memory) / 1e6,
    )


def report(stage: Measured, page: Measured) -> bool:
    """Print both and their ratio; whether the stage keeps its limits."""
    print(f"{'':28}{'/' + STAGE:>14}{'/' + PAGE:>14}")
    rows = (
        ("clients in one instant", "clients", "d"),
        ("requests of each", "requests", "d"),
        ("of them served", "served", "d"),
        ("seconds until the last", "seconds", ".2f"),
        ("server's CPU for each, ms", "cpu", ".2f"),
        ("server's memory, MB more", "growth", ".1f"),
    )
    for title, key, form in rows:
        print(f"{title:28}{getattr(stage, key):14{form}}{getattr(page, key):14{form}}")
    print(f"{'CPU: page / stage':28}{page.cpu / stage.cpu:14.1f} ×")
    print(f"load average at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    kept = {
        "all served": stage.served == stage.clients,
        f"within {MOST_SECONDS:.0f} s": stage.seconds <= MOST_SECONDS,
        f"at most {MOST_CPU:.0f} ms of CPU each": stage.cpu <= MOST_CPU,
        f"memory flat (at most {MOST_GROWTH:.0f} MB more)": stage.growth <= MOST_GROWTH,
    }
    for limit, holds in kept.items():
        print(f"  {limit}: {'yes' if holds else 'NO'}")
    return all(kept.values())


def main() -> None:
    executable = find_chromium()
    if executable is None:
        sys.exit(HELP)
    with running_app() as address:
        stage_paths, page_paths = (asked_for(executable, address, name) for name in (STAGE, PAGE))
        crowd(address, 10, stage_paths, visit)
        stage = crowd(address, CLIENTS, stage_paths, visit)
        page = crowd(address, SESSIONS, page_paths, session)
    sys.exit(0 if report(stage, page) else 1)


if __name__ == "__main__":
    main()
