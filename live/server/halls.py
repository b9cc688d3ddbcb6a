"""The pages of a hall: `/lecture/` is the way in, `/lecture/<id>` and `/present/<family>` are for
the projector, `/join/<code>` for phones.

Each is made once for each language, and answered from memory before Streamlit hears of it.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from live.server.pages import language_asked
from live.server.redirects import STAGES
from live.server.stored_page import StoredPage, as_file

LECTURE = re.compile(r"/lecture/([a-z0-9_]+)(/handout)?")
PRESENT = re.compile(r"/present/([a-z]+)")
JOIN = re.compile(r"/join(?:/([A-Za-z0-9]{0,12}))?")


@dataclass(frozen=True)
class Halls:
    """What the pages of a hall are made of.

    names: the names of the lectures.
    lectures: the page of all lectures, in a language.
    lecture: the page of one, in a language.
    handout: the page to print of one, in a language.
    present: the page of the projector that shows one family's stage, in a language.
    join: the page of a phone whose room shows a family, or "" for none, in a language.
    compose: the page on which lectures of one's own are composed, in a language.
    own: the projector of such a lecture, in a language.
    own_file: what one file of such a lecture is made of, in a language.
    """

    names: tuple[str, ...]
    lectures: Callable[[str], str]
    lecture: Callable[[str, str], str]
    handout: Callable[[str, str], str]
    present: Callable[[str, str], str]
    join: Callable[[str, str], str]
    compose: Callable[[str], str]
    own: Callable[[str], str]
    own_file: Callable[[str], str]


BELOW = ("/lecture", "/present", "/join")
"""What the addresses of all these pages begin with."""
ALL = "/lecture/"
OWN: dict[str, Callable[[Halls], Callable[[str], str]]] = {
    "/lecture/compose": lambda halls: halls.compose,
    "/lecture/own": lambda halls: halls.own,
    "/lecture/own/file": lambda halls: halls.own_file,
}
"""The pages of lectures that somebody's own browser keeps. No lecture has such a name."""


class HallPages:
    """Answer what is asked for below `/lecture/` and `/join/`.

    Args:
        halls: Says what the pages are made of.
        shown: The family that the room with a code shows; "" where there is none, or no room.
    """

    def __init__(
        self,
        app: ASGIApp,
        halls: Callable[[], Halls],
        shown: Callable[[Scope], Awaitable[str]],
    ) -> None:
        self.app = app
        self._halls = cache(halls)
        self._shown = shown
        self._made = cache(lambda kind, *asked: StoredPage(kind(*asked)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = scope["type"] == "http" and scope["path"].startswith(BELOW)
        if not asked or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        language = language_asked(scope)
        own = OWN.get(scope["path"])
        if scope["path"] == ALL.rstrip("/"):
            await RedirectResponse(f".{ALL}?lang={language}")(scope, receive, send)
            return
        if scope["path"] == ALL:
            page = self._made(self._halls().lectures, language)
        elif own is not None:
            page = self._made(own(self._halls()), language)
            if scope["path"].endswith("/file"):
                await page.send(scope, send, **as_file("lecture"))
                return
        elif lecture := LECTURE.fullmatch(scope["path"]):
            halls = self._halls()
            if lecture[1] not in halls.names:
                await RedirectResponse("../" if lecture[2] else "./")(scope, receive, send)
                return
            kind = halls.handout if lecture[2] else halls.lecture
            page = self._made(kind, lecture[1], language)
        elif present := PRESENT.fullmatch(scope["path"]):
            if present[1] not in STAGES:
                await RedirectResponse("../")(scope, receive, send)
                return
            page = self._made(self._halls().present, present[1], language)
        elif join := JOIN.fullmatch(scope["path"]):
            if join[1] is None:
                await RedirectResponse("./join/")(scope, receive, send)
                return
            page = self._made(self._halls().join, await self._shown(scope), language)
        else:
            await self.app(scope, receive, send)
            return
        await page.send(scope, send, **page.guards(form_action="'self'", frames=own is not None))
