"""Take hold of something on a page in a real Chromium, move it by a clock, and let go.

Moves go 60 a second by a clock in the page: a driver outside would wait for the page, and slow its
own moves where the page is slow.
"""

import statistics
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator

from tests.browser.family_stage import middle

MOVES = 300
# Works for every page: ours tells the work of each frame, a rival when its numbers are drawn.
WATCH = """() => {
  const seen = window.seen = { work: [], ages: [], frames: [], messages: 0 };
  let moved = 0;
  addEventListener("pointermove", (event) => { moved = event.timeStamp; }, true);
  globalThis.labFrame = (work) => { seen.work.push(work); seen.ages.push(performance.now() - moved); };
  globalThis.numbersDrawn = (moved) => seen.ages.push(performance.now() - moved);
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (...data) { seen.messages += 1; return send.apply(this, data); };
}"""  # noqa: E501
# A Lissajous figure about where the thing lies.
MOVE = """(element, { x, y, reach, moves }) => new Promise((done) => {
  const begin = performance.now();
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
      clientX: x + reach[0] * Math.sin(3 * turn), clientY: y - reach[1] * Math.sin(2 * turn),
      bubbles: true,
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


def take_hold(grip: Locator) -> Callable[[tuple[int, int]], float]:
    """Press the mouse on the middle of `grip`, and have the page watch what follows.

    Returns:
        Moves it so many pixels about there, and tells the milliseconds that this took.
    """
    page = grip.page
    grip.scroll_into_view_if_needed()
    x, y = middle(grip)
    page.mouse.move(x, y)
    page.mouse.down()
    page.wait_for_timeout(500)  # whatever the first touch sets off is over
    page.evaluate(WATCH)
    return lambda reach: grip.evaluate(MOVE, {"x": x, "y": y, "reach": reach, "moves": MOVES})


def drag(grip: Locator, reach: tuple[int, int]) -> Drag:
    """Take hold of the middle of `grip`, move it `reach` pixels about there, and let go."""
    page = grip.page
    milliseconds = take_hold(grip)(reach)
    seen = page.evaluate("structuredClone(window.seen)")
    page.wait_for_timeout(500)  # a rival's last message belongs to the drag
    before = page.evaluate("window.seen.messages")
    page.mouse.up()
    page.wait_for_timeout(1000)
    on_release = page.evaluate("window.seen.messages") - before
    seconds = milliseconds / 1000
    return Drag(seen["work"], seen["ages"], seen["frames"], seconds, before, on_release)


def percentiles(values: list[float]) -> tuple[float, float]:
    """The median, and what 95 of 100 values do not exceed."""
    return statistics.median(values), statistics.quantiles(values, n=20)[-1]
