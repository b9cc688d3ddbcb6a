"""Compress what a process does not change once, and answer it from memory from then on."""

import asyncio
import gzip
import hashlib
import re
from collections.abc import Callable
from functools import lru_cache

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=9),
    "gzip": lambda body: gzip.compress(body, 9, mtime=0),
}
"""The best first. Each takes a few milliseconds for a file of a hundred kilobytes."""
PLAIN = "identity"
PARTIAL = {b"range", b"if-none-match", b"if-modified-since"}
"""Headers of requests for less than a whole file."""
COMPRESSIBLE = ("text/", "application/javascript", "application/json", "image/svg+xml")


def accepted_encoding(headers: Headers) -> str:
    """The best of `ENCODINGS` that a browser accepts, else `PLAIN`."""
    return _best(headers.get("accept-encoding", ""))


@lru_cache(maxsize=64)
def _best(accepted: str) -> str:
    for encoding in ENCODINGS:
        found = re.search(rf"\b{encoding}\b(?:\s*;\s*q=(\d(?:\.\d*)?))?", accepted)
        if found and float(found[1] or 1) > 0:
            return encoding
    return PLAIN


def compress(body: bytes, encoding: str) -> bytes:
    """The body in one of `ENCODINGS`, or as it is."""
    return ENCODINGS[encoding](body) if encoding in ENCODINGS else body


class KeepUnchanging:
    """Answer a file that a browser may keep from memory, compressed if it is text.

    Streamlit sends its own bundles as they are, 2.8 MB for a first visit, because compressing
    them again for every visitor would cost more than it saves. Their names hold the hash of their
    content, as the names of our own modules and tapes do, so once is enough.

    What is kept is bounded by what can be asked for: whatever is inside answers an address in one
    spelling only (`live.server.doors`), and bodies are kept by what they are, each once.
    """

    def __init__(self, app: ASGIApp, prefixes: tuple[str, ...]) -> None:
        self.app = app
        self.prefixes = prefixes
        self.kept: dict[tuple[str, str], tuple[Message, Message]] = {}
        self.bodies: dict[tuple[bytes, str], bytes] = {}
        self.making: dict[tuple[str, str], asyncio.Lock] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        encoding = self._encoding(scope)
        if encoding is None:
            await self.app(scope, receive, send)
            return
        key = scope["path"], encoding
        answer = self.kept.get(key)
        if answer is None:
            # A hall asks in one instant: the first makes the answer, the others wait for it.
            async with self.making.setdefault(key, asyncio.Lock()):
                answer = self.kept.get(key) or await self._ask(scope, encoding)
                if _is_unchanging(answer[0]):
                    self.kept[key] = answer
            self.making.pop(key, None)
        start, body = answer
        # Whoever sends it on may add headers of its own.
        await send({**start, "headers": [*start["headers"]]})
        await send(body)

    def _encoding(self, scope: Scope) -> str | None:
        """In which encoding a whole file is asked for; None where none is."""
        if scope["type"] != "http" or scope["method"] != "GET":
            return None
        if not scope["path"].startswith(self.prefixes):
            return None
        accepted = b""
        for name, value in scope["headers"]:
            if name in PARTIAL:
                return None
            if name == b"accept-encoding":
                accepted = value
        return _best(accepted.decode("latin-1"))

    async def _ask(self, scope: Scope, encoding: str) -> tuple[Message, Message]:
        """The whole answer, asked for without compression and then compressed.

        It is made for all who will ask, so also where the one who asked first has gone away.
        """
        headers = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        start: Message = {}
        chunks: list[bytes] = []

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            elif message["type"] == "http.response.body":
                chunks.append(message.get("body", b""))

        await self.app({**scope, "headers": headers}, hear_nothing, collect)
        body = b"".join(chunks)
        text = _is_text(start)
        if _is_unchanging(start):
            body = await self._kept_once(body, encoding if text else PLAIN)
        elif text:
            body = await run_in_threadpool(compress, body, encoding)
        if text:
            describe(MutableHeaders(scope=start), encoding, len(body))
        return start, {"type": "http.response.body", "body": body}

    async def _kept_once(self, body: bytes, encoding: str) -> bytes:
        key = hashlib.sha256(body).digest(), encoding
        if key not in self.bodies:
            self.bodies[key] = await run_in_threadpool(compress, body, encoding)
        return self.bodies[key]


async def hear_nothing() -> Message:
    """Whoever asks for a file says no more, and does not go away."""
    await asyncio.Event().wait()
    return {"type": "http.disconnect"}


def describe(headers: MutableHeaders, encoding: str, length: int) -> None:
    """Say how a body is encoded, and that it could be otherwise."""
    headers["Vary"] = "Accept-Encoding"
    headers["Content-Length"] = str(length)
    if encoding != PLAIN:
        headers["Content-Encoding"] = encoding


def _is_unchanging(start: Message) -> bool:
    cached = Headers(raw=start["headers"]).get("cache-control", "")
    return start["status"] == 200 and "max-age" in cached


def _is_text(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return (
        start["status"] == 200
        and "content-encoding" not in headers
        and headers.get("content-type", "").startswith(COMPRESSIBLE)
    )
