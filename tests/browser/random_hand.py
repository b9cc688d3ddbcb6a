"""A reader who does one thing after another, drawn at random."""

import random

from playwright.sync_api import Page

from live.families import EVERY_PAGE
from live.words.text import LANGUAGES

GO = """(by) => {
  const entry = navigation.entries()[navigation.currentEntry.index + by];
  if (entry?.sameDocument) return navigation.traverseTo(entry.key).finished.then(() => undefined);
}"""
"""As the reader's Back and Forward; a way that leads nowhere is told."""
STAGES = [name for name in EVERY_PAGE if name != "concepts"]


def act(page: Page, hand: random.Random) -> str:
    """One thing that a reader may do, drawn at random."""

    def any_of(found):
        count = found.count()
        return found.nth(hand.randrange(count)) if count else None

    action = hand.choice(["hand", "hand", "scene", "loss", "tab", "page", "back", "language"])
    if action == "hand":
        if handle := any_of(page.locator("[data-lab-ready] .lab-handle:visible")):
            handle.focus()
            handle.press(hand.choice(["ArrowRight", "ArrowUp"]))
    elif action == "scene":
        any_of(page.locator(".lab-chips button:visible")).click()
    elif action == "loss":
        if loss := any_of(page.locator(".lab-table:visible .lab-name")):
            loss.click()
    elif action == "tab":
        any_of(page.get_by_role("tab")).click()
    elif action == "page":
        turned = hand.choice(STAGES)
        page.locator(f"[data-testid=stSidebar] a[href*='{turned}']").first.click()
        page.locator(f".lab-{turned}[data-lab-ready]").wait_for()
    elif action == "language":
        page.get_by_text(hand.choice([*LANGUAGES.values()]), exact=True).first.click()
    else:
        page.evaluate(GO, -1 if hand.random() < 0.7 else 1)
    return action
