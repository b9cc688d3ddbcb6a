"""The HTML page that every page of the app is answered with.

It is the index page of the installed Streamlit with six changes: its scripts in one file and
its stylesheet for our formulas too (`live/server/platform.py`), our title, a sentence for readers
without JavaScript, scripts that run first (`colour_scheme.js`, `front.js`: light or dark, the
address of the server), and the names of what the page will need.

Streamlit's own page has to guess the address on a deep link: it asks `/boxes/_stcore/health`
first, gets a 404 (red in the console), waits, and asks again one folder up. Pages of this app have
no slash in their path, so the server is always where the page's own folder is.

A stage's modules are small, but import each other four deep, and its documents are known to the
server long before Streamlit mounts it. Named here, all arrive together while Streamlit opens its
socket and the script runs, not one after the other once that is done.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from live.assets import WEB
from live.server.platform import INDEX, with_formula_sheet, with_packed_scripts
from live.server.stored_page import StoredPage
from live.words.text import LANGUAGES, say
from live.words.without_javascript import WITHOUT_JAVASCRIPT

TITLE = "Loss Lab"
FIRST_SCRIPTS = "".join(
    f"<script>{(WEB / name).read_text()}</script>"
    for name in (
        "shell/colour_scheme.js",
        "shell/front.js",
        "shell/history.js",
        "shell/connection.js",
        "shell/reconnect.js",
        "shell/sidebar.js",
        "search/key.js",
        "shell/way.js",
    )
)
WITHOUT = ("away", "blocked")
"""How a page can be without its server (`live/web/shell/connection.js`)."""
STYLE = "".join(
    f"<style>{(WEB / 'shell' / name).read_text()}</style>"
    for name in ("connection.css", "first.css")
)


@dataclass(frozen=True)
class Preload:
    """A file that a page will need once Streamlit runs.

    The browser asks for it as soon as it has what starts Streamlit (`front.js`): on a slow line the
    two would share what there is, and the start would come later.

    Args:
        address: Relative to the page.
        kind: "module", or what `as` calls it: "script", "style", "fetch".
    """

    address: str
    kind: str

    @property
    def html(self) -> str:
        if self.kind == "module":
            return f'<link data-later="modulepreload" href="./{self.address}">'
        # A preloaded answer serves a later request only if both follow the same rules.
        mode = " crossorigin" if self.kind == "fetch" else ""
        return f'<link data-later="preload" as="{self.kind}"{mode} href="./{self.address}">'


def front_page(
    preloads: Iterable[Preload] = (),
    language: str = "en",
    alone: str = "",
    search: Mapping[str, Any] | None = None,
) -> StoredPage:
    """Make the page from the index page of the installed Streamlit.

    Args:
        preloads: What the page should load ahead.
        language: The reader's, until Streamlit runs.
        alone: Where the page's stage is without Streamlit, relative to the page; "" where it has
            none.
        search: The module of the search, and its index by language (`search/key.js`).

    Raises:
        RuntimeError: a place that is to be changed is not there, because Streamlit's page is no
            longer the one this was written for.
    """
    html = with_packed_scripts(with_formula_sheet(INDEX.read_text(encoding="utf-8")))
    html = _replace(r'rel="preload"(?=[^>]*as="font")', 'data-later="preload"', html)
    html = _replace(r'<link rel="service-desc"[^>]*>', "", html)  # an API that is closed
    html = _replace(r"<title>.*?</title>", f"<title>{TITLE}</title>", html)
    html = _replace(r"(?<=<noscript>).*?(?=</noscript>)", WITHOUT_JAVASCRIPT, html)
    html = _replace(r'<script type="module"', f'{FIRST_SCRIPTS}<script type="module"', html)
    html = _replace('<html lang="en">', f'<html lang="{language}">', html)
    html = _replace("(?=</head>)", STYLE + "".join(each.html for each in preloads), html)
    told = json.dumps(search) if search else ""
    element = f'<script type="application/json" id="lab-search-index">{told}</script>'
    html = _replace("(?=</body>)", _about_the_server(alone) + (element if told else ""), html)
    return StoredPage(html)


def _about_the_server(alone: str) -> str:
    """What the page says while it has no server, in every language: the reader may change it."""
    lines = {when: {each: say(f"server_{when}", each) for each in LANGUAGES} for when in WITHOUT}
    ways = {each: f'<a href="./{alone}">{say("stage_alone", each)}</a>' for each in LANGUAGES}
    told = {
        when: "".join(
            f'<span lang="{each}">{text} {ways[each] if alone and when == "blocked" else ""}</span>'
            for each, text in texts.items()
        )
        for when, texts in lines.items()
    }
    paragraphs = (f'<p data-when="{when}" hidden>{text}</p>' for when, text in told.items())
    return f'<div class="lab-server" role="status">{"".join(paragraphs)}</div>'


def _replace(pattern: str, replacement: str, html: str) -> str:
    changed, count = re.subn(pattern, lambda _: replacement, html, count=1, flags=re.DOTALL)
    if count == 0:
        raise RuntimeError(f"the index page of Streamlit has no place that matches {pattern!r}")
    return changed
