"""The ES modules of `live/web`: what a page's module needs, and where it is served."""

import re
from functools import cache

from live.assets import WEB, web_root

HOME = ""
FRAME = "shell/scheme_switch"
"""The module that every page has, beside its own."""

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

    The module itself is the first; the others are what it imports, directly or not. Only imports
    at the head of a module count: what is imported while the page runs is not needed first.

    Raises:
        FileNotFoundError: a module imports one that is not there.
    """
    found = {f"{module}.js": None}  # a set in the order in which they are found
    waiting = [*found]
    while waiting:
        path = WEB / waiting.pop(0)
        for name in IMPORT.findall(path.read_text(encoding="utf-8")):
            imported = (path.parent / name).resolve().relative_to(WEB).as_posix()
            if imported not in found:
                found[imported] = None
                waiting.append(imported)
    return tuple(found)


@cache
def assets(module: str) -> tuple[str, ...]:
    """The stylesheets and classic scripts that a module and its imports name."""
    sources = [(WEB / path).read_text(encoding="utf-8") for path in files(module)]
    named = dict.fromkeys(name for source in sources for name in ASSET.findall(source))
    return tuple(name for name in named if (WEB / name).is_file())
