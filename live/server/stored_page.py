"""A page that is made once and then answered from memory, compressed, until the process ends."""

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Scope, Send

from live.server.compression import ENCODINGS, PLAIN, accepted_encoding, compress, describe

INLINE_SCRIPT = re.compile(r'<script(?: type="(?:module|importmap)")?>(.*?)</script>', re.DOTALL)


NO_DEVICES = "camera=(), geolocation=(), payment=(), usb=()"
"""The Permissions-Policy of every page."""


def as_file(name: str) -> dict[str, str]:
    """The headers, for `StoredPage.send`, of a page that is kept and never run here."""
    return {
        "Content_Disposition": f'attachment; filename="loss-lab-{name}.html"',
        "Content_Security_Policy": "sandbox; default-src 'none'",
    }


@dataclass(frozen=True)
class StoredPage:
    """HTML, and the hashes under which a browser may run its inline scripts."""

    html: str

    @cached_property
    def script_hashes(self) -> tuple[str, ...]:
        """As a Content-Security-Policy writes them."""
        digests = (hashlib.sha256(text.encode()) for text in INLINE_SCRIPT.findall(self.html))
        return tuple(f"'sha256-{base64.b64encode(one.digest()).decode()}'" for one in digests)

    @cached_property
    def tag(self) -> str:
        """The page's ETag."""
        return f'"{hashlib.sha256(self.html.encode()).hexdigest()[:16]}"'

    @cached_property
    def bodies(self) -> dict[str, bytes]:
        """The page in every encoding that can be asked for."""
        plain = self.html.encode()
        return {encoding: compress(plain, encoding) for encoding in (*ENCODINGS, PLAIN)}

    def guards(
        self, form_action: str = "'none'", framed_by: Iterable[str] = (), frames: bool = False
    ) -> dict[str, str]:
        """The headers, for `send`, of a page that does all by itself and with its own server.

        Args:
            form_action: Where its forms may lead.
            framed_by: The origins, beside its own, whose pages may show it in a frame.
            frames: Whether it shows pages of its own server in frames.
        """
        ancestors = ["'self'", *framed_by]
        policy = [
            "default-src 'none'",
            f"script-src 'self' {' '.join(self.script_hashes)}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            *(["frame-src 'self'"] if frames else []),
            "base-uri 'self'",
            f"form-action {form_action}",
            f"frame-ancestors {' '.join(ancestors)}",
        ]
        # The older header knows no list of origins.
        older = {"X_Frame_Options": "SAMEORIGIN"} if len(ancestors) == 1 else {}
        return older | {
            "Content_Security_Policy": "; ".join(policy),
            "Permissions_Policy": NO_DEVICES,
        }

    @cached_property
    def told(self) -> dict[tuple[str, bool], list[tuple[bytes, bytes]]]:
        """The headers in every encoding, and whether it is still the one that the browser has."""
        return {
            (encoding, unchanged): self._headers(encoding, unchanged)
            for encoding in self.bodies
            for unchanged in (False, True)
        }

    def _headers(self, encoding: str, unchanged: bool) -> list[tuple[bytes, bytes]]:
        headers = MutableHeaders()
        if not unchanged:
            describe(headers, encoding, len(self.bodies[encoding]))
        headers["Content-Type"] = "text/html; charset=utf-8"
        headers["Cache-Control"] = "no-cache"
        headers["ETag"] = self.tag
        headers["Vary"] = "Accept-Encoding, Accept-Language"
        return headers.raw

    async def send(self, scope: Scope, send: Send, **more: str) -> None:
        """Answer a GET or a HEAD with the page, or that it is still the one the browser has.

        Args:
            more: Further headers, with `_` for `-`.
        """
        asked = Headers(scope=scope)
        encoding = accepted_encoding(asked)
        unchanged = asked.get("if-none-match") == self.tag
        further = ((name.replace("_", "-").lower(), value) for name, value in more.items())
        await send(
            {
                "type": "http.response.start",
                "status": 304 if unchanged else 200,
                "headers": [
                    *self.told[encoding, unchanged],
                    *((name.encode("latin-1"), value.encode("latin-1")) for name, value in further),
                ],
            }
        )
        empty = unchanged or scope["method"] == "HEAD"
        body = b"" if empty else self.bodies[encoding]
        await send({"type": "http.response.body", "body": body})
