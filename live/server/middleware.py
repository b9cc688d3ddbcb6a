"""What every answer of the server passes through: the front page, headers, compression."""

import gzip
import hashlib
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from live.server.index_html import FrontPage
from live.server.redirects import way_home

COMPRESSION_LEVEL = 6
COMPRESSIBLE = ("text/", "application/javascript", "application/json", "image/svg+xml")


class SameOriginSockets:
    """Refuse a websocket that a page of another origin opens.

    Streamlit refuses it as well, but only after it has looked up the machine's public address at
    a service on the internet, and this app sends nothing to any other host.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            headers = Headers(scope=scope)
            origin = headers.get("origin")
            if origin is not None and urlsplit(origin).netloc != headers.get("host"):
                await send({"type": "websocket.close", "code": 1008})
                return
        await self.app(scope, receive, send)


class SecurityHeaders:
    """Say to the browser what a page of this app never does, so that it need not trust it.

    Scripts run from this server only (`blob:` is how Streamlit starts a component's script) and
    inline only where their hash is known; nothing is fetched from or sent to another host. Inline
    styles have to be allowed: Streamlit and KaTeX set them.
    """

    def __init__(self, app: ASGIApp, script_hashes: Iterable[str]) -> None:
        self.app = app
        self.script_sources = " ".join(["'self'", "blob:", *script_hashes])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        host = Headers(scope=scope).get("host", "")

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "same-origin"
                headers["Cross-Origin-Resource-Policy"] = "same-origin"
                if headers.get("content-type", "").startswith("text/html"):
                    headers["Content-Security-Policy"] = self.policy(host)
                    headers["Cross-Origin-Opener-Policy"] = "same-origin"
                    headers["Permissions-Policy"] = "camera=(), geolocation=(), payment=(), usb=()"
                    headers["X-Frame-Options"] = "SAMEORIGIN"
            await send(message)

        await self.app(scope, receive, send_with_headers)

    def policy(self, host: str) -> str:
        """The Content-Security-Policy of a page that was asked for under the name `host`."""
        sockets = ""
        if re.fullmatch(r"[A-Za-z0-9.:\[\]_-]+", host):
            # Older browsers do not count the websocket of the page's own host as 'self'.
            sockets = f" ws://{host} wss://{host}"
        return "; ".join(
            [
                "default-src 'self'",
                f"script-src {self.script_sources}",
                "style-src 'self' 'unsafe-inline'",
                "img-src 'self' data: blob:",
                "font-src 'self' data:",
                f"connect-src 'self'{sockets}",
                "worker-src 'self' blob:",
                "object-src 'none'",
                "base-uri 'self'",
                "form-action 'self'",
                "frame-ancestors 'self'",
            ]
        )


class FrontPageForEveryPage:
    """Answer with our front page, or lead home from what is no page of ours, wherever Streamlit
    would answer with its own front page."""

    def __init__(self, app: ASGIApp, page: FrontPage) -> None:
        self.app = app
        self.plain = page.html
        self.compressed = gzip.compress(page.html, COMPRESSION_LEVEL, mtime=0)
        self.tag = f'"{hashlib.sha256(page.html).hexdigest()[:16]}"'

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        replaced = False

        async def send_front_page(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and _is_page(message):
                replaced = True
                elsewhere = way_home(scope)
                if elsewhere is None:
                    await self._send(scope, send)
                else:
                    await RedirectResponse(elsewhere)(scope, receive, send)
            elif not replaced:
                await send(message)

        await self.app(scope, receive, send_front_page)

    async def _send(self, scope: Scope, send: Send) -> None:
        headers = Headers(scope=scope)
        compressed = _accepts_gzip(headers)
        body = self.compressed if compressed else self.plain
        unchanged = headers.get("if-none-match") == self.tag
        await send(self._start(compressed, unchanged, len(body)))
        empty = unchanged or scope["method"] == "HEAD"
        await send({"type": "http.response.body", "body": b"" if empty else body})

    def _start(self, compressed: bool, unchanged: bool, length: int) -> Message:
        message: Message = {
            "type": "http.response.start",
            "status": 304 if unchanged else 200,
            "headers": [],
        }
        headers = MutableHeaders(scope=message)
        headers["Content-Type"] = "text/html; charset=utf-8"
        headers["Cache-Control"] = "no-cache"
        headers["ETag"] = self.tag
        headers["Vary"] = "Accept-Encoding"
        if not unchanged:
            headers["Content-Length"] = str(length)
            if compressed:
                headers["Content-Encoding"] = "gzip"
        return message


class CompressOnce:
    """Compress a file that never changes the first time it is asked for, and keep the result.

    Streamlit sends its own bundles as they are, 2.8 MB for a first visit, because compressing
    them again for every visitor would cost more than it saves. Their names hold the hash of their
    content, as the names of our own modules and tapes do, so once is enough. What is kept is
    bounded by what can be asked for: the files of the installation and the published documents.
    """

    def __init__(self, app: ASGIApp, prefixes: tuple[str, ...]) -> None:
        self.app = app
        self.prefixes = prefixes
        self.kept: dict[str, tuple[Message, bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._applies(scope):
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        if path not in self.kept:
            start, chunks = await self._collect(scope, receive)
            body = b"".join(chunks)
            if not _is_unchanging_text(start):
                await send(start)
                await send({"type": "http.response.body", "body": body})
                return
            compressed = await run_in_threadpool(gzip.compress, body, COMPRESSION_LEVEL, mtime=0)
            headers = MutableHeaders(scope=start)
            headers["Content-Encoding"] = "gzip"
            headers["Content-Length"] = str(len(compressed))
            headers["Vary"] = "Accept-Encoding"
            self.kept[path] = (start, compressed)
        start, compressed = self.kept[path]
        await send({**start, "headers": list(start["headers"])})
        await send({"type": "http.response.body", "body": compressed})

    def _applies(self, scope: Scope) -> bool:
        if scope["type"] != "http" or scope["method"] != "GET":
            return False
        if not scope["path"].startswith(self.prefixes):
            return False
        headers = Headers(scope=scope)
        conditional = "if-none-match" in headers or "if-modified-since" in headers
        return _accepts_gzip(headers) and "range" not in headers and not conditional

    async def _collect(self, scope: Scope, receive: Receive) -> tuple[Message, list[bytes]]:
        """The whole answer, asked for without compression."""
        plain = {
            **scope,
            "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"],
        }
        start: Message = {}
        chunks: list[bytes] = []

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            elif message["type"] == "http.response.body":
                chunks.append(message.get("body", b""))

        await self.app(plain, receive, collect)
        return start, chunks


def _accepts_gzip(headers: Headers) -> bool:
    return "gzip" in headers.get("accept-encoding", "")


def _is_page(start: Message) -> bool:
    content_type = Headers(raw=start["headers"]).get("content-type", "")
    return start["status"] == 200 and content_type.startswith("text/html")


def _is_unchanging_text(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return (
        start["status"] == 200
        and "immutable" in headers.get("cache-control", "")
        and "content-encoding" not in headers
        and headers.get("content-type", "").startswith(COMPRESSIBLE)
    )
