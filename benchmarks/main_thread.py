"""What a frame of a drag costs the browser's main thread, by Chromium's own counters.

The counters hold everything the main thread does: scripts, styles, layout, and what has no counter
of its own, such as painting. A slower processor is imitated as Chromium's tools do it.
"""

from dataclasses import dataclass

from playwright.sync_api import CDPSession, Locator

from benchmarks.dragging import take_hold

COUNTERS = ("TaskDuration", "ScriptDuration", "RecalcStyleDuration", "LayoutDuration")
COUNT_CHANGES = """() => {
  window.changes = 0;
  new MutationObserver((records) => { window.changes += records.length; }).observe(document,
    { subtree: true, childList: true, attributes: true, characterData: true });
}"""


@dataclass(frozen=True)
class FrameCost:
    """Milliseconds a drawn frame, how often it was laid out, and how many frames a second."""

    task: float
    script: float
    style: float
    layout: float
    layouts: float
    frames_a_second: float


def frame_cost(grip: Locator, reach: tuple[int, int], slower: float = 1) -> FrameCost:
    """Drag `grip` as `benchmarks.dragging.drag` does, on a processor so many times slower."""
    page = grip.page
    tools = page.context.new_cdp_session(page)
    tools.send("Performance.enable")
    tools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    move = take_hold(grip)
    before = _counters(tools)
    milliseconds = move(reach)
    after = _counters(tools)
    drawn = len(page.evaluate("() => window.seen.work"))
    page.mouse.up()
    tools.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    page.wait_for_timeout(500)
    tools.detach()
    costs = (1000 * (after[name] - before[name]) / max(1, drawn) for name in COUNTERS)
    layouts = (after["LayoutCount"] - before["LayoutCount"]) / max(1, drawn)
    return FrameCost(*costs, layouts=layouts, frames_a_second=1000 * drawn / milliseconds)


def changes_a_frame(grip: Locator, reach: tuple[int, int]) -> float:
    """How many attributes and texts of the page a drawn frame of the same drag writes.

    It does not depend on what else the machine does; to count slows the drag, so nothing else is
    measured meanwhile.
    """
    page = grip.page
    move = take_hold(grip)
    page.evaluate(COUNT_CHANGES)
    move(reach)
    changes, drawn = page.evaluate("() => [window.changes, window.seen.work.length]")
    page.mouse.up()
    return changes / max(1, drawn)


def _counters(tools: CDPSession) -> dict[str, float]:
    return {one["name"]: one["value"] for one in tools.send("Performance.getMetrics")["metrics"]}
