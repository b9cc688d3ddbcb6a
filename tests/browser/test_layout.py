"""What stays where it is, what fits a screen, and what a finger reaches."""

import pytest
from playwright.sync_api import expect

from live.families import EVERY_PAGE, PAGES
from live.families.page_tables import table
from live.words.text import LANGUAGES, load, say
from tests.browser import pages
from tests.browser.family_stage import middle

by_language = pytest.mark.parametrize("lang", LANGUAGES)
FREE_SPOT = """() => {
  const pictures = [...document.querySelectorAll('.lab-picture')];
  const box = pictures.find((e) => e.getClientRects().length).getBoundingClientRect();
  for (let x = box.left + 8; x < box.right; x += 8) for (let y = box.top + 8; y < box.bottom; y += 8) {
    const hit = document.elementFromPoint(x, y);
    if (hit?.closest('.lab-picture') && !hit.closest('.lab-handle')) return [x, y];
  }
}"""  # noqa: E501
MOVED_BY_ANSWERS = """async () => {
  const seen = (selector) => [...document.querySelectorAll(selector)]
    .find((e) => e.getClientRects().length);
  const place = () => JSON.stringify(seen(".lab-main").getBoundingClientRect());
  const frame = () => new Promise(requestAnimationFrame);
  const before = place();
  const moved = [];
  for (const answer of document.querySelectorAll(".lab-question button:not(.lab-skip)")) {
    if (!answer.getClientRects().length) continue;
    answer.click();
    await frame();
    await frame();
    if (seen(".lab-reveal").innerText === "") moved.push(`${answer.innerText}: nothing is told`);
    if (place() !== before) moved.push(`${answer.innerText}: ${before} → ${place()}`);
  }
  return moved;
}"""
"""What each answer to the open question does to the stage."""
ON_PAGES = ("regression", "information", "distances", "segmentation")
"""The families whose questions are looked at on their page, and not on the stage alone."""
SCROLLED = "() => document.querySelector('[data-testid=stMain]').scrollTop"


def scrolled(page):
    page.wait_for_function("(so_far) => (" + SCROLLED + ")() > so_far", arg=30)


def swipe(page, x, y, distance):
    """A finger goes down at a place, moves so far up and leaves."""
    devtools = page.context.new_cdp_session(page)

    def touch(kind, *points):
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", {"x": x, "y": y})
    for share in range(1, 11):
        touch("touchMove", {"x": x, "y": y - distance * share / 10})
    touch("touchEnd")


@pytest.mark.parametrize("name", ["regression", "boxes", "embeddings"])
def test_a_finger_beside_the_handles_scrolls_and_one_on_them_drags(open_page, name):
    page = open_page(f"/{name}", lang="en", width=390, height=844, touch=True)
    before = pages.table_cells(page)
    handle = page.locator(".lab-picture:visible .lab-handle > .lab-touch:visible").last
    swipe(page, *middle(handle), 60)
    assert page.evaluate(SCROLLED) == 0
    if name != "regression":  # its handle moves sideways only
        assert pages.table_cells(page) != before
    x, y = page.evaluate(FREE_SPOT)
    swipe(page, x, y, 100)
    scrolled(page)


@by_language
@pytest.mark.parametrize("name", EVERY_PAGE)
def test_an_answer_moves_nothing(open_page, name, lang):
    """It has its room from the moment when its scene is open, and the picture gives that room: the
    formula and its symbols stay in one view with the question."""
    page = open_page(f"/{name}" if name in ON_PAGES else f"/stage/{name}", lang=lang)
    titles = {scene["id"]: scene["title"][lang] for scene in load(f"scenes/{name}")["scene"]}
    told = page.locator(".lab-reveal")
    for scene in table(name).scenes:
        chip = page.get_by_role("button", name=titles[scene], exact=True)
        if not chip.is_visible():  # another view's
            continue
        chip.click()
        expect(chip).to_have_attribute("aria-pressed", "true")
        expect(told).to_have_text("")
        page.evaluate("document.fonts.ready")
        pages.drawn(page)
        assert page.evaluate(MOVED_BY_ANSWERS) == [], scene
        card = page.locator(".lab-formula").filter(visible=True).last.bounding_box()
        assert card["y"] + card["height"] <= page.viewport_size["height"], scene


