"""Elements of a page that bring along what the page would otherwise ask for, by its path."""

import re

from markupsafe import Markup


def inline_sheet(path: str, text: str) -> Markup:
    """A stylesheet that `loadStyle` of live/web/core/load.js finds by its path."""
    return Markup('<style data-path="{}">{}</style>').format(path, Markup(text))


def json_element(path: str, text: str) -> Markup:
    """A document that `fetchDocument` finds by its path. Nothing in it can end the element: `<` is
    written as JSON may write any letter."""
    return Markup('<script type="application/json" data-path="{}">{}</script>').format(
        path, Markup(text.replace("<", "\\u003c"))
    )


def inline_script(text: str) -> Markup:
    """A script that its element holds whole."""
    return Markup(re.sub(r"</(?=script)", r"<\\/", text, flags=re.IGNORECASE))
