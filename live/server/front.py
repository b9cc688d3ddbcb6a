"""The answer to whoever asks for a page: its front page, compressed, or that it is unchanged."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Message, Receive, Scope, Send

from live.server.compression import accepted_encoding, describe
from live.server.pages import FrontPages


class FrontPageAnswer:
    """Answers a request for a page of this app."""

    def __init__(self, pages: FrontPages) -> None:
        self.pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = Headers(scope=scope)
        page = self.pages(scope)
        encoding = accepted_encoding(asked)
        unchanged = asked.get("if-none-match") == page.tag
        start: Message = {
            "type": "http.response.start",
            "status": 304 if unchanged else 200,
            "headers": [],
        }
        headers = MutableHeaders(scope=start)
        body = page.bodies[encoding]
        if not unchanged:
            describe(headers, encoding, len(body))
        headers["Content-Type"] = "text/html; charset=utf-8"
        headers["Cache-Control"] = "no-cache"
        headers["ETag"] = page.tag
        headers["Vary"] = "Accept-Encoding, Accept-Language"
        await send(start)
        empty = unchanged or scope["method"] == "HEAD"
        await send({"type": "http.response.body", "body": b"" if empty else body})
