"""What of this server is open. Everything else is not there, whatever Streamlit may bring along.

Streamlit brings routes that this app has no use for: uploads that stay in memory, metrics, an API
for agents, sign-in, media. A request reaches Streamlit only where `OPEN` or the pages of this app
say so; a route that a later version adds is closed until somebody writes it down here.

Every address has one spelling. What is kept is kept by address, so a second spelling would be kept
a second time: a page's second spelling leads to the first, a file's is not there.
"""

import re
from collections.abc import Callable, Sequence

from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from live.server.pages import FrontPages
from live.server.platform import packed
from live.server.redirects import PAGES, way_home

OPEN = {
    "/_stcore/health": "whether the server lives: containers, proxies and Streamlit's page ask",
    "/_stcore/host-config": "what a page that lost its server asks before it connects again",
}
"""Streamlit's addresses that the app uses, and what for."""
SOCKET = "/_stcore/stream"
"""The websocket over which a page talks to its session."""
CLOSED = {"_stcore", "media", "component", "static", "auth", "oauth2callback"}
"""Where Streamlit's other addresses lie. They are not there, and are no page that was looked for;
nor are they below a slash, where Streamlit's page asks for some."""
SCRIPTS = "/static/"
"""Streamlit's scripts; used only where they are not served packed (`live.server.platform`)."""
METHODS = ("GET", "HEAD")
FRONT = {"/", *(f"/{page}" for page in PAGES)}

not_found = PlainTextResponse("Not Found", status_code=404)
not_allowed = PlainTextResponse(
    "Method Not Allowed", status_code=405, headers={"Allow": ", ".join(METHODS)}
)


class Doors:
    """Let through what is open, answer pages with their front page, and refuse the rest.

    Args:
        ours: The routes of this app beside Streamlit's.
        pages: The front page of each page.
    """

    def __init__(self, app: ASGIApp, ours: Sequence[BaseRoute], pages: FrontPages) -> None:
        self.app = app
        self.ours = ours
        self.pages = pages
        self.scripts = () if packed() else (SCRIPTS,)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._answer(scope)(scope, receive, send)

    def _answer(self, scope: Scope) -> Callable:
        if scope["type"] == "websocket":
            return self.app if scope["path"] == SOCKET else _no_such_socket
        if scope["type"] != "http":
            return self.app
        path = scope["path"]
        if path in FRONT and scope["method"] in METHODS:
            return self._front_page
        if self._is_ours(scope):  # and says itself which methods it answers
            return self.app
        known = is_plain(path) and (path in OPEN or path.startswith(self.scripts))
        if scope["method"] not in METHODS:
            return not_allowed if known or path in FRONT else not_found
        if known:
            return self.app
        if not is_plain(path):
            page = re.fullmatch(r"/([\w-]+)/+", path)
            named = page is not None and page[1] in PAGES
            return _spelt(scope, page[1]) if page and named else not_found
        if path.split("/")[1] in CLOSED or "_stcore" in path.split("/"):
            return not_found
        return RedirectResponse(way_home(scope))

    async def _front_page(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.pages(scope).send(scope, send)

    def _is_ours(self, scope: Scope) -> bool:
        plain = is_plain(scope["path"])
        return plain and any(route.matches(scope)[0] is not Match.NONE for route in self.ours)


def is_plain(path: str) -> bool:
    """Whether a path is the one spelling of its address: no empty folder, none that leads up."""
    return path == "/" or (
        re.fullmatch(r"(?:/[^/\\\0]+)+", path) is not None
        and {".", ".."}.isdisjoint(path.split("/"))
    )


def _spelt(scope: Scope, page: str) -> RedirectResponse:
    """The way to a page that was asked for with slashes behind it; relative, for proxies."""
    query = scope["query_string"].decode("latin-1")
    up = "../" * (scope["raw_path"].count(b"/") - 1)
    return RedirectResponse(f"{up}{page}{'?' + query if query else ''}")


async def _no_such_socket(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "websocket.close", "code": 1008})
