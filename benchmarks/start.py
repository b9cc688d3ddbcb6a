"""`python -m benchmarks.start`: how long a visitor waits, and what comes over the line meanwhile.

Measured in a real Chromium, in one run: from the start of the process to the first page; from
`goto` to a usable page on a warm server, at this machine's own speed and on a phone's line; from
page to page; and what the box page asks for in a browser that has never been here, and in one that
has. A page is usable when its stage has drawn itself and listens to the hand.

The rival is `benchmarks/stock/app.py` under `streamlit run`: the same pages as Streamlit serves any
app, without what `app.py`, `live/server` and `live/launch.py` do for them. Visits to the two
alternate, so that whatever else the machine does falls on both. Times are medians; the start of the
process is measured once each. Requests and bytes come from the browser's network panel: what was
sent over HTTP, headers included.
"""

import os
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
from tests.browser.traffic import PHONE, Traffic
from tests.serving import running_app

STAGES = ("boxes", "regression")
VISITS = 6
PHONE_VISITS = 3
APP = (sys.executable, "-m", "live.launch")
STOCK = (
    *(sys.executable, "-m", "streamlit", "run", "benchmarks/stock/app.py"),
    *("--server.port", "0"),
)


@dataclass
class Measured:
    """Seconds, one figure per visit; requests and bytes by who they belong to."""

    address: str = ""
    to_port: list[float] = field(default_factory=list)
    to_first_page: list[float] = field(default_factory=list)
    to_open: list[float] = field(default_factory=list)
    to_open_again: list[float] = field(default_factory=list)
    to_turn: list[float] = field(default_factory=list)
    on_a_phone: list[float] = field(default_factory=list)
    on_a_phone_again: list[float] = field(default_factory=list)
    cold: Traffic | None = None
    warm: Traffic | None = None


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
def started(browser: Browser, command: tuple[str, ...], exit_code: int) -> Iterator[Measured]:
    """A server, and how long it took to come up and to show its first page."""
    measured = Measured()
    start = time.perf_counter()
    with running_app(command=command, exit_code=exit_code) as measured.address:
        measured.to_port.append(time.perf_counter() - start)
        with visitor(browser) as page:
            open_seconds(page, measured.address, STAGES[0])
        measured.to_first_page.append(time.perf_counter() - start)
        yield measured


def visit(browser: Browser, measured: Measured, name: str, other: str) -> None:
    """A new browser opens a page, opens it again, turns to another page and back."""
    with visitor(browser) as page:
        measured.to_open.append(open_seconds(page, measured.address, name))
        settled(page)
        measured.to_open_again.append(open_seconds(page, measured.address, name))
        settled(page)
        for turned_to in (other, name):
            measured.to_turn.append(turn_seconds(page, turned_to))
            settled(page)


def visit_on_a_phone(browser: Browser, measured: Measured, name: str) -> None:
    """A new browser on a slow line opens a page, and opens it again."""
    with visitor(browser) as page:
        for waits in (measured.on_a_phone, measured.on_a_phone_again):
            Traffic(page, PHONE)
            waits.append(open_seconds(page, measured.address, name))
            page.wait_for_load_state("networkidle")


def count(browser: Browser, measured: Measured, name: str) -> None:
    """What a page asks for the first and the second time."""
    with visitor(browser) as page:
        traffic = []
        for _ in range(2):
            traffic.append(Traffic(page))
            open_seconds(page, measured.address, name)
            settled(page)
            page.wait_for_load_state("networkidle")
            traffic[-1].stop()
    measured.cold, measured.warm = traffic


def row(title: str, ours: list[float], stock: list[float], limit: float | None = None) -> bool:
    """Print one line; False where our median is over its limit."""
    median, rival = statistics.median(ours), statistics.median(stock)
    kept = limit is None or median <= limit
    target = "" if limit is None else f"   at most {limit:.0f} s: {'yes' if kept else 'NO'}"
    print(
        f"{title:40}{median:8.2f} s{max(ours):8.2f} s{rival:8.2f} s{rival / median:8.2f} ×{target}"
    )
    return kept


def traffic_row(title: str, ours: Traffic, stock: Traffic, most: tuple[int, float] | None) -> bool:
    """Print one line; False where we ask for more requests or megabytes than `most`."""
    shown = [
        f"{len(transfers):4d} / {sum(transfer.size for transfer in transfers) / 1e6:.2f} MB"
        for transfers in (ours.transfers, ours.of_platform, stock.transfers)
    ]
    requests, size = len(ours.transfers), sum(transfer.size for transfer in ours.transfers)
    kept = most is None or (requests <= most[0] and size / 1e6 <= most[1])
    target = (
        "" if most is None else f"   at most {most[0]} / {most[1]} MB: {'yes' if kept else 'NO'}"
    )
    print(f"{title:40}" + "".join(f"{text:>18}" for text in shown) + target)
    return kept


def report(app: Measured, stock: Measured) -> bool:
    """Print everything; whether all limits are kept."""
    print(f"{'':40}{'app':>10}{'slowest':>10}{'stock':>10}{'stock/app':>10}")
    row("start of the process to the open port", app.to_port, stock.to_port)
    row("start of the process to the first page", app.to_first_page, stock.to_first_page)
    kept = [
        row("page opened in a new browser", app.to_open, stock.to_open, 2),
        row("page opened again", app.to_open_again, stock.to_open_again, 2),
        row("page to page", app.to_turn, stock.to_turn, 1),
        row("on a phone's line, in a new browser", app.on_a_phone, stock.on_a_phone, 6),
        row("on a phone's line, opened again", app.on_a_phone_again, stock.on_a_phone_again),
    ]
    heads = (f"{head:>18}" for head in ("app", "of it platform", "stock"))
    print(f"\n{f'requests / over the line, {STAGES[0]}':40}", *heads, sep="")
    kept.append(traffic_row("in a new browser", app.cold, stock.cold, (60, 1.2)))
    traffic_row("opened again", app.warm, stock.warm, None)
    print(f"\nload average at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return all(kept)


def main() -> None:
    executable = find_chromium()
    if executable is None:
        sys.exit(HELP)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=BROWSER_ARGUMENTS)
        with started(browser, APP, 0) as app, started(browser, STOCK, -signal.SIGTERM) as stock:
            for number in range(VISITS):
                name, other = STAGES if number % 2 else STAGES[::-1]
                for measured in (app, stock):
                    visit(browser, measured, name, other)
            for _ in range(PHONE_VISITS):
                for measured in (app, stock):
                    visit_on_a_phone(browser, measured, STAGES[0])
            for measured in (app, stock):
                count(browser, measured, STAGES[0])
        browser.close()
    sys.exit(0 if report(app, stock) else 1)


if __name__ == "__main__":
    main()
