"""The address is the screen, and Back and Forward are the reader's."""

import random
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from live.families.page_tables import table
from live.words.text import say
from tests.browser.box_stage import BoxStage
from tests.browser.random_hand import act
from tests.browser.talk import Talk

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


@pytest.mark.parametrize(
    ("seed", "actions"),
    [(0, 6), *(pytest.param(seed, 250, marks=pytest.mark.nightly) for seed in range(1, 5))],
)
def test_a_random_hand_never_finds_address_and_screen_apart(open_page, seed, actions):
    """Whatever was done, the link opened anew shows the same numbers, and names no row of another
    page."""
    hand = random.Random(seed)
    talk = Talk()
    page = open_page("/boxes", lang="en", prepare=talk.listen)
    anew = page.context.new_page()
    anew.set_viewport_size(page.viewport_size)
    anew_talk = Talk()
    anew_talk.listen(anew)
    done = []
    for count in range(1, actions + 1):
        done.append(act(page, hand))
        talk.rest()
        rows = {*table(urlsplit(page.url).path.strip("/")).rows, "lang", "theme"}
        assert {*link_of(page)} <= rows, (done, page.url)
        if count % 6 == 0:
            link = page.url
            anew.bring_to_front()  # a tab in the background may wait for its next frame for ever
            anew.goto(link)
            anew_talk.rest()
            page.bring_to_front()
            assert page.url == link, (count, done)
            assert anew.evaluate(SHOWN) == page.evaluate(SHOWN), (count, done, link)
    anew.close()
