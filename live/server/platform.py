"""Streamlit's own front end in fewer bytes: what every page needs of it is one file.

Streamlit's index page asks for 56 scripts and later for a dozen more, and for an icon font of
375 kB, of which a page shows a glyph or two. `live/bundles/platform` holds the same scripts in one
file and the font with the icons that Streamlit shows (`tools/bundle.py`). Whatever else its scripts
ask for comes from the installed Streamlit, below the same address, so that relative addresses hold.

It is used only with the very files that it was made from: any other Streamlit is served as it is.

Streamlit sets formulas too, with KaTeX's stylesheet as a part of its own. A second one would have
the browser fetch the same faces again, from an address of ours, so a page that has the same KaTeX
is told that the sheet is there.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit
from starlette.staticfiles import StaticFiles

from live.assets import KATEX, ROOT, WEB, folder_digest

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
INSTALLED = INDEX.parent / "static"
PACKED = ROOT / "live" / "bundles" / "platform"
STYLESHEET = r'<link rel="stylesheet"[^>]* href="\./static/css/([^"]+)">'


def digest(files: Iterable[str]) -> str:
    """One hash for files of the installed Streamlit.

    Raises:
        FileNotFoundError: one is not there.
    """
    found = hashlib.sha256()
    for name in sorted(files):
        content = (INSTALLED / name).read_bytes()
        found.update(f"{name}\0{len(content)}\0".encode() + content)
    return found.hexdigest()


KATEX_VERSION = re.compile(r'\.katex-version:{1,2}after\{content:"([\d.]+)"')


@cache
def packed() -> dict[str, Any] | None:
    """What `live/bundles/platform` was made of; None where another Streamlit is installed."""
    try:
        manifest = json.loads((PACKED / "manifest.json").read_text())
        return manifest if digest(manifest["taken"]) == manifest["sources"] else None
    except FileNotFoundError:
        return None


def platform_root() -> str:
    """Where both are, relative to the page."""
    return f"platform/{folder_digest(PACKED)}"


def with_packed_scripts(html: str) -> str:
    """Streamlit's index page, asking for the one file where it asks for what is in there."""
    manifest = packed()
    if manifest is None:
        return html
    for name in manifest["taken"]:
        html = re.sub(rf'<link rel="modulepreload"[^>]*"\./static/{re.escape(name)}">\s*', "", html)
    entry = f'<script type="module" crossorigin src="./static/{manifest["entry"]}">'
    html = re.sub(r'<script type="module"[^>]*>', entry, html, count=1)
    return html.replace('"./static/', f'"./{platform_root()}/')


@cache
def brings_formula_sheet() -> bool:
    """Whether the stylesheet of the installed Streamlit holds that of the KaTeX we use."""
    sheet = re.search(STYLESHEET, INDEX.read_text(encoding="utf-8"))
    if sheet is None:
        return False
    theirs, ours = INSTALLED / "css" / sheet[1], WEB / f"{KATEX}.css"
    versions = [KATEX_VERSION.findall(each.read_text(encoding="utf-8")) for each in (theirs, ours)]
    return versions[0] == versions[1] != []


def with_formula_sheet(html: str) -> str:
    """Streamlit's index page, saying of its stylesheet that it is ours too (`core/load.js`)."""
    if not brings_formula_sheet():
        return html
    return re.sub(r'<link rel="stylesheet"', rf'\g<0> data-path="{KATEX}.css"', html, count=1)


class PlatformFiles(StaticFiles):
    """What is packed, and below it what is installed."""

    def __init__(self) -> None:
        super().__init__(directory=PACKED)
        self.all_directories.append(INSTALLED)
