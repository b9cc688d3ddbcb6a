"""Modules of `live/web` in an empty page of a real browser, without a server."""

from typing import Any

from playwright.sync_api import Browser, Route

from live.assets import WEB, stylesheet
from tests.browser.pages import Complaints

HOST = "modules.invalid"


class Modules:
    """`modules(path, function, *given)` imports a module and calls a function with it.

    `function` is JavaScript, `(module, …given) => answer`; it may be asynchronous. What is given
    and answered is what JSON knows, and NaN, infinities and -0.
    """

    def __init__(self, browser: Browser) -> None:
        context = browser.new_context()
        context.route(f"http://{HOST}/**", _answer)
        self.page = context.new_page()
        self.complaints = Complaints(self.page, HOST)

    def renew(self) -> None:
        """A new document, in which no module has been loaded yet."""
        self.complaints.heard.clear()
        self.page.unroute_all()
        self.page.goto(f"http://{HOST}/")

    def __call__(self, path: str, function: str, *given: Any) -> Any:
        return self.page.evaluate(
            f"async (given) => ({function})(await import('/{path}'), ...given)", list(given)
        )

    def close(self) -> None:
        self.page.context.close()


def _answer(route: Route) -> None:
    path = route.request.url.removeprefix(f"http://{HOST}/")
    if path in ("", "favicon.ico"):
        route.fulfill(body="<!doctype html><title>Modules</title>", content_type="text/html")
    elif path.endswith(".css"):
        route.fulfill(body=stylesheet(path), content_type="text/css")
    else:
        kind = "text/javascript" if path.endswith(".js") else "application/octet-stream"
        route.fulfill(path=WEB / path, content_type=kind)
