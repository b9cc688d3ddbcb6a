"""Addresses that are no page of this app lead to the home page, which says so.

Streamlit answers every address that it does not know with its front page, and leaves it to the
browser to find that there is nothing behind it: an error in the console, a dialog that speaks
English only, and, below a slash, modules asked for in folders that are not there.
"""

from pathlib import Path
from urllib.parse import parse_qs, urlencode

from starlette.types import Scope

from live.modules import GUIDE
from live.state.table import MISSING, shortened
from live.words.text import LANGUAGE_IN_LINK

HOME = "home"
PAGES = {path.stem for path in (Path(__file__).parents[2] / "pages").glob("*.py")} - {HOME}
STAGES = PAGES - {GUIDE}
"""The pages that have a stage."""


def way_home(scope: Scope) -> str:
    """Where a request for no page of ours is to go.

    Relative, so that it holds behind a proxy's prefix too; of the query, the language only.
    """
    asked = scope["path"].removeprefix("/")
    query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    told = {name: shortened(query[name][-1]) for name in (LANGUAGE_IN_LINK,) if name in query}
    if asked != HOME:
        told[MISSING] = shortened(asked)
    # A slash that is written %2F divides no folders for the browser.
    up = "../" * (scope["raw_path"].count(b"/") - 1) or "./"
    return f"{up}?{urlencode(told)}" if told else up
