"""`python -m benchmarks.drag`: does everything follow the hand?

On every stage of the app a mouse takes hold of something in a headless Chromium, with every
loss of the family on; 300 pointer moves follow, 60 a second, and the mouse lets go. Printed for
each: the browser's work a frame, frames a second, and the messages that the server gets during the
drag and on release. On the box stage every arrow and every piece of the overlay is on too, and a
rival makes the same drag in the same run: a page by reruns, `rerun_page.py`, for which torch
computes the same losses on the server for as many of the moves as it can, with one message in
flight. For the two: how often the numbers are renewed, and how old they are when they appear (from
the time stamp of the move that they belong to).

Then the same drags once more, by the browser's own account (`main_thread.py`): what a drawn frame
costs its main thread with the losses that a visitor finds there, on the page and at `/stage/`, at
the machine's speed and on a processor that is four times slower; and with everything on.

`python -m benchmarks.drag boxes embeddings` measures these pages only. Exit 1 where a stage misses
its target.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Locator, sync_playwright

from benchmarks.dragging import MOVES, Drag, drag, percentiles
from benchmarks.main_thread import FrameCost, changes_a_frame, frame_cost
from benchmarks.stages import BOXES, STAGES, Stage
from live.families import EVERY_PAGE
from tests.browser.chromium import HELP, find_chromium
from tests.browser.pages import BROWSER_ARGUMENTS, settled
from tests.serving import running_app

MOST_WORK = 4.0  # ms a frame, for 95 of 100 frames
FEWEST_FRAMES = 57.0  # a second, of 60
MOST_OF_MAIN_THREAD = 8.0  # ms a drawn frame, with the losses that are on at first
MOST_WITH_EVERYTHING = 12.0  # the same, with every loss and arrow
SLOWER = 4  # as Chromium's tools imitate a phone of the middle
FEWEST_FRAMES_SLOWER = 30.0


RERUN_PAGE = Stage("", {}, "svg rect")
RIVAL = (sys.executable, "-m", "uvicorn", "benchmarks.rerun_app:app", "--port", "0")


@contextmanager
def taken(browser: Browser, address: str, stage: Stage) -> Iterator[Locator]:
    """What is taken hold of, on a page that has come to rest."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address)
    grip = page.locator(stage.grip).first
    grip.wait_for()
    if "/stage/" not in address:
        settled(page)
    page.wait_for_timeout(1000)
    yield grip
    page.close()


def measure(browser: Browser, address: str, stage: Stage) -> Drag:
    with taken(browser, address + stage.path(), stage) as grip:
        return drag(grip, stage.reach)


def kept(found: Drag) -> bool:
    """Whether a stage's drag meets every target."""
    return (
        (found.during, found.on_release) == (0, 1)
        and found.frames_a_second >= FEWEST_FRAMES
        and percentiles(found.work)[1] <= MOST_WORK
    )


def main_thread(browser: Browser, address: str, stage: Stage) -> int:
    """Print what a frame costs the main thread; how many targets are missed."""
    missed = 0

    def row(title: str, found: FrameCost, good: bool, changes: str = "") -> None:
        nonlocal missed
        missed += not good
        parts = (found.task, found.script, found.style, found.layout, found.layouts)
        print(
            f"{title:48}{''.join(f'{part:8.1f}' for part in parts)}{changes:>8}"
            f"{found.frames_a_second:9.1f}{'' if good else '  missed'}",
            flush=True,
        )

    for host, title in (("", "page"), ("/stage", "alone")):
        with taken(browser, address + host + stage.path(everything=False), stage) as grip:
            found = frame_cost(grip, stage.reach)
            changes = f"{changes_a_frame(grip, stage.reach):.0f}"
            row(f"{stage.title}, {title}", found, found.task <= MOST_OF_MAIN_THREAD, changes)
            found = frame_cost(grip, stage.reach, SLOWER)
            enough = found.frames_a_second >= FEWEST_FRAMES_SLOWER
            row(f"{stage.title}, {title}, {SLOWER}x slower", found, enough)
    with taken(browser, address + stage.path(), stage) as grip:
        found = frame_cost(grip, stage.reach)
        row(f"{stage.title}, everything on", found, found.task <= MOST_WITH_EVERYTHING)
    return missed


def beside_a_rival(ours: Drag, rival: Drag) -> None:
    print(f"\n{'boxes, against reruns':34}{'app':>10}{'reruns':>10}{'ratio':>9}")

    def row(title: str, first: float, second: float, ratio: float | None = None) -> None:
        print(f"{title:34}{first:10.1f}{second:10.1f}" + (f"{ratio:9.1f}" if ratio else ""))

    row("seconds that the drag took", ours.seconds, rival.seconds)
    row("frames a second", ours.frames_a_second, rival.frames_a_second)
    renewals = ours.renewals_a_second, rival.renewals_a_second
    row("numbers renewed, times a second", *renewals, renewals[0] / renewals[1])
    row("moves whose numbers appeared, %", *(100 * len(d.ages) / MOVES for d in (ours, rival)))
    for name, first, second in zip(
        ("median", "p95"), percentiles(ours.ages), percentiles(rival.ages), strict=True
    ):
        row(f"age of a new number, {name}, ms", first, second, second / first)
    row("messages during the drag", ours.during, rival.during)
    row("messages on release", ours.on_release, rival.on_release)


def main() -> None:
    pages = sys.argv[1:] or list(EVERY_PAGE)
    unknown = set(pages) - set(EVERY_PAGE)
    if unknown:
        sys.exit(f"No page {', '.join(sorted(unknown))}; there are {', '.join(EVERY_PAGE)}")
    executable = find_chromium()
    if executable is None:
        sys.exit(HELP)
    stages = [stage for stage in STAGES if stage.page in pages]
    print(f"{MOVES} moves, {os.cpu_count()} cores, load before {os.getloadavg()[0]:.1f}")
    print(f"{'':48}{'work a frame, ms':>18}{'frames':>8}{'messages':>16}")
    print(f"{'':48}{'median':>9}{'p95':>9}{'/ s':>8}{'during':>9}{'after':>7}")
    missed = 0
    box_drag = None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=BROWSER_ARGUMENTS)
        with running_app() as address:
            for stage in stages:
                found = measure(browser, address, stage)
                if stage is BOXES:
                    box_drag = found
                good = kept(found)
                missed += not good
                median, most = percentiles(found.work)
                print(
                    f"{stage.title:48}{median:9.2f}{most:9.2f}{found.frames_a_second:8.1f}"
                    f"{found.during:9}{found.on_release:7}{'' if good else '  missed'}",
                    flush=True,
                )
            print(
                f"\n{'main thread, ms a drawn frame':48}{'task':>8}{'script':>8}{'style':>8}",
                end="",
            )
            print(f"{'layout':>8}{'layouts':>8}{'written':>8}{'frames/s':>9}")
            missed += sum(main_thread(browser, address, stage) for stage in stages)
        if box_drag:
            with running_app(command=RIVAL, exit_code=-15) as address:
                beside_a_rival(box_drag, measure(browser, address, RERUN_PAGE))
        browser.close()
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
