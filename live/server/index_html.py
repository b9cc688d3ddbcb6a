"""The HTML page that every page of the app is answered with.

It is the index page of the installed Streamlit with four changes: our title, a sentence for
readers without JavaScript, a script that runs first (`front.js`: the address of the server, light
or dark), and the names of our modules.

Streamlit's own page has to guess the address on a deep link: it asks `/boxes/_stcore/health`
first, gets a 404 (red in the console), waits, and asks again one folder up. Pages of this app have
no slash in their path, so the server is always where the page's own folder is.

The modules are small, but import each other four deep. Named here, they arrive together while
Streamlit is still starting, not one after the other once it has started.
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import streamlit

from live.assets import WEB

TITLE = "Loss Lab"
WITHOUT_JAVASCRIPT = (
    "<p>Loss Lab draws its pictures with JavaScript. Please allow it for this page.</p>"
    '<p lang="zh">Loss Lab 用 JavaScript 作图，请允许本页运行脚本。</p>'
)
FIRST_SCRIPT = f"<script>{(WEB / 'shell' / 'front.js').read_text()}</script>"


@dataclass(frozen=True)
class FrontPage:
    """The page as it is sent, and the hashes under which a browser may run its inline scripts."""

    html: bytes
    script_hashes: tuple[str, ...]


def front_page(modules: Iterable[str] = ()) -> FrontPage:
    """Make the page from the index page of the installed Streamlit.

    Args:
        modules: Addresses of ES modules, relative to the page, that it should load ahead.

    Raises:
        RuntimeError: a place that is to be changed is not there, because Streamlit's page is no
            longer the one this was written for.
    """
    index = Path(streamlit.__file__).parent / "static" / "index.html"
    html = index.read_text(encoding="utf-8")
    html = _replace(r"<title>.*?</title>", f"<title>{TITLE}</title>", html)
    html = _replace(r"(?<=<noscript>).*?(?=</noscript>)", WITHOUT_JAVASCRIPT, html)
    html = _replace(r'<script type="module"', f'{FIRST_SCRIPT}<script type="module"', html)
    preloads = "".join(f'<link rel="modulepreload" href="./{module}">' for module in modules)
    html = _replace("(?=</head>)", preloads, html)
    inline = re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL)
    return FrontPage(html.encode(), tuple(map(_source_hash, inline)))


def _replace(pattern: str, replacement: str, html: str) -> str:
    changed, count = re.subn(pattern, lambda _: replacement, html, count=1, flags=re.DOTALL)
    if count == 0:
        raise RuntimeError(f"the index page of Streamlit has no place that matches {pattern!r}")
    return changed


def _source_hash(script: str) -> str:
    """The script's hash as a Content-Security-Policy writes it."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
