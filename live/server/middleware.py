"""What every answer of the server passes through: who may open a socket, and headers."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from live.server.public_url import PublicUrl
from live.server.stored_page import NO_DEVICES


class AllowedHosts:
    """Where the operator has said under which name the app is reached, answer under no other: a
    page of a stranger's whose name leads here would count as one of ours."""

    def __init__(self, app: ASGIApp, public: PublicUrl | None) -> None:
        self.app = app
        self.public = public

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.public is None or scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        if self.public.answers_for(Headers(scope=scope).get("host", "")):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await misdirected(scope, receive, send)


misdirected = PlainTextResponse("This server answers under another name.", status_code=421)


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
    inline only where their hash is known; WebAssembly may be compiled, which a part of Streamlit's
    front end tries (Firefox writes an error otherwise). Nothing is fetched from or sent to another
    host. Inline styles have to be allowed: Streamlit and KaTeX set them.
    """

    def __init__(
        self, app: ASGIApp, script_hashes: Iterable[str], public: PublicUrl | None = None
    ) -> None:
        self.app = app
        self.secure = public is not None and public.secure
        self.script_sources = " ".join(["'self'", "blob:", "'wasm-unsafe-eval'", *script_hashes])

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
                if self.secure:
                    headers["Strict-Transport-Security"] = "max-age=31536000"
                    _only_over_tls(message)
                own = "content-security-policy" in headers  # a page that says what it needs
                if not own and headers.get("content-type", "").startswith("text/html"):
                    headers["Content-Security-Policy"] = self.policy(host)
                    headers["Cross-Origin-Opener-Policy"] = "same-origin"
                    headers["Permissions-Policy"] = NO_DEVICES
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


def _only_over_tls(start: Message) -> None:
    """Mark every cookie as one that travels over TLS only; Streamlit sees plain HTTP here."""
    start["headers"] = [
        (name, value + b"; Secure" if name == b"set-cookie" and b"ecure" not in value else value)
        for name, value in start["headers"]
    ]
