"""The front page of each address: the same for all but for what it has the browser load ahead."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.types import Scope

from live.assets import KATEX, web_root
from live.modules import FRAME, GUIDE, SEARCH, address, assets, files, of_page
from live.server.index_html import Preload, front_page
from live.server.platform import brings_formula_sheet
from live.server.redirects import STAGES
from live.server.stored_page import StoredPage
from live.words.text import language_named, language_of

Fetched = Callable[[str, str], tuple[str, ...]]
"""The addresses of the documents that a page fetches, by its name and language."""
Searched = Callable[[], Mapping[str, str]]
"""The addresses of the indices of the search, by language."""


class FrontPages:
    """Every front page, made when it is first asked for.

    Args:
        fetched: Says what documents a page fetches.
        searched: Says where the indices of the search are.
    """

    def __init__(self, fetched: Fetched, searched: Searched) -> None:
        self._fetched = fetched
        self._searched = searched
        self._made = cache(self._make)
        self.script_hashes = front_page().script_hashes

    def __call__(self, scope: Scope) -> StoredPage:
        """The front page that answers a request for a page of ours."""
        return self._made(scope["path"].removeprefix("/"), language_asked(scope))

    def _make(self, name: str, language: str) -> StoredPage:
        return front_page(
            [*_of_web(name), *(Preload(a, "fetch") for a in self._fetched(name, language))],
            language,
            alone=f"stage/{name}" if name in STAGES else "",
            search={"module": f"./{address(SEARCH)}", "index": dict(self._searched())},
        )


def _of_web(name: str) -> Iterator[Preload]:
    """The modules of a page and of its frame, and the files that they load, if not there anyway."""
    there = {f"{KATEX}.css"} if brings_formula_sheet() else set()
    for module in (FRAME,) if name == GUIDE else (of_page(name), FRAME):
        for path in files(module):
            yield Preload(f"{web_root()}/{path}", "module")
        for path in assets(module):
            if path in there:
                continue
            kind = "style" if path.endswith(".css") else "script"
            yield Preload(f"{web_root()}/{path}", kind)


def language_asked(scope: Scope) -> str:
    """The language that the page will most likely speak: the link's, or the browser's first."""
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[-1]
    return language_named(asked) or language_of(Headers(scope=scope).get("accept-language"))
