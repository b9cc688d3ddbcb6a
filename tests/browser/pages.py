"""A page of the app in a real browser: when it has settled, what it shows, every complaint."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Frame, Locator, Page, Request, WebSocket, expect

BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DRAWN = """async () => {
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  await document.fonts.ready;
}"""
TICK = re.compile("✓")
SETTLED = """() => {
  const app = document.querySelector("[data-testid=stApp]");
  const stages = document.querySelectorAll(".st-key-map, [class*='st-key-'][class*='_stage']");
  const quiet = app?.dataset.testConnectionState === "CONNECTED"
    && app.dataset.testScriptState === "notRunning"
    && [...stages].every((stage) => stage.querySelector("[data-lab-ready]"))
    && document.querySelector("[data-testid=stSkeleton]") === null
    && document.querySelector("[data-testid=stMain] [data-testid=stElementContainer]") !== null;
  const now = performance.now();
  if (!quiet) window.quietSince = undefined;
  else window.quietSince ??= now;
  return quiet && now - window.quietSince >= 100;
}"""

COUNT_MESSAGES = """() => {
  window.sent = 0;
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (...data) {
    window.sent += 1;
    return send.apply(this, data);
  };
}"""
TABLE_CELLS = """rows => rows.map((row) => [...row.querySelectorAll('.lab-cell')]
  .filter((cell) => getComputedStyle(cell).display !== 'none').map((cell) => cell.innerText))"""


@dataclass
class Complaints:
    """What went wrong on one page: errors, boxes with exceptions, words with other hosts."""

    page: Page
    host: str
    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.heard.append(f"uncaught: {error}"))
        self.page.on("crash", lambda _: self.heard.append("the page crashed"))
        self.page.on("request", self._address)
        self.page.on("websocket", self._address)

    def look(self) -> None:
        """Add the exception boxes that stand on the page now."""
        if not self.page.is_closed():
            boxes = self.page.locator("[data-testid=stException]").all_inner_texts()
            self.heard.extend(f"exception box: {text}" for text in boxes)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.heard.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _address(self, asked: Request | WebSocket) -> None:
        address = urlsplit(asked.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != self.host:
            self.heard.append(f"another host: {asked.url}")


def drawn(page: Page | Frame) -> None:
    """Wait until the stage has drawn what it was last told, which it does with the next frame, and
    until the letters of that have come."""
    page.evaluate(DRAWN)


def agreed(page: Page, text: str | re.Pattern[str] = TICK) -> None:
    """Wait until torch has answered to what was done last, and says the same.

    The ✓ that stood there before is gone with the frame that draws what was done.
    """
    drawn(page)
    expect(page.locator(".lab-agreement:visible")).to_have_text(text)


def lift_veil(page: Page) -> None:
    """Have the question of an open scene answered, if there is one: what it veils is seen then."""
    skip = page.get_by_role("button", name=re.compile("^(Just show me|直接看答案)$"))
    if skip.is_visible():
        skip.click()
        drawn(page)


def table_cells(page: Page) -> list[list[str]]:
    """The visible numbers of each row of the visible table, as written, once they are drawn."""
    drawn(page)
    return page.locator(".lab-table:visible .lab-row:not(.lab-head)").evaluate_all(TABLE_CELLS)


def count_messages(page: Page) -> None:
    """Count what the page sends to the server from here on."""
    page.evaluate(COUNT_MESSAGES)


def messages(page: Page) -> int:
    return page.evaluate("window.sent")


def heard(page: Page, count: int) -> None:
    """Wait until the server got `count` messages, and no more: Streamlit joins two that come at
    once, so a test that counts gives each its time."""
    page.wait_for_function("(count) => window.sent >= count", arg=count)
    assert messages(page) == count


def settled(page: Page) -> None:
    """Wait until the page is connected, no run is under way, nothing is a placeholder, and the
    stage, if it has one, has drawn its first frame: before it all its views and handles are seen.

    A run that was asked for a moment ago may not have begun: wait for what it brings as well.
    """
    page.wait_for_function(SETTLED)
    drawn(page)


def resize(page: Page, width: int, height: int) -> None:
    """Change the window: a picture that has its new size is drawn with the frame after."""
    page.set_viewport_size({"width": width, "height": height})
    drawn(page)
    drawn(page)


def open_section(page: Page, name: str) -> Locator:
    """Turn to one of the sections below a stage; its panel, once there are words on it."""
    tab = page.get_by_role("tab", name=name, exact=True)
    tab.click()
    expect(tab).to_have_attribute("aria-selected", "true")
    panel = page.get_by_role("tabpanel").filter(visible=True).first  # the code has more in it
    expect(panel).to_have_text(re.compile(r"\S{2}"))
    settled(page)
    return panel
