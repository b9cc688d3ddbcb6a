"""A lecture on the projector, a phone beside it, and every complaint of both."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from live.words.text import load
from tests.browser.pages import Complaints, drawn, resize

SMALLEST = 24
RENDERED = """() => [...document.querySelectorAll('body *')]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length)
  .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && /[^\\s\\u200b]/.test(n.data)))
  .filter((e) => !e.closest('.mtight, .katex-mathml'))
  .map((e) => {
    const size = parseFloat(getComputedStyle(e).fontSize);
    const scale = e instanceof SVGGraphicsElement ? e.getScreenCTM().a : e.currentCSSZoom;
    return [Math.round(size * scale * 10) / 10, e.textContent.slice(0, 40)];
  })"""
"""Every text as large as the screen shows it: a picture may be drawn larger than its units."""
HALF = 0.5
SCREENS = ((1280, 800), (1366, 768), (1920, 1080))
"""Of projectors that halls have."""
CUT = """() => {
  const slack = 4; // a box of letters is a little larger than what is drawn of them
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const cut = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const e = node.parentElement;
    if (!node.data.trim() || e.closest('.katex-mathml, option, script, style')) continue;
    if (!e.checkVisibility({ visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const text = (e instanceof SVGElement ? e : range).getBoundingClientRect();
    if (!text.width) continue;
    // Above and below letters there is air, and those of a formula stand in boxes as high as sums.
    const air = e.closest('.katex') ? 40 : e instanceof SVGElement ? text.height / 4 : slack;
    const within = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    for (let around = e; around !== document.body; around = around.parentElement) {
      if (around instanceof SVGElement && around.tagName !== 'svg') continue;
      const { overflowX, overflowY, display } = getComputedStyle(around);
      if (display === 'inline') continue;
      const box = around.getBoundingClientRect();
      if (overflowX !== 'visible') {
        within.left = Math.max(within.left, box.left);
        within.right = Math.min(within.right, box.right);
      }
      if (overflowY !== 'visible') {
        within.top = Math.max(within.top, box.top);
        within.bottom = Math.min(within.bottom, box.bottom);
      }
    }
    if (
      text.left < within.left - slack || text.right > within.right + slack ||
      text.top < within.top - air || text.bottom > within.bottom + air
    ) cut.push(node.data);
  }
  return cut;
}"""
"""Every text that is cut off: by the screen, or by a box that shows only what has room in it."""
PICTURE = """() => [...document.querySelectorAll('.hall-family .lab-main > :first-child')]
  .filter((e) => e.checkVisibility())
  .map((e) => e.getBoundingClientRect())
  .map(({ top, bottom }) => (Math.min(bottom, innerHeight) - Math.max(top, 0)) / innerHeight)[0]
"""
"""How much of the screen's height the picture takes."""


def words(name: str, key: str, language: str = "en", **values: object) -> str:
    return load(f"hall/{name}")[key][language].format(**values)


class Hall:
    """Opens projectors and phones in contexts of their own: each is a device. `expected` is what a
    test brings about on purpose: the browser tells the console of every status above 399."""

    def __init__(self, browser: Browser, server: str) -> None:
        self.browser, self.server = browser, server
        self.complaints: list[Complaints] = []
        self.contexts: list[BrowserContext] = []
        self.expected: list[str] = []

    def projector(self, lecture: str, **options: object) -> Page:
        page = self.device(viewport={"width": 1920, "height": 1080}, **options)
        page.goto(f"{self.server}/lecture/{lecture}")
        page.locator(".hall-projector").wait_for()
        return page

    def phone(self, code: str, **options: object) -> Page:
        page = self.device(viewport={"width": 390, "height": 844}, has_touch=True, **options)
        page.goto(f"{self.server}/join/{code}")
        page.locator(".hall-phone[data-phase]").wait_for()
        return page

    def device(self, **options: object) -> Page:
        context = self.browser.new_context(**{"locale": "en-GB", **options})
        page = context.new_page()
        self.contexts.append(context)
        self.complaints.append(Complaints(page, urlsplit(self.server).netloc))
        return page

    def heard(self) -> list[str]:
        """What was complained of, but for what is expected."""
        complaints = [said for one in self.complaints for said in one.heard]
        return [said for said in complaints if not any(part in said for part in self.expected)]


@contextmanager
def hall_of(browser: Browser, server: str) -> Iterator[Hall]:
    hall = Hall(browser, server)
    try:
        yield hall
    finally:
        for context in hall.contexts:
            context.close()


def open_room(projector: Page) -> str:
    """Press O, and read the code as somebody in the last row does."""
    projector.locator(".hall-projector").wait_for()  # nobody hears a key before
    projector.keyboard.press("o")
    code = projector.locator("[data-room-code]")
    code.wait_for()
    text = code.inner_text()
    projector.keyboard.press("o")
    return text


def whole(projector: Page, width: int, height: int) -> None:
    """Nothing of what is shown is cut off, nothing is small, and the picture has half the height,
    on a projector of this size."""
    resize(projector, width, height)
    assert projector.evaluate(CUT) == [], (width, height)
    smallest = SMALLEST * min(height / 1080, width / 1800)
    small = [told for told in projector.evaluate(RENDERED) if told[0] < smallest - 0.1]
    assert small == [], (width, height)
    picture = projector.evaluate(PICTURE)
    assert picture is None or picture >= HALF, (width, height)


def stands_at(projector: Page, slide: int) -> None:
    """The lecture shows this slide, counted from 1."""
    position = projector.locator(".hall-projector footer span").first
    expect(position).to_have_text(re.compile(rf"^{slide}\b"))


def ready(page: Page, family: str) -> Locator:
    """The stage that is shown, once it is built and shows what it was last told."""
    stage = page.locator(f".hall-family:visible .lab-{family}[data-lab-ready]")
    stage.wait_for()
    drawn(page)
    drawn(page)  # a view is chosen with the frame that draws it
    return stage
