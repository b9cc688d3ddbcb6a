"""`python -m benchmarks.start`: how long a visitor waits.

Measured in a real Chromium, in one run: from the start of the process to the first page, from
`goto` to a usable page on a warm server, and from page to page. The rival is the same app started
as Streamlit starts an app by default (`streamlit run live/shell.py`): without the warm-up,
the compression, the front page and the socket options of `app.py` and `live/launch.py`.

A page is usable when its stage has drawn itself and listens to the hand. The rival serves no
modules, so its pages never get so far: they count as usable as soon as Streamlit is at rest, which
flatters the rival. Every figure is the median; for the process's start there is one only.
"""

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import HELP, find_chromium
from tests.browser.pages import BROWSER_ARGUMENTS, settled
from tests.serving import running_app

FIRST_PAGE = "/boxes"
STAGES = ("boxes", "regression")
VISITS = 5

Ready = Callable[[Page, str], None]


@dataclass(frozen=True)
class Waits:
    """Seconds; the lists hold one figure per visit."""

    to_health: float
    to_first_page: float
    to_open: list[float]
    to_open_again: list[float]
    to_turn: list[float]


def stage_is_ready(page: Page, path: str) -> None:
    name = path.strip("/")
    page.wait_for_selector(f".st-key-{name}_stage [data-lab-ready]", state="attached")


def streamlit_is_at_rest(page: Page, path: str) -> None:
    settled(page)


@contextmanager
def visitor(browser: Browser) -> Iterator[Page]:
    """A page in a browser that has never been here."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def open_seconds(page: Page, address: str, path: str, ready: Ready) -> float:
    start = time.perf_counter()
    page.goto(address + path, wait_until="commit")
    ready(page, path)
    return time.perf_counter() - start


def turn_seconds(page: Page, path: str, ready: Ready) -> float:
    link = page.locator(f"[data-testid=stSidebar] a[href*='{path.strip('/')}']").first
    start = time.perf_counter()
    link.click()
    page.wait_for_url(f"**{path}*", wait_until="commit")
    ready(page, path)
    return time.perf_counter() - start


def measure(browser: Browser, command: tuple[str, ...], exit_code: int, ready: Ready) -> Waits:
    start = time.perf_counter()
    with running_app(command=command, exit_code=exit_code) as address:
        to_health = time.perf_counter() - start
        with visitor(browser) as page:
            open_seconds(page, address, FIRST_PAGE, ready)
            to_first_page = time.perf_counter() - start
        to_open, to_open_again, to_turn = [], [], []
        for visit in range(VISITS):
            path = f"/{STAGES[visit % len(STAGES)]}"
            with visitor(browser) as page:
                to_open.append(open_seconds(page, address, path, ready))
                settled(page)
                to_open_again.append(open_seconds(page, address, path, ready))
                settled(page)
                for other in STAGES:
                    if f"/{other}" != path:
                        to_turn.append(turn_seconds(page, f"/{other}", ready))
                        to_turn.append(turn_seconds(page, path, ready))
    return Waits(to_health, to_first_page, to_open, to_open_again, to_turn)


def row(title: str, ours: float, rival: float, limit: float | None = None) -> bool:
    """Print one line; False where our figure is over its limit."""
    kept = limit is None or ours <= limit
    target = "" if limit is None else f"   at most {limit:.0f} s: {'yes' if kept else 'NO'}"
    print(f"{title:44}{ours:8.2f} s{rival:10.2f} s{rival / ours:9.2f} ×{target}")
    return kept


def main() -> None:
    executable = find_chromium()
    if executable is None:
        sys.exit(HELP)
    python = sys.executable
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=BROWSER_ARGUMENTS)
        ours = measure(browser, (python, "-m", "live.launch"), 0, stage_is_ready)
        stock = (python, "-m", "streamlit", "run", "live/shell.py", "--server.port", "0")
        rival = measure(browser, stock, 0, streamlit_is_at_rest)
        browser.close()
    print(f"{'':44}{'app':>10}{'stock':>12}{'stock / app':>11}")
    median = statistics.median
    row("start of the process to an open port", ours.to_health, rival.to_health)
    row("start of the process to the first page", ours.to_first_page, rival.to_first_page)
    kept = [
        row("page opened, empty browser", median(ours.to_open), median(rival.to_open), 2),
        row("page opened again", median(ours.to_open_again), median(rival.to_open_again), 2),
        row("page to page", median(ours.to_turn), median(rival.to_turn), 1),
    ]
    worst = max(ours.to_open), max(ours.to_open_again), max(ours.to_turn)
    print("slowest visit of the app: {:.2f} s, {:.2f} s, {:.2f} s".format(*worst))
    sys.exit(0 if all(kept) else 1)


if __name__ == "__main__":
    main()