@by_language
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_no_name_of_a_loss_is_cut(open_page, name, width, lang):
    """Not even in the bold letters of the loss that is chosen."""
    page = open_page(f"/stage/{name}", lang=lang, width=width, height=844)
    views = page.locator(".lab-switcher:not(.lab-brush .lab-switcher) label")
    for view in views.all() or [None]:
        if view:
            view.click()
        pages.drawn(page)
        cut = page.locator(".lab-row:not(.lab-head) .lab-name:visible").evaluate_all(
            """(names) => names.filter((name) => {
              name.style.fontWeight = 700;
              return name.scrollWidth > name.clientWidth;
            }).map((name) => name.textContent)"""
        )
        assert cut == []


@by_language
def test_play_and_pause_are_one_width(open_page, lang):
    page = open_page("/boxes", lang=lang)
    places = "parts => parts.map((part) => part.getBoundingClientRect().x)"
    controls = page.locator(".lab-controls > *")
    before = controls.evaluate_all(places)
    page.get_by_role("button", name=say("play", lang), exact=True).click()
    expect(page.get_by_role("button", name=say("pause", lang), exact=True)).to_be_visible()
    assert controls.evaluate_all(places) == before


@by_language
def test_home_fits_a_screen(open_page, lang):
    page = open_page("/", lang=lang)
    needs, has = page.get_by_test_id("stMain").evaluate("e => [e.scrollHeight, e.clientHeight]")
    assert needs <= has, f"the map needs {needs} px and has {has}: see live/web/home/map.css"


@pytest.mark.parametrize("name", ["boxes", "regression", "distances"])
def test_rows_are_high_enough_for_a_finger(open_page, name):
    page = open_page(f"/{name}", lang="en", width=390, height=844, touch=True)
    rows = page.locator(".lab-table:visible .lab-row:not(.lab-head)")
    for part in (".lab-switch", ".lab-name"):
        heights = rows.locator(part).evaluate_all("es => es.map((e) => e.offsetHeight)")
        assert min(heights) >= 32, part


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_button_that_opens_the_sidebar_covers_nothing(open_page, theme):
    """On a phone it stands on a bar with the title; what scrolls, scrolls under the bar."""
    page = open_page("/boxes", lang="en", theme=theme, width=390, height=844, touch=True)
    button = page.get_by_test_id("stExpandSidebarButton")
    bar = page.get_by_test_id("stHeader")
    colour = "e => getComputedStyle(e).backgroundColor"
    assert bar.evaluate(colour) == page.get_by_test_id("stApp").evaluate(colour)
    title = page.locator("h1").bounding_box()
    place = button.bounding_box()
    assert place["x"] + place["width"] <= title["x"]
    swipe(page, 200, 800, 600)
    scrolled(page)
    assert place["y"] + place["height"] <= bar.bounding_box()["height"]
    button.click()
    page.get_by_test_id("stSidebar").get_by_role("link", name="Regression").click()
    expect(page.locator("h1")).to_have_text("Regression")


def test_a_closed_sidebar_leaves_its_room_to_the_page(open_page):
    page = open_page("/boxes", lang="en")
    before = page.locator(".lab-card").first.bounding_box()
    page.get_by_test_id("stSidebar").hover()
    page.get_by_test_id("stSidebarCollapseButton").locator("button").click()
    expect(page.get_by_test_id("stExpandSidebarButton")).to_be_visible()
    # The sidebar slides away: what counts is where it ends.
    page.wait_for_function(
        """(x) => {
          const place = (selector) => document.querySelector(selector).getBoundingClientRect();
          return place('.lab-card').x < x - 100
            && place('[data-testid=stExpandSidebarButton]').right <= place('h1').x;
        }""",
        arg=before["x"],
    )
