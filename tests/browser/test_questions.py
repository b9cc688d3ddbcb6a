"""A scene asks before it tells: what would answer it is veiled, Play waits, the veil lifts."""

import re

import pytest
from playwright.sync_api import Page, expect

from live.families import EVERY_PAGE
from live.words.text import interface, load
from tests.browser import pages

WORDS = interface("en")
KEY = "loss-lab-answered"


def button(page: Page, name: str):
    return page.get_by_role("button", name=name, exact=True)


def cells(page: Page) -> list[str]:
    return [cell for row in pages.table_cells(page) for cell in row]


# Opens one scene after the other; what of each question lies outside a window as wide as a phone.
OUTSIDE = """async () => {
  const outside = [];
  for (const chip of document.querySelectorAll('.lab-chips .lab-chip')) {
    chip.click();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    for (const part of document.querySelectorAll('.lab-question *')) {
      const { left, right } = part.getBoundingClientRect();
      if (left < 0 || right > innerWidth) outside.push(`${chip.innerText}: ${part.innerText}`);
    }
  }
  return outside;
}"""


def test_what_would_answer_is_veiled_and_play_waits(open_page):
    page = open_page("/boxes?scene=cross", lang="en")
    assert not any(cells(page))
    expect(page.locator(".lab-tex.numbers")).to_be_hidden()
    expect(button(page, WORDS["play"])).to_be_disabled()
    expect(button(page, WORDS["step"])).to_be_disabled()
    waits = WORDS["veiled_too"].format(parts=WORDS["veil_table"])
    expect(page.get_by_text(waits, exact=True)).to_be_visible()
    button(page, "DIoU").last.click()
    expect(page.locator(".lab-tex.numbers")).to_be_visible()
    assert all(cells(page))
    expect(button(page, WORDS["play"])).to_be_enabled()
    expect(page.locator(".lab-reveal")).to_have_text(re.compile("^Right. DIoU"))


def test_an_answer_is_remembered_in_this_browser_alone(open_page):
    page = open_page("/boxes?scene=cross", lang="en")
    assert page.evaluate(f"localStorage.getItem('{KEY}')") is None
    button(page, WORDS["just_show_me"]).click()
    assert page.evaluate(f"JSON.parse(localStorage.getItem('{KEY}'))") == ["boxes/cross"]
    ticked = button(page, f"Concentric cross {WORDS['answered']}")
    expect(ticked).to_be_visible()
    page.reload()
    pages.settled(page)
    expect(ticked).to_be_visible()
    expect(page.locator(".lab-question strong")).to_be_visible()
    expect(button(page, WORDS["play"])).to_be_enabled()
    assert all(cells(page))


def test_an_act_says_how_near_one_is_and_is_done_with_the_keyboard(open_page):
    page = open_page("/regression?scene=same_cost", lang="en")
    told = page.locator(".lab-reveal")
    attempt = button(page, WORDS["act_here"])
    assert not any(cells(page))
    attempt.press("Enter")
    expect(told).to_have_text(WORDS["act_far"])
    handle = page.locator(".lab-handle.prediction").first
    for _ in range(3):  # from 3 to 1.5, half a unit at a time
        handle.press("Shift+ArrowLeft")
    for _ in range(7):
        handle.press("ArrowLeft")
    pages.drawn(page)  # what is on the screen is the answer
    attempt.press("Enter")
    expect(told).to_have_text(WORDS["act_close"])
    assert not any(cells(page))
    for _ in range(3):
        handle.press("ArrowLeft")
    pages.drawn(page)
    attempt.press("Enter")
    expect(told).to_have_text(re.compile("^Right. At a residual of 1"))
    assert all(cells(page))


def test_play_does_not_do_what_an_act_asks_for(open_page):
    page = open_page("/stage/concepts?scene=by_hand", lang="en")
    expect(page.get_by_text(WORDS["play_waits_act"], exact=True)).to_be_visible()
    expect(button(page, WORDS["play"])).to_be_disabled()
    button(page, WORDS["just_show_me"]).click()
    expect(button(page, WORDS["play"])).to_be_enabled()
    page.get_by_role("button", name="How large a rate?", exact=True).click()  # by trying it
    expect(button(page, WORDS["play"])).to_be_enabled()


def test_a_view_without_play_speaks_of_none(open_page):
    page = open_page("/stage/distances?scene=city", lang="en")
    hidden = WORDS["veiled"].format(parts=WORDS["veil_distances"])
    expect(page.locator(".lab-veiled")).to_have_text(hidden)
    page.get_by_role("button", name="diag(3, 4)", exact=True).click()
    expect(page.locator(".lab-veiled")).to_have_text(re.compile("Play waits as well"))


def test_just_show_me_leads_to_the_place(open_page):
    page = open_page("/classification?scene=steepest", lang="en")
    button(page, WORDS["just_show_me"]).click()
    expect(page.locator(".lab-knob .lab-label")).to_have_text("z = −0.69")
    expect(page.locator(".lab-reveal")).not_to_have_text("")


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_every_act_of_a_page_can_be_shown(open_page, name):
    """What the sentence says and what the stage then shows are one: the act counts as done."""
    tried = "|".join(re.escape(WORDS[word]) for word in ("act_far", "act_close"))
    for scene in load(f"scenes/{name}")["scene"]:
        if "act" not in scene:
            continue
        page = open_page(f"/stage/{name}?scene={scene['id']}", lang="en")
        told = page.locator(".lab-reveal")
        expect(told).to_have_text("")
        attempt = button(page, WORDS["act_here"])
        attempt.click()
        expect(told, scene["id"]).to_have_text(re.compile(f"^({tried})$"))
        button(page, WORDS["just_show_me"]).click()
        pages.drawn(page)
        shown = told.inner_text()
        attempt.click()
        expect(told).to_have_text(WORDS["right_answer"].format(reveal=shown))


def test_a_tip_for_the_teacher_is_one_tap_away(open_page):
    page = open_page("/boxes", lang="en")
    tip = page.locator(".lab-tip")
    expect(tip).to_have_count(0)  # no scene is open yet
    page.get_by_role("button", name="Disjoint", exact=True).click()
    tip.locator("summary").click()
    told = next(s for s in load("scenes/boxes")["scene"] if s["id"] == "disjoint")["tip"]
    expect(tip.locator("dd").first).to_have_text(told["ask"]["en"])
    page.keyboard.press("Escape")
    expect(tip.locator("dd").first).to_be_hidden()


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", EVERY_PAGE)
def test_no_answer_leaves_the_screen_of_a_phone(open_page, name, lang):
    page = open_page(f"/stage/{name}", lang=lang, width=390, height=844)
    assert page.evaluate(OUTSIDE) == []
