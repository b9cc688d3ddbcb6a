"""The pictures that a link to the site shows elsewhere, taken in a real Chromium."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import provide_chromium
from tests.browser.pages import BROWSER_ARGUMENTS

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


def draw_pictures(out: Path, pages: Iterable[str]) -> None:
    """A PNG beside every page that lies in a language's folder."""
    with served(out) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=provide_chromium(), args=BROWSER_ARGUMENTS
        )
        page = browser.new_page(viewport=SIZE)
        for path in pages:
            if "/" in path:
                page.goto(f"{address}/{path}")
                page.wait_for_load_state("networkidle")
                page.screenshot(path=out / f"{path[:-5]}.png")
        browser.close()
