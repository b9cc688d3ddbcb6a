"""The server's own addresses beside Streamlit's: modules, pictures and documents.

Every address holds a hash of what it answers, so a browser asks for it once and keeps it. An old
hash is a 404: a page that was loaded before an update must not store new files under old names.
"""

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from live.assets import IMAGES, WEB, images_root, published, web_root
from live.server.index_html import front_page
from live.server.middleware import (
    CompressOnce,
    FrontPageForEveryPage,
    SameOriginSockets,
    SecurityHeaders,
)

NO_MODULES = ("vendor", "shell")
"""Folders of scripts that no stage imports."""
KEEP_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


def routes() -> list[BaseRoute]:
    """The addresses of our own, for `st.App`."""
    return [
        Mount(f"/{web_root()}", _UnchangingFiles(directory=WEB)),
        Mount(f"/{images_root()}", _UnchangingFiles(directory=IMAGES)),
        Route("/data/{path}", _document),
        Mount("/web", _not_found),
        Mount("/images", _not_found),
    ]


def modules() -> list[str]:
    """Every ES module of `live/web`, by its path there."""
    paths = (path.relative_to(WEB) for path in WEB.rglob("*.js"))
    return sorted(path.as_posix() for path in paths if path.parts[0] not in NO_MODULES)


def middleware() -> list[Middleware]:
    """What wraps Streamlit's own middleware, outermost first."""
    page = front_page(f"{web_root()}/{module}" for module in modules())
    return [
        Middleware(SameOriginSockets),
        Middleware(SecurityHeaders, script_hashes=page.script_hashes),
        Middleware(FrontPageForEveryPage, page=page),
        Middleware(CompressOnce, prefixes=("/static/", "/web/", "/data/")),
    ]


class _UnchangingFiles(StaticFiles):
    """Files that are addressed by the digest of their folder."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update(KEEP_FOR_EVER)
        return response


async def _document(request: Request) -> Response:
    text = published(request.path_params["path"])
    if text is None:
        return PlainTextResponse("Not Found", status_code=404)
    return Response(text, media_type="application/json", headers=KEEP_FOR_EVER)


_not_found = PlainTextResponse("Not Found", status_code=404)
