"""Addresses that are no page of this app lead to the home page, which says so.

Streamlit answers every address that it does not know with its front page, and leaves it to the
browser to find that there is nothing behind it: an error in the console, a dialog that speaks
English only, and, below a slash, modules asked for in folders that are not there.
"""

from pathlib import Path
from urllib.parse import parse_qs, urlencode

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from live.middleware import is_page
from live.state import shortened

HOME = "home"
PAGES = {path.stem for path in (Path(__file__).parent.parent / "pages").glob("*.py")} - {HOME}
MISSING = "missing"
"""The name under which the home page is told what page was asked for."""


class StrangeAddressesLeadHome:
    """Where Streamlit would answer with its front page, but no page of ours is, lead home."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].removeprefix("/") in {"", *PAGES}:
            await self.app(scope, receive, send)
            return
        redirected = False

        async def send_redirect(message: Message) -> None:
            nonlocal redirected
            if message["type"] == "http.response.start" and is_page(message):
                redirected = True
                await RedirectResponse(_way_home(scope))(scope, receive, send)
            elif not redirected:
                await send(message)

        await self.app(scope, receive, send_redirect)


def _way_home(scope: Scope) -> str:
    """Relative, so that it holds behind a proxy's prefix too; of the query, the language only."""
    asked = scope["path"].removeprefix("/")
    query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    told = {"lang": shortened(query["lang"][-1])} if "lang" in query else {}
    if asked != HOME:
        told[MISSING] = shortened(asked)
    # A slash that is written %2F divides no folders for the browser.
    up = "../" * (scope["raw_path"].count(b"/") - 1) or "./"
    return f"{up}?{urlencode(told)}" if told else up
