"""Stages on pages of their own: `/stage/<family>`, in one file, and code.

A page is made once for each family and language and answered from memory before Streamlit hears of
it. What its link says is read in the browser.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from live.server.pages import language_asked
from live.server.redirects import STAGES
from live.server.stored_page import StoredPage, as_file

ADDRESS = re.compile(r"/stage/([a-z]+)(/file|/code)?")
ORIGIN = re.compile(r"https?://(?:\*\.)?[A-Za-z0-9.-]+(?::(?:\d+|\*))?|\*")


@dataclass(frozen=True)
class Stages:
    """What stages are made of, by the name of the family.

    page: the page in a language, and the origins that may talk to it in a frame.
    file: the same in one file.
    code: the programs that print the number of that state, in a language.
    """

    page: Callable[[str, str, str], str]
    file: Callable[[str, str], str]
    code: Callable[[str, str, Mapping[str, str]], list[dict[str, str | None]]]


def frame_ancestors(origins: str | None = None) -> tuple[str, ...]:
    """The origins whose pages may show a stage in a frame, beside our own.

    Args:
        origins: Separated by blanks; by default what LOSS_LAB_FRAME_ANCESTORS says.

    Raises:
        ValueError: one is no origin.
    """
    named = os.environ.get("LOSS_LAB_FRAME_ANCESTORS", "") if origins is None else origins
    for origin in named.split():
        if not ORIGIN.fullmatch(origin):
            raise ValueError(
                "LOSS_LAB_FRAME_ANCESTORS must hold origins such as https://slides.example.org, "
                f"separated by blanks; got {origin!r}"
            )
    return tuple(named.split())


class StagePages:
    """Answer what is asked for below `/stage/`."""

    def __init__(self, app: ASGIApp, stages: Callable[[], Stages]) -> None:
        self.app = app
        self._stages = stages
        self._embedders = frame_ancestors()
        self._made = cache(self._make)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = ADDRESS.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if asked is None or asked[1] not in STAGES or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
        elif asked[2] == "/code":
            query = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
            language = language_asked(scope)
            code = await run_in_threadpool(self._stages().code, asked[1], language, query)
            answer = JSONResponse(code, headers={"Cache-Control": "no-store"})
            await answer(scope, receive, send)
        else:
            whole = asked[2] == "/file"
            page = self._made(asked[1], language_asked(scope), whole)
            await page.send(scope, send, **self._headers(page, asked[1] if whole else None))

    def _make(self, name: str, language: str, whole: bool) -> StoredPage:
        stages = self._stages()
        if whole:
            return StoredPage(stages.file(name, language))
        return StoredPage(stages.page(name, language, " ".join(self._embedders)))

    def _headers(self, page: StoredPage, file: str | None) -> dict[str, str]:
        if file is not None:
            return as_file(file)
        return page.guards(framed_by=self._embedders)
