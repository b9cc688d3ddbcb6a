"""Addresses of what the server serves for ever: modules, pictures and documents.

Every address holds a hash of what it answers, so a browser asks for it once and keeps it. Nothing
here knows HTTP: `live.server.routes` answers these addresses.
"""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
WEB = ROOT / "live" / "web"
BUNDLES = ROOT / "live" / "bundles" / "pages"
IMAGES = ROOT / "content" / "images"
KATEX = "vendor/katex/katex.min"

PART = re.compile(r'^@import "(\./[^"]+)";$', re.MULTILINE)

_documents: dict[str, str] = {}


def web_root() -> str:
    """Where the ES modules of `live/web` are, relative to the page: `web/<digest>`; their bundles
    are in `bundles` there."""
    return f"web/{folder_digest(WEB, BUNDLES)}"


def images_root() -> str:
    """Where the pictures of `content/images` are, relative to the page: `images/<digest>`."""
    return f"images/{folder_digest(IMAGES)}"


@cache
def stylesheet(path: str) -> str:
    """A stylesheet of `live/web` with those that it imports in their places: what a browser makes
    of them, in one request.

    Raises:
        FileNotFoundError: it, or one that it imports, is not there.
    """
    file = WEB / path

    def part(found: re.Match[str]) -> str:
        return stylesheet((file.parent / found[1]).relative_to(WEB).as_posix())

    return PART.sub(part, file.read_text(encoding="utf-8"))


def data_address(path: Path, kind: str) -> str:
    """A file as an address that holds it whole.

    Args:
        kind: Its media type, as `font/woff2`.
    """
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


def publish(name: str, text: str, kind: str = "json") -> str:
    """Serve a JSON document, or a text of another kind, for the life of the process.

    Meant for the few documents that all visitors share (tapes, figures that nobody changes):
    nothing is ever taken back.

    Args:
        name: What the document is, in small letters, digits, `_` and `-`.
        text: The document, as JSON.
        kind: Its ending: "json" or "css".

    Returns:
        Its address relative to the page, `data/<name>.<hash>.<kind>`. The same text has the same
        address.

    Raises:
        ValueError: the name holds another character.
    """
    if not re.fullmatch(r"[a-z0-9_-]+", name):
        raise ValueError(f"name must be made of a to z, 0 to 9, '_' and '-'; got {name!r}")
    path = f"{name}.{hashlib.sha256(text.encode()).hexdigest()[:16]}.{kind}"
    _documents[path] = text
    return f"data/{path}"


def published(path: str) -> str | None:
    """The document that `publish` gave this name, or None."""
    return _documents.get(path)


@cache
def folder_digest(*folders: Path) -> str:
    """One hash for the names and contents of all files below folders, as they are at the start."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()[:16]
