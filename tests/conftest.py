"""Fixtures that every folder of tests can use, and the order in which tests run.

A test that asks for a browser is marked so: `-m "not browser"` needs none.
"""

import os
from collections.abc import Callable, Iterator

import pytest
import torch
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests.browser import pages
from tests.browser.chromium import provide_chromium
from tests.browser.slow import slow_down
from tests.browser.tabs import Tabs
from tests.serving import running_app
from tests.web.modules import Modules

FAILED = pytest.StashKey[bool]()
MILLISECONDS_TO_WAIT = 30_000
"""For what shall come to be seen; it costs nothing where that comes soon."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--nightly", action="store_true", help="run the tests marked nightly, too")
    parser.addoption(
        "--slow", type=float, help="every page in the browser is so many times slower, and late"
    )


def pytest_configure(config: pytest.Config) -> None:
    """One thread for each worker and for what it starts: two workers of two threads on two cores
    wait for one another ten times as long as they compute."""
    torch.set_num_threads(1)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    # As long as Playwright waits for anything else; its five seconds are short on a slow machine.
    expect.set_options(timeout=30_000)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest first: starts of whole apps, then pages, then what is over in a moment."""

    def place(item: pytest.Item) -> int:
        if item.path.parent == config.rootpath / "tests":
            return 0
        return 1 if "browser" in item.fixturenames else 2

    for item in items:
        if "browser" in item.fixturenames:
            item.add_marker("browser")
        if item.get_closest_marker("nightly") and not config.getoption("nightly"):
            item.add_marker(pytest.mark.skip(reason="takes minutes; --nightly runs it"))
    items.sort(key=place)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of the running app; one process for all tests of a pytest worker."""
    with running_app() as address:
        yield address


@pytest.fixture(scope="session")
def executable() -> str:
    """A real Chromium; where there is none, one is installed if that can be done."""
    return provide_chromium()


@pytest.fixture(scope="session")
def playwright(executable: str) -> Iterator[Playwright]:
    """The one that drives every browser of a process: a second would not start beside it."""
    expect.set_options(timeout=MILLISECONDS_TO_WAIT)
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(
    playwright: Playwright, executable: str, pytestconfig: pytest.Config
) -> Iterator[Browser]:
    launched = playwright.chromium.launch(executable_path=executable, args=pages.BROWSER_ARGUMENTS)
    if rate := pytestconfig.getoption("slow"):
        slow_down(launched, rate)
    yield launched
    launched.close()


@pytest.fixture(scope="session")
def tabs(browser: Browser, server: str) -> Tabs:
    return Tabs(browser, server)


@pytest.fixture
def open_page(tabs: Tabs, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """`open_page(path, lang=…, theme=…, width=…, …)`, as `tests.browser.tabs.Tabs.open`.

    When the test ends it fails if one of its pages wrote an error to the console, showed an
    exception or asked another host for anything.
    """
    yield tabs.open
    heard = tabs.give_back(usable=not request.node.stash.get(FAILED, False))
    if heard:
        pytest.fail("\n".join(heard))


@pytest.fixture(scope="session")
def modules_page(browser: Browser) -> Iterator[Modules]:
    modules = Modules(browser)
    yield modules
    modules.close()


@pytest.fixture
def modules(modules_page: Modules) -> Iterator[Modules]:
    """`modules(path, function, *given)`: what a function says of a module of `live/web`, in an
    empty page that no server has made."""
    modules_page.renew()
    yield modules_page
    if modules_page.complaints.heard:
        pytest.fail("\n".join(modules_page.complaints.heard))
