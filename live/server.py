"""The server's own addresses beside Streamlit's: modules, pictures, plotly.js and documents.

Every address holds a hash of what it answers, so a browser asks for it once and keeps it. An old
hash is a 404: a page that was loaded before an update must not store new files under old names.
"""

import hashlib
import re
from functools import cache
from pathlib import Path

import plotly
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from live.front import front_page
from live.middleware import (
    CompressOnce,
    FrontPageForEveryPage,
    SameOriginSockets,
    SecurityHeaders,
)

ROOT = Path(__file__).parent.parent
WEB = ROOT / "live" / "web"
IMAGES = ROOT / "content" / "images"
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
KEEP_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}

_documents: dict[str, str] = {}


def web_root() -> str:
    """Where the ES modules of `live/web` are, relative to the page: `web/<digest>`."""
    return f"web/{_digest(WEB)}"


def images_root() -> str:
    """Where the pictures of `content/images` are, relative to the page: `images/<digest>`."""
    return f"images/{_digest(IMAGES)}"


def plotly_path() -> str:
    """Where the plotly.js of the installed plotly is, relative to the page."""
    return f"plotly/{plotly.__version__}/plotly.min.js"


def publish(name: str, text: str) -> str:
    """Serve a JSON document for the life of the process.

    Meant for the few documents that all visitors share (tapes, figures that nobody changes):
    nothing is ever taken back.

    Args:
        name: What the document is, in small letters, digits, `_` and `-`.
        text: The document, as JSON.

    Returns:
        Its address relative to the page, `data/<name>.<hash>.json`. The same text has the same
        address.

    Raises:
        ValueError: the name holds another character.
    """
    if not re.fullmatch(r"[a-z0-9_-]+", name):
        raise ValueError(f"name must be made of a to z, 0 to 9, '_' and '-'; got {name!r}")
    path = f"{name}.{hashlib.sha256(text.encode()).hexdigest()[:16]}.json"
    _documents[path] = text
    return f"data/{path}"


def routes() -> list[BaseRoute]:
    """The addresses of our own, for `st.App`."""
    return [
        Mount(f"/{web_root()}", _UnchangingFiles(directory=WEB)),
        Mount(f"/{images_root()}", _UnchangingFiles(directory=IMAGES)),
        Route(f"/{plotly_path()}", _plotly),
        Route("/data/{path}", _document),
        Mount("/web", _not_found),
        Mount("/images", _not_found),
        Mount("/plotly", _not_found),
    ]


def middleware() -> list[Middleware]:
    """What wraps Streamlit's own middleware, outermost first."""
    page = front_page(f"{web_root()}/{module.name}" for module in sorted(WEB.glob("*.js")))
    return [
        Middleware(SameOriginSockets),
        Middleware(SecurityHeaders, script_hashes=page.script_hashes),
        Middleware(FrontPageForEveryPage, page=page),
        Middleware(CompressOnce, prefixes=("/static/", "/web/", "/data/", "/plotly/")),
    ]


class _UnchangingFiles(StaticFiles):
    """Files that are addressed by the digest of their folder."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update(KEEP_FOR_EVER)
        return response


async def _plotly(request: Request) -> Response:
    return FileResponse(PLOTLY, media_type="text/javascript", headers=KEEP_FOR_EVER)


async def _document(request: Request) -> Response:
    text = _documents.get(request.path_params["path"])
    if text is None:
        return PlainTextResponse("Not Found", status_code=404)
    return Response(text, media_type="application/json", headers=KEEP_FOR_EVER)


_not_found = PlainTextResponse("Not Found", status_code=404)


@cache
def _digest(folder: Path) -> str:
    """One hash for the names and contents of all files below a folder, as they are at the start."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]
