"""`python -m benchmarks.start`: how long a visitor waits.

Measured in a real Chromium, in one run: from the start of the process to the first page, from
`goto` to a usable page on a warm server, and from page to page. A page is usable when its stage
has drawn itself and listens to the hand.

The rival is `benchmarks/stock_app.py` under `streamlit run`: the same pages without the warm-up,
the compression, the front page and the socket options of `app.py` and `live/launch.py`. Visits to
the two alternate, so that whatever else the machine does falls on both. Figures are medians; the
start of the process is measured once each.
"""

import signal
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import HELP, find_chromium
from tests.browser.pages import BROWSER_ARGUMENTS, settled
from tests.serving import running_app

STAGES = ("boxes", "regression")
VISITS = 6
APP = (sys.executable, "-m", "live.launch")
STOCK = (
    *(sys.executable, "-m", "streamlit", "run", "benchmarks/stock_app.py"),
    *("--server.port", "0"),
)


@dataclass
class Waits:
    """Seconds, one figure per visit."""

    address: str = ""
    to_port: list[float] = field(default_factory=list)
    to_first_page: list[float] = field(default_factory=list)
    to_open: list[float] = field(default_factory=list)
    to_open_again: list[float] = field(default_factory=list)
    to_turn: list[float] = field(default_factory=list)


def ready(page: Page, name: str) -> None:
    page.wait_for_selector(f".st-key-{name}_stage [data-lab-ready]", state="attached")


@contextmanager
def visitor(browser: Browser) -> Iterator[Page]:
    """A page in a browser that has never been here."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def open_seconds(page: Page, address: str, name: str) -> float:
    start = time.perf_counter()
    page.goto(f"{address}/{name}", wait_until="commit")
    ready(page, name)
    return time.perf_counter() - start


def turn_seconds(page: Page, name: str) -> float:
    link = page.locator(f"[data-testid=stSidebar] a[href*='{name}']").first
    start = time.perf_counter()
    link.click()
    ready(page, name)
    return time.perf_counter() - start


@contextmanager
def started(browser: Browser, command: tuple[str, ...], exit_code: int) -> Iterator[Waits]:
    """A server, and how long it took to come up and to show its first page."""
    waits = Waits()
    start = time.perf_counter()
    with running_app(command=command, exit_code=exit_code) as waits.address:
        waits.to_port.append(time.perf_counter() - start)
        with visitor(browser) as page:
            open_seconds(page, waits.address, STAGES[0])
        waits.to_first_page.append(time.perf_counter() - start)
        yield waits


def visit(browser: Browser, waits: Waits, name: str, other: str) -> None:
    """A new browser opens a page, opens it again, turns to another page and back."""
    with visitor(browser) as page:
        waits.to_open.append(open_seconds(page, waits.address, name))
        settled(page)
        waits.to_open_again.append(open_seconds(page, waits.address, name))
        settled(page)
        for turned_to in (other, name):
            waits.to_turn.append(turn_seconds(page, turned_to))
            settled(page)


def row(title: str, ours: list[float], stock: list[float], limit: float | None = None) -> bool:
    """Print one line; False where our median is over its limit."""
    median, rival = statistics.median(ours), statistics.median(stock)
    kept = limit is None or median <= limit
    target = "" if limit is None else f"   at most {limit:.0f} s: {'yes' if kept else 'NO'}"
    print(
        f"{title:40}{median:8.2f} s{max(ours):8.2f} s{rival:8.2f} s{rival / median:8.2f} ×{target}"
    )
    return kept


def main() -> None:
    executable = find_chromium()
    if executable is None:
        sys.exit(HELP)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=BROWSER_ARGUMENTS)
        with started(browser, APP, 0) as app, started(browser, STOCK, -signal.SIGTERM) as stock:
            for number in range(VISITS):
                name, other = STAGES if number % 2 else STAGES[::-1]
                for waits in (app, stock):
                    visit(browser, waits, name, other)
        browser.close()
    print(f"{'':40}{'app':>10}{'slowest':>10}{'stock':>10}{'stock/app':>10}")
    row("start of the process to the open port", app.to_port, stock.to_port)
    row("start of the process to the first page", app.to_first_page, stock.to_first_page)
    kept = [
        row("page opened in a new browser", app.to_open, stock.to_open, 2),
        row("page opened again", app.to_open_again, stock.to_open_again, 2),
        row("page to page", app.to_turn, stock.to_turn, 1),
    ]
    sys.exit(0 if all(kept) else 1)


if __name__ == "__main__":
    main()
