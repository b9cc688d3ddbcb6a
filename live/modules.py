"""The ES modules of `live/web`: what a page's module needs, and where it is served."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from functools import cache

from live.assets import BUNDLES, WEB, web_root

HOME, GUIDE = "", "guide"
"""The pages without a stage; the guide has no module either: it is a table."""
FRAME = "shell/scheme_switch"
"""The module that every page has, beside its own."""
HALL = PROJECTOR, PHONE, COMPOSER = "hall/projector", "hall/phone", "hall/composer"
"""The modules of the pages that a hall sees, and of the one where a lecture for it is composed."""
CLAIM = "shell/claim_asked"
"""The module that scrolls to the claim that a link asks for."""
SEARCH = "search/box"
"""The module of the search, loaded when somebody searches."""

IMPORT = re.compile(r"^(?:import|export)\s(?:[^'\";]*\sfrom\s)?'(\.[^']+)';", re.MULTILINE)
ASSET = re.compile(r"'([\w/.-]+\.(?:css|js))'")


def of_page(name: str) -> str:
    """The module of a page, by its path below `live/web` without the ending.

    Args:
        name: A page with a stage, or `HOME`.
    """
    return "home/map" if name == HOME else f"families/{name}/stage"


def address(module: str) -> str:
    """Where the browser imports a module from, relative to the page."""
    return f"{web_root()}/{files(module)[0]}"


@cache
def files(module: str) -> tuple[str, ...]:
    """The files that the browser loads for a module, by their paths below `live/web`.

    The first is the one to import. They come from `live/bundles`, or, where a source was changed
    after those were made, they are the sources.
    """
    return _bundled().get(module) or imported(module)


@cache
def imported(module: str) -> tuple[str, ...]:
    """A module and all that it imports, directly or not.

    Only imports at the head of a module count: what is imported while the page runs is not needed
    first.

    Raises:
        FileNotFoundError: a module imports one that is not there.
    """
    found = {f"{module}.js": None}  # a set in the order in which they are found
    waiting = [*found]
    while waiting:
        path = WEB / waiting.pop(0)
        for name in IMPORT.findall(path.read_text(encoding="utf-8")):
            file = (path.parent / name).resolve().relative_to(WEB).as_posix()
            if file not in found:
                found[file] = None
                waiting.append(file)
    return tuple(found)


@cache
def assets(module: str) -> tuple[str, ...]:
    """The stylesheets and classic scripts that a module and its imports name."""
    sources = [(WEB / path).read_text(encoding="utf-8") for path in imported(module)]
    named = dict.fromkeys(name for source in sources for name in ASSET.findall(source))
    return tuple(name for name in named if (WEB / name).is_file())


def digest(modules: Iterable[str]) -> str:
    """One hash for modules and all that they import."""
    found = hashlib.sha256()
    for path in sorted({path for module in modules for path in imported(module)}):
        content = (WEB / path).read_bytes()
        found.update(f"{path}\0{len(content)}\0".encode() + content)
    return found.hexdigest()


@cache
def _bundled() -> Mapping[str, tuple[str, ...]]:
    """The files of each bundled module; none where a source is not what was bundled."""
    try:
        manifest = json.loads((BUNDLES / "manifest.json").read_text())
        if digest(manifest["files"]) != manifest["sources"]:
            return {}
    except FileNotFoundError:
        return {}
    return {module: tuple(paths) for module, paths in manifest["files"].items()}
