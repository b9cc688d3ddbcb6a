"""The server's own addresses beside Streamlit's: modules, pictures and documents.

Every address holds a hash of what it answers, so a browser asks for it once and keeps it. An old
hash is a 404: a page that was loaded before an update must not store new files under old names.
"""

import threading
from collections.abc import Callable, Sequence

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from live.assets import BUNDLES, IMAGES, WEB, images_root, published, stylesheet, web_root
from live.server.compression import KeepUnchanging
from live.server.doors import Doors, not_found
from live.server.middleware import AllowedHosts, SameOriginSockets, SecurityHeaders
from live.server.pages import Fetched, FrontPages, Searched
from live.server.platform import PlatformFiles, platform_root
from live.server.public_url import public_url
from live.server.stages import StagePages, Stages

KEEP_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
ICON = "/favicon.png"
"""Where Streamlit's front end looks for the picture in the tab, whatever it is told."""
KEPT = ("/static/", "/platform/", "/web/", "/data/", "/images/", ICON)
"""Below which nothing changes while the process lives, and is answered from memory."""


def routes() -> list[BaseRoute]:
    """The addresses of our own, for `st.App`."""
    return [
        Mount(f"/{platform_root()}", _UnchangingPlatform()),
        Mount(f"/{web_root()}/bundles", _UnchangingFiles(directory=BUNDLES)),
        Mount(f"/{web_root()}", _UnchangingWeb(directory=WEB)),
        Mount(f"/{images_root()}", _UnchangingFiles(directory=IMAGES)),
        Route("/data/{path}", _document),
        Route(ICON, _icon),
        Route("/ready", _ready),
        Mount("/platform", not_found),
        Mount("/web", not_found),
        Mount("/images", not_found),
    ]


def middleware(
    ours: Sequence[BaseRoute],
    fetched: Fetched,
    searched: Searched,
    stages: Callable[[], Stages],
    *pages_of_our_own: Middleware,
) -> list[Middleware]:
    """What wraps Streamlit's own middleware, outermost first.

    Args:
        ours: The app's routes beside Streamlit's.
        fetched: The addresses of the documents that a page fetches, by its name and language.
        searched: The addresses of the indices of the search, by language.
        stages: Says what stages on pages of their own are made of.
        pages_of_our_own: What else answers pages before Streamlit hears of them.
    """
    pages, public = FrontPages(fetched, searched), public_url()
    return [
        Middleware(AllowedHosts, public=public),
        # What is kept is kept with all its headers, and answered before anything else is asked.
        Middleware(KeepUnchanging, prefixes=KEPT),
        Middleware(SameOriginSockets),
        Middleware(SecurityHeaders, script_hashes=pages.script_hashes, public=public),
        Middleware(StagePages, stages=stages),
        *pages_of_our_own,
        Middleware(Doors, ours=ours, pages=pages),
    ]


class _UnchangingFiles(StaticFiles):
    """Files that are addressed by the digest of their folder."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update(KEEP_FOR_EVER)
        return response


class _UnchangingPlatform(PlatformFiles, _UnchangingFiles):
    """Files whose names hold a hash, below the digest of those that do not."""


class _UnchangingWeb(_UnchangingFiles):
    """Our modules and sheets; a sheet comes with those that it imports, in one answer."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if not path.endswith(".css") or response.status_code != 200:
            return response
        return Response(stylesheet(path), media_type="text/css", headers=KEEP_FOR_EVER)


async def _document(request: Request) -> Response:
    path = request.path_params["path"]
    text = published(path)
    if text is None:
        return not_found
    kind = "text/css" if path.endswith(".css") else "application/json"
    return Response(text, media_type=kind, headers=KEEP_FOR_EVER)


async def _icon(request: Request) -> Response:
    drawn = (WEB / "shell" / "icon.svg").read_text(encoding="utf-8")
    # Its address holds no hash: a new picture is seen a day later.
    return Response(drawn, media_type="image/svg+xml", headers={"Cache-Control": "max-age=86400"})


READY = threading.Event()
"""Set once every tape and every document is there."""


async def _ready(request: Request) -> Response:
    ready = READY.is_set()
    return PlainTextResponse(
        "ready" if ready else "not yet", 200 if ready else 503, {"Cache-Control": "no-store"}
    )
