"""What every answer of the server passes through: who may open a socket, and headers."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


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
                own = "content-security-policy" in headers  # a page that says what it needs
                if not own and headers.get("content-type", "").startswith("text/html"):
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
