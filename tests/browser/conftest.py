"""A real Chromium for the tests; every page a test opens has to stay silent."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import pages
from tests.browser.chromium import HELP, find_chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = find_chromium()
    if executable is None:
        pytest.fail(HELP)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=executable, args=pages.BROWSER_ARGUMENTS
        )
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """`open_page(path, lang=…, theme=…, width=…, …)`, as `tests.browser.pages.open_page`.

    When the test ends it fails if one of its pages wrote an error to the console, showed an
    exception or asked another host for anything.
    """
    opened = []

    def open_one(path: str = "/", **options) -> Page:
        page, complaints = pages.open_page(browser, server, path, **options)
        opened.append((path, page, complaints))
        return page

    yield open_one
    heard = []
    for path, page, complaints in opened:
        complaints.look()
        heard.extend(f"{path}: {complaint}" for complaint in complaints.heard)
        page.context.close()
    if heard:
        pytest.fail("\n".join(heard))
