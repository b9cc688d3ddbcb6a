"""A browser as on a slow machine: `pytest --slow 6`, to find what a test reads too early.

Every page computes so many times slower. What it asks for a frame is drawn late, and what it sends
reaches the server late, whatever the rate: a test that reads before the frame, or takes an old
answer for the new one, fails each time and not only once in a thousand.
"""

from collections.abc import Callable

from playwright.sync_api import Browser, BrowserContext, Page, expect

MILLISECONDS_TO_WAIT = 180_000
LATE = """(() => {
  const FRAME = 150, MESSAGE = 400;
  const frame = requestAnimationFrame, { send } = WebSocket.prototype, ask = fetch;
  const asked = new Set();
  let count = 0;
  window.requestAnimationFrame = (draw) => {
    const id = (count += 1);
    asked.add(id);
    setTimeout(() => frame((time) => asked.delete(id) && draw(time)), FRAME);
    return id;
  };
  window.cancelAnimationFrame = (id) => { asked.delete(id); };
  WebSocket.prototype.send = function (...data) {
    setTimeout(() => this.readyState === WebSocket.OPEN && send.apply(this, data), MESSAGE);
  };
  window.fetch = async (...given) => {
    await new Promise((done) => setTimeout(done, MESSAGE));
    return ask(...given);
  };
})()"""
"""One after another as they were asked for: equal timers end in their order."""


def slow_down(browser: Browser, rate: float) -> None:
    """Have every page of every context that is opened from here on be slow."""
    new_context: Callable[..., BrowserContext] = browser.new_context

    def slow_context(**options: object) -> BrowserContext:
        context = new_context(**options)
        context.set_default_timeout(MILLISECONDS_TO_WAIT)
        context.add_init_script(LATE)
        context.on("page", lambda page: _throttle(page, rate))
        return context

    def slow_page(**options: object) -> Page:
        context = slow_context(**options)
        page = context.new_page()
        page.on("close", lambda _: context.close())
        return page

    browser.new_context, browser.new_page = slow_context, slow_page  # type: ignore[method-assign]
    expect.set_options(timeout=MILLISECONDS_TO_WAIT)


def _throttle(page: Page, rate: float) -> None:
    tools = page.context.new_cdp_session(page)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": rate})
