"""The address is the screen, and Back and Forward are the reader's."""

import random
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from live.families import EVERY_PAGE
from live.families.page_tables import table
from live.words.text import LANGUAGES, say
from tests.browser import pages
from tests.browser.box_stage import BoxStage

ENTRY = "navigation.currentEntry.key"
"""An entry of the history keeps its key while its address is replaced; a browser keeps 50."""


def link_of(page) -> dict[str, str]:
    return {name: texts[-1] for name, texts in parse_qs(urlsplit(page.url).query).items()}


def test_a_drag_changes_the_entry_and_a_scene_adds_one(open_page):
    page = open_page("/boxes", lang="en")
    lab = BoxStage(page)
    entry = page.evaluate(ENTRY)
    handle = page.locator(".lab-boxes .lab-handle:visible").first
    handle.focus()
    for _ in range(3):
        before = page.url
        handle.press("ArrowRight")
        page.wait_for_url(lambda url, before=before: url != before)
        lab.agreed()
    dragged = page.url
    assert page.evaluate(ENTRY) == entry
    scenes = list(table("boxes").scenes)
    page.locator(".lab-chips button").first.click()
    page.wait_for_url(lambda url: "scene=" in url)
    lab.agreed()
    assert page.evaluate(ENTRY) != entry
    assert link_of(page)["scene"] in scenes
    opened, numbers = page.url, lab.numbers()
    page.go_back()
    page.wait_for_url(lambda url: url == dragged)
    expect(page.locator(".lab-chips [aria-pressed=true]")).to_have_count(0)
    lab.agreed()
    assert lab.numbers() != numbers
    page.go_forward()
    page.wait_for_url(lambda url: url == opened)
    expect(page.locator(".lab-chips [aria-pressed=true]")).to_have_count(1)
    lab.agreed()
    assert lab.numbers() == numbers


def test_a_page_that_is_found_again_has_its_link(open_page):
    page = open_page("/boxes", lang="en")
    lab = BoxStage(page)
    handle = page.locator(".lab-boxes .lab-handle:visible").first
    handle.focus()
    handle.press("ArrowRight")
    page.wait_for_url(lambda url: "prediction=" in url or "target=" in url)
    lab.agreed()
    dragged = link_of(page)
    sidebar = page.locator("[data-testid=stSidebar]")
    for name in ("distances", "boxes"):
        sidebar.get_by_role("link", name=say(name, "en"), exact=True).click()
        page.wait_for_selector(f".lab-{name}[data-lab-ready]")
    page.wait_for_url(lambda url: "prediction=" in url or "target=" in url)
    assert link_of(page) | {"lang": "en"} == dragged | {"lang": "en"}


GO = """(by) => {
  const entry = navigation.entries()[navigation.currentEntry.index + by];
  if (entry?.sameDocument) history.go(by);
}"""
SHOWN = """() => {
  const stage = document.querySelector("[data-lab-ready]");
  const seen = (selector) => [...stage.querySelectorAll(selector)]
    .filter((one) => one.getClientRects().length);
  return [
    seen(".lab-chips button, .lab-views button, .lab-switch input")
      .map((one) => one.getAttribute("aria-pressed") ?? one.checked ?? one.ariaChecked),
    seen(".lab-table .lab-cell, .lab-torch-check .lab-number").map((cell) => cell.innerText),
  ];
}"""
ANSWERED = """() => [...document.querySelectorAll(".lab-agreement, .lab-served")]
  .some((said) => said.getClientRects().length && /✓| ms| 毫秒/.test(said.innerText))"""
"""Torch has computed what is shown: it agrees, or, where it alone computes, says how long it took."""
STAGES = [name for name in EVERY_PAGE if name != "concepts"]


def come_to_rest(page: Page) -> None:
    pages.settled(page)
    page.wait_for_function(ANSWERED)
    pages.settled(page)


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
        page.wait_for_selector(f".lab-{turned}[data-lab-ready]")
    elif action == "language":
        page.get_by_text(hand.choice([*LANGUAGES.values()]), exact=True).first.click()
    else:
        page.evaluate(GO, -1 if hand.random() < 0.7 else 1)
        pages.drawn(page)
    return action


@pytest.mark.parametrize(
    ("seed", "actions"),
    [(0, 6), *(pytest.param(seed, 250, marks=pytest.mark.nightly) for seed in range(1, 5))],
)
def test_a_random_hand_never_finds_address_and_screen_apart(open_page, seed, actions):
    """Whatever was done, the link opened anew shows the same numbers, and names no row of another
    page."""
    hand = random.Random(seed)
    page = open_page("/boxes", lang="en")
    anew = page.context.new_page()
    anew.set_viewport_size(page.viewport_size)
    for count in range(1, actions + 1):
        action = act(page, hand)
        come_to_rest(page)
        rows = {*table(urlsplit(page.url).path.strip("/")).rows, "lang", "theme"}
        assert {*link_of(page)} <= rows, (action, page.url)
        if count % 6 == 0:
            anew.goto(page.url)
            come_to_rest(anew)
            assert anew.evaluate(SHOWN) == page.evaluate(SHOWN), (count, action, page.url)
    anew.close()
