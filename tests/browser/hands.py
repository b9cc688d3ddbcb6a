"""What a visitor's hand does on any stage that stands alone: one drag, one press of Play."""

from playwright.sync_api import Locator, Page

from live.words.text import say
from tests.browser.family_stage import middle
from tests.browser.pages import drawn
from tools.site.check import TAKE, numbers

HANDLES = ".lab-handle:visible, .lab-mask[tabindex]:visible, .lab-matrix input"

GRIP = ".lab-touch, .lab-dot, .lab-shape"


def drag_something(page: Page) -> Locator:
    """Drag the first thing that can be dragged; the numbers follow before the hand lets go."""
    drawn(page)  # before its first frame a stage has all its views, and none of its inputs
    handle = page.locator(HANDLES).first
    handle.scroll_into_view_if_needed()
    grip = handle.locator(GRIP).first  # its label belongs to the handle, too
    x, y = middle(grip if grip.count() else handle)
    before = numbers(page)
    page.mouse.move(x, y)
    page.mouse.down()
    for share in range(1, 5):
        page.mouse.move(x + 8 * share, y - 6 * share)
    during = numbers(page)
    page.mouse.up()
    assert during != before, "the numbers follow the hand"
    return handle


def play_something(page: Page, language: str) -> None:
    """Press Play where there is one: steps are counted, and can be taken away as a table."""
    play = page.get_by_role("button", name=say("play", language), exact=True)
    if play.count():
        play.first.click()
        page.wait_for_function(
            "() => /[1-9]/.test(document.querySelector('.lab-count').textContent)"
        )
        steps = page.evaluate(TAKE, "descent_csv")
        assert len(steps.splitlines()) > 3
