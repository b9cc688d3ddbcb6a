"""What a page without Streamlit has of the search: its button, and what its key opens."""

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from live import modules
from live.assets import WEB
from live.documents.html_parts import inline_script
from live.words.text import interface

GLASS = "M11.5 7a4.5 4.5 0 1 1-9 0a4.5 4.5 0 1 1 9 0ZM10.2 10.2L14 14"
"""A magnifying glass, in a square of sixteen."""


def search_parts(
    language: str, index: Mapping[str, str], pages: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The parts of a template: `find`, the button, and `search`, what `search/key.js` reads and
    that script itself. Nothing else is loaded before somebody searches.

    Args:
        index: The addresses of the indices, by language.
        pages: Where what is found opens, by the name of its page, if not under that name.
    """
    told = {"module": f"./{modules.address(modules.SEARCH)}", "index": dict(index)}
    text = json.dumps(told | ({"pages": dict(pages)} if pages else {}))
    key = (WEB / "search" / "key.js").read_text(encoding="utf-8")
    button = Markup(
        '<button type="button" class="lab-find" aria-label="{0}" title="{0} ( / )">'
        '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="{1}"/></svg></button>'
    )
    element = Markup(
        '<script type="application/json" id="lab-search-index">{}</script>\n<script>{}</script>\n'
    )
    return {
        "find": button.format(interface(language)["find"], GLASS),
        "search": element.format(Markup(text), inline_script(key)),
    }
