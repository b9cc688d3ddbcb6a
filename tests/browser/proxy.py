"""A proxy between browser and server that does what proxies do: go away, cut, rewrite."""

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

HOST = re.compile(rb"\r\nHost: [^\r]*", re.IGNORECASE)


class Proxy:
    """Passes bytes on. `up` says whether it is there; `sockets` whether it passes websockets on;
    `host` what it writes for Host, None for what the browser wrote."""

    def __init__(self, server: str) -> None:
        self.target = urlsplit(server).netloc.split(":")
        self.sockets, self.host = True, None
        self.loop = asyncio.new_event_loop()
        self._open: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task] = set()
        self.port = 0
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()
        self.up()
        self.address = f"http://127.0.0.1:{self.port}"

    def up(self) -> None:
        self._do(self._listen())

    def down(self) -> None:
        self._do(self._cut())

    def close(self) -> None:
        self.down()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()

    def _do(self, what) -> None:
        asyncio.run_coroutine_threadsafe(what, self.loop).result(20)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._meet, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _cut(self) -> None:
        self._server.close()
        for writer in self._open:
            writer.transport.abort()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        self._tasks.add(task)
        self._open.add(writer)
        with suppress(OSError, asyncio.CancelledError):
            there, further = await asyncio.open_connection(*self.target)
            self._open.add(further)
            async with asyncio.TaskGroup() as both:
                both.create_task(self._pass(reader, further, True))
                both.create_task(self._pass(there, writer))
            self._open.discard(further)
        self._open.discard(writer)
        self._tasks.discard(task)

    async def _pass(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, asks: bool = False
    ) -> None:
        with suppress(OSError):
            while chunk := await reader.read(65_536):
                if asks and not self.sockets and b"upgrade: websocket" in chunk.lower():
                    break
                if asks and self.host:
                    chunk = re.sub(
                        rb"(?i)\r\nHost: [^\r]*", f"\r\nHost: {self.host}".encode(), chunk
                    )
                writer.write(chunk)
                await writer.drain()
        writer.close()


@contextmanager
def proxy_to(server: str) -> Iterator[Proxy]:
    proxy = Proxy(server)
    try:
        yield proxy
    finally:
        proxy.close()
