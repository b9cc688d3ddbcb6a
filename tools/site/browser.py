"""A real Chromium looks at the site: pictures for links to it, and torch's word on its numbers."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

from live.families import EVERY_PAGE
from tests.browser.chromium import provide_chromium
from tests.browser.pages import BROWSER_ARGUMENTS
from tools.site.check import wrong_scenes

SIZE = {"width": 1200, "height": 630}


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing of it."""

    def log_message(self, format: str, *values: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder, served by Python's own server."""
    handler = partial(Quiet, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def draw_and_check(out: Path, pages: Iterable[str]) -> list[str]:
    """Draw a PNG beside every page that lies in a language's folder; where a number on one of them
    is not torch's."""
    wrong = []
    with served(out) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=provide_chromium(), args=BROWSER_ARGUMENTS
        )
        page = browser.new_page(viewport=SIZE)
        for path in pages:
            if "/" not in path:
                continue
            page.goto(f"{address}/{path}")
            page.wait_for_load_state("networkidle")
            page.screenshot(path=out / f"{path[:-5]}.png")
            if Path(path).stem in EVERY_PAGE:
                wrong += [f"{path}: {one}" for one in wrong_scenes(page, Path(path).stem)]
        browser.close()
    return wrong
