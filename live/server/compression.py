"""Compress what never changes once, and answer it from memory from then on."""

import gzip
import re
from collections.abc import Callable

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
COMPRESSIBLE = ("text/", "application/javascript", "application/json", "image/svg+xml")


def accepted_encoding(headers: Headers) -> str:
    """The best of `ENCODINGS` that a browser accepts, else `PLAIN`."""
    for encoding in ENCODINGS:
        found = re.search(
            rf"\b{encoding}\b(?:\s*;\s*q=([\d.]+))?", headers.get("accept-encoding", "")
        )
        if found and float(found[1] or 1) > 0:
            return encoding
    return PLAIN


def compress(body: bytes, encoding: str) -> bytes:
    """The body in one of `ENCODINGS`, or as it is."""
    return ENCODINGS[encoding](body) if encoding in ENCODINGS else body


class KeepUnchanging:
    """Answer a file that never changes from memory, compressed if it is text.

    Streamlit sends its own bundles as they are, 2.8 MB for a first visit, because compressing
    them again for every visitor would cost more than it saves. Their names hold the hash of their
    content, as the names of our own modules and tapes do, so once is enough. What is kept is
    bounded by what can be asked for: the files of the installation and the published documents.
    """

    def __init__(self, app: ASGIApp, prefixes: tuple[str, ...]) -> None:
        self.app = app
        self.prefixes = prefixes
        self.kept: dict[tuple[str, str], tuple[Message, Message]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._applies(scope):
            await self.app(scope, receive, send)
            return
        key = scope["path"], accepted_encoding(Headers(scope=scope))
        answer = self.kept.get(key)
        if answer is None:
            answer = await self._ask(scope, receive, key[1])
            if "immutable" in Headers(raw=answer[0]["headers"]).get("cache-control", ""):
                self.kept[key] = answer
        start, body = answer
        # Whoever sends it on may add headers of its own.
        await send({**start, "headers": [*start["headers"]]})
        await send(body)

    def _applies(self, scope: Scope) -> bool:
        if scope["type"] != "http" or scope["method"] != "GET":
            return False
        if not scope["path"].startswith(self.prefixes):
            return False
        asked = {name for name, _ in scope["headers"]}
        return asked.isdisjoint({b"range", b"if-none-match", b"if-modified-since"})

    async def _ask(self, scope: Scope, receive: Receive, encoding: str) -> tuple[Message, Message]:
        """The whole answer, asked for without compression and then compressed."""
        headers = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        start: Message = {}
        chunks: list[bytes] = []

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            elif message["type"] == "http.response.body":
                chunks.append(message.get("body", b""))

        await self.app({**scope, "headers": headers}, receive, collect)
        body = b"".join(chunks)
        if _is_text(start):
            body = await run_in_threadpool(compress, body, encoding)
            describe(MutableHeaders(scope=start), encoding, len(body))
        return start, {"type": "http.response.body", "body": body}


def describe(headers: MutableHeaders, encoding: str, length: int) -> None:
    """Say how a body is encoded, and that it could be otherwise."""
    headers["Vary"] = "Accept-Encoding"
    headers["Content-Length"] = str(length)
    if encoding != PLAIN:
        headers["Content-Encoding"] = encoding


def _is_text(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return (
        start["status"] == 200
        and "content-encoding" not in headers
        and headers.get("content-type", "").startswith(COMPRESSIBLE)
    )
