"""`python -m benchmarks.drag`: does everything follow the hand?

A real mouse takes hold of a box in a headless Chromium, with every box loss, every arrow and every
piece of the overlay on; 300 pointer moves follow, 60 a second by a clock in the page (a driver
outside would wait for the page, and slow its own moves where the page is slow), and the mouse lets
go. The rival is the same drag on a page by reruns, `rerun_page.py`: torch computes the same losses
on the server for as many of the moves as it can, with one message in flight. Both run one after
the other in the same run.

Printed: the browser's work a frame, frames a second, how often the numbers are renewed, how old
they are when they appear (from the time stamp of the move that they belong to), and the messages
that the server gets during the drag and on release. Exit 1 where the app misses its target.
"""

import os
import statistics
import sys
from dataclasses import dataclass
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, sync_playwright

from losses.catalog import family
from tests.browser.chromium import HELP, find_chromium
from tests.browser.pages import BROWSER_ARGUMENTS, settled
from tests.serving import running_app

MOVES = 300
MOST_WORK = 4.0  # ms a frame, for 95 of 100 frames
FEWEST_FRAMES = 57.0  # a second, of 60
EVERYTHING = {
    "losses": ",".join(loss.id for loss in family("boxes")),
    "loss": "cdiou_loss",
    "arrows": "all",
    "overlay": "chosen,intersection,union,enclosing,centres,corners",
}
# Works for both pages: ours tells the work of each frame, the rival when its numbers are drawn.
WATCH = """() => {
  const seen = window.seen = { work: [], ages: [], frames: [], messages: 0 };
  let moved = 0;
  addEventListener("pointermove", (event) => { moved = event.timeStamp; }, true);
  globalThis.labFrame = (work) => { seen.work.push(work); seen.ages.push(performance.now() - moved); };
  globalThis.numbersDrawn = (moved) => seen.ages.push(performance.now() - moved);
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (...data) { seen.messages += 1; return send.apply(this, data); };
}"""  # noqa: E501
# A Lissajous figure about where the box lies.
MOVE = """({ grip, x, y, moves }) => new Promise((done) => {
  const element = document.querySelector(grip), begin = performance.now();
  const frame = (now) => {
    window.seen.frames.push(now);
    if (step <= moves) requestAnimationFrame(frame);
  };
  let step = 0;
  requestAnimationFrame(frame);
  const next = () => {
    if (++step > moves) { done(performance.now() - begin); return; }
    const turn = 2 * Math.PI * step / moves;
    element.dispatchEvent(new PointerEvent("pointermove", {
      clientX: x + 90 * Math.sin(3 * turn), clientY: y - 70 * Math.sin(2 * turn), bubbles: true,
    }));
    setTimeout(next, Math.max(0, begin + (step + 1) * 1000 / 60 - performance.now()));
  };
  next();
})"""


@dataclass(frozen=True)
class Drag:
    """Milliseconds, but for the counts and the seconds of the drag."""

    work: list[float]
    ages: list[float]
    frames: list[float]
    seconds: float
    during: int
    on_release: int

    @property
    def frames_a_second(self) -> float:
        return 1000 * (len(self.frames) - 1) / (self.frames[-1] - self.frames[0])

    @property
    def renewals_a_second(self) -> float:
        return len(self.ages) / self.seconds


def drag(page: Page, grip: str) -> Drag:
    """Take hold of the box, move it, and let go."""
    handle = page.locator(grip).bounding_box()
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.wait_for_timeout(500)  # whatever the first touch sets off is over
    page.evaluate(WATCH)
    milliseconds = page.evaluate(MOVE, {"grip": grip, "x": x, "y": y, "moves": MOVES})
    seen = page.evaluate("structuredClone(window.seen)")
    page.wait_for_timeout(500)  # a rival's last message belongs to the drag
    before = page.evaluate("window.seen.messages")
    page.mouse.up()
    page.wait_for_timeout(1000)
    on_release = page.evaluate("window.seen.messages") - before
    seconds = milliseconds / 1000
    return Drag(seen["work"], seen["ages"], seen["frames"], seconds, before, on_release)


def measure(
    browser: Browser, command: tuple[str, ...], exit_code: int, path: str, grip: str
) -> Drag:
    with running_app(command=command, exit_code=exit_code) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address + path)
        page.wait_for_selector(f"{grip}[width]", state="attached")
        settled(page)
        page.wait_for_timeout(1000)
        found = drag(page, grip)
        page.close()
        return found


def percentiles(values: list[float]) -> tuple[float, float]:
    return statistics.median(values), statistics.quantiles(values, n=20)[-1]


def main() -> None:
    executable = find_chromium()
    if executable is None:
        sys.exit(HELP)
    busy = os.getloadavg()[0]
    python = sys.executable
    ours_at = f"/boxes?{urlencode(EVERYTHING)}"
    rival_command = (python, "-m", "uvicorn", "benchmarks.rerun_app:app", "--port", "0")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=BROWSER_ARGUMENTS)
        ours = measure(
            browser, (python, "-m", "live.launch"), 0, ours_at, "rect.lab-box.prediction"
        )
        rival = measure(browser, rival_command, -15, "/", "svg rect")
        browser.close()

    count = len(family("boxes"))
    print(f"{MOVES} moves, {count} losses, {os.cpu_count()} cores, load before {busy:.1f}")
    work = percentiles(ours.work)
    print(f"work a frame: median {work[0]:.2f} ms, p95 {work[1]:.2f} ms (at most {MOST_WORK:.0f})")
    print(f"{'':34}{'app':>10}{'reruns':>10}{'ratio':>9}")

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
    kept = work[1] <= MOST_WORK and ours.frames_a_second >= FEWEST_FRAMES
    sys.exit(0 if kept and (ours.during, ours.on_release) == (0, 1) else 1)


if __name__ == "__main__":
    main()
