"""The segmentation page in a real Chromium: brushes, messages, undo, descent, links."""

import re

import pytest
from playwright.sync_api import Page, expect

from catalog import family
from live.families.page_tables import table
from live.families.quantities import quantity
from live.families.segmentation.masks import coins, first_guess
from live.words.text import interface
from tests.browser import pages

IDS = tuple(loss.id for loss in family("segmentation"))


@pytest.fixture
def stage(open_page):
    """`stage(path, …)`: a segmentation page that is ready and agrees with torch."""

    def open_stage(path: str = "/segmentation", lang: str = "en", **options) -> Page:
        page = open_page(path, lang=lang, **options)
        agreed(page)
        pages.count_messages(page)
        return page

    return open_stage


def agreed(page: Page) -> None:
    pages.agreed(page, re.compile(r"✓.*\b7\b"))


def picture(page: Page):
    return page.locator(".lab-paint .lab-mask")


def at(page: Page, row: int, column: int) -> tuple[float, float]:
    """The middle of a cell, in pixels."""
    box = picture(page).bounding_box()
    return box["x"] + (column + 0.5) * box["width"] / 24, box["y"] + (row + 0.5) * box[
        "height"
    ] / 18


def numbers(page: Page) -> dict[str, list[str]]:
    return dict(zip(IDS, pages.table_cells(page), strict=True))


def linked(page: Page, name: str, value: str | None) -> None:
    """Wait until the address bar says `value` of a row, and torch agrees with what is shown."""
    page.wait_for_function(
        "([name, value]) => new URL(location.href).searchParams.get(name) === value",
        arg=[name, value],
    )
    agreed(page)


def written(name: str, cells: str) -> str:
    return table("segmentation").rows[name].text(cells)


def painted(cells: str, row: int, column: int, digit: str) -> str:
    place = 24 * row + column
    return cells[:place] + digit + cells[place + 1 :]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_opens_with_the_numbers_of_torch(stage, lang):
    page = stage(lang=lang)
    state = table("segmentation").start()
    for loss, (value, *_, score) in numbers(page).items():
        assert float(value) == pytest.approx(
            quantity("segmentation", state, loss, "value"), abs=6e-4
        )
        assert float(score) == pytest.approx(quantity("segmentation", state, loss, "iou"), abs=6e-4)


def test_the_mouse_paints_without_gaps_and_sends_once(stage):
    page = stage("/segmentation?brush=1&level=0.99")
    before = numbers(page)
    page.mouse.move(*at(page, 8, 2))
    page.mouse.down()
    page.mouse.move(*at(page, 8, 12))  # in one jump
    assert numbers(page) != before, "the numbers follow the hand"
    assert pages.messages(page) == 0, "nothing is sent while the hand moves"
    expect(page.locator(".lab-agreement")).to_have_text(interface("en")["waiting_for_torch"])
    page.mouse.up()
    expected = first_guess()
    for column in range(2, 13):
        expected = painted(expected, 8, column, "6")
    linked(page, "prediction", written("prediction", expected))
    assert pages.messages(page) == 1


def test_the_truth_can_be_painted_and_erased(stage):
    page = stage("/segmentation?brush=1&paint=target")
    page.mouse.click(*at(page, 9, 9))
    linked(page, "target", written("target", painted(coins(), 9, 9, "1")))
    page.get_by_role("button", name="Eraser").click()
    linked(page, "level", "0.01")
    page.mouse.click(*at(page, 9, 9))
    linked(page, "target", None)


def test_undo_takes_back_one_gesture_and_only_one(stage):
    page = stage("/segmentation?brush=1")
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_disabled()
    page.mouse.move(*at(page, 8, 2))
    page.mouse.down()
    page.mouse.move(*at(page, 8, 5))
    page.mouse.up()
    first = first_guess()
    for column in range(2, 6):
        first = painted(first, 8, column, "5")
    linked(page, "prediction", written("prediction", first))
    page.mouse.click(*at(page, 0, 0))
    linked(page, "prediction", written("prediction", painted(first, 0, 0, "5")))
    undo.click()
    linked(page, "prediction", written("prediction", first))
    picture(page).focus()
    page.keyboard.press("Control+z")
    linked(page, "prediction", None)
    expect(undo).to_be_disabled()


def test_the_keyboard_paints(stage):
    page = stage("/segmentation?brush=1&level=0.5")
    picture(page).focus()
    page.keyboard.press("ArrowDown")  # from the middle, row 9 and column 12
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.down(" ")
    page.keyboard.press("ArrowRight")
    assert pages.messages(page) == 0
    page.keyboard.up(" ")
    expected = painted(painted(first_guess(), 10, 7, "3"), 10, 8, "3")
    linked(page, "prediction", written("prediction", expected))
    assert pages.messages(page) == 1
    expect(picture(page).locator("[aria-live]")).to_have_text(re.compile("row 11, column 9.*0.500"))


def test_a_finger_paints(stage):
    page = stage("/segmentation?brush=1", width=390, height=844, touch=True)
    page.touchscreen.tap(*at(page, 9, 10))
    linked(page, "prediction", written("prediction", painted(first_guess(), 9, 10, "5")))


def test_descent_steps_as_torch_does_and_rewinds_to_the_start(stage):
    page = stage()
    state, start = table("segmentation").start(), numbers(page)
    for _ in range(3):
        page.get_by_role("button", name="Step", exact=True).click()
    expect(page.locator(".lab-count")).to_have_text(re.compile("3"))
    for loss, (value, *_) in numbers(page).items():
        expected = quantity("segmentation", state, loss, "value", 3)
        assert float(value) == pytest.approx(expected, abs=6e-4)
    page.get_by_role("button", name="Rewind", exact=True).click()
    expect(page.locator(".lab-count")).to_have_text(re.compile("0"))
    assert numbers(page) == start
    agreed(page)


def test_play_runs_until_it_is_paused_and_a_parameter_resets_no_mask(stage):
    page = stage()
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function(
        "() => document.querySelectorAll('.lab-chart .lab-curve[d]').length == 7"
    )
    page.get_by_role("button", name="Pause", exact=True).click()
    page.get_by_role("button", name="Rewind", exact=True).click()
    slider = page.get_by_role("slider", name=re.compile("ε"))
    slider.focus()
    page.keyboard.press("End")
    linked(page, "dice_loss.smoothing", "100")
    linked(page, "prediction", None)


def test_a_link_reopens_exactly_what_was_sent(stage):
    page = stage("/segmentation?brush=3&loss=tversky_loss&tversky_loss.fn_weight=0.9")
    page.mouse.click(*at(page, 9, 10))
    expected = first_guess()
    for place in ((r, c) for r in (8, 9, 10) for c in (9, 10, 11)):
        expected = painted(expected, *place, "5")
    linked(page, "prediction", written("prediction", expected))
    sent = numbers(page)
    again = stage("/" + page.url.split("/", 3)[3].replace("&lang=en", ""))
    assert numbers(again) == sent
    expect(again.locator(".lab-row.chosen")).to_contain_text("Tversky")


@pytest.mark.parametrize("text", ["a", "a431", "h432", "a9999999", "<b>", "a" * 433])
def test_a_mask_that_makes_no_sense_is_told(open_page, text):
    page = open_page("/segmentation?prediction=" + text, lang="en")
    notice = page.locator("[data-testid=stAlert]")
    expect(notice).to_contain_text("432 cells")
    agreed(page)


MOVE = """(mask, cells) => {
  const { left, top, width, height } = mask.getBoundingClientRect();
  for (const [row, column] of cells) {
    const clientX = left + ((column + 0.5) * width) / 24;
    const clientY = top + ((row + 0.5) * height) / 18;
    const buttons = { buttons: 1, pointerId: 1, bubbles: true };
    mask.dispatchEvent(new PointerEvent('pointermove', { clientX, clientY, ...buttons }));
  }
}"""


def test_moves_that_come_within_a_frame_are_drawn_once(stage):
    """And none of them is lost; what a frame costs, benchmarks/drag.py measures."""
    page = stage("/segmentation?brush=1&level=0.99")
    page.mouse.move(*at(page, 8, 2))
    page.mouse.down()
    pages.drawn(page)
    page.evaluate("() => { window.frames_ = 0; globalThis.labFrame = () => { frames_ += 1; }; }")
    picture(page).evaluate(MOVE, [[8 + step % 2, 3 + step] for step in range(15)])
    pages.drawn(page)
    assert page.evaluate("frames_") == 1
    page.mouse.up()
    expected = painted(first_guess(), 8, 2, "6")
    for step in range(15):
        expected = painted(expected, 8 + step % 2, 3 + step, "6")
    linked(page, "prediction", written("prediction", expected))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_phone_shows_the_mask_and_play_at_once(stage, lang):
    page = stage(lang=lang, width=390, height=844, touch=True)
    play = page.get_by_role("button", name=interface(lang)["play"], exact=True)
    parts = [picture(page), play, page.locator(".lab-table"), page.locator(".lab-heat")]
    tops = [part.bounding_box()["y"] for part in parts]
    assert tops == sorted(tops)
    assert tops[1] + play.bounding_box()["height"] < 844


def test_the_two_forms_of_dice_are_not_cut_on_a_phone(stage):
    page = stage(width=390, height=844, touch=True)
    formula = page.locator(".lab-tex").first
    assert formula.evaluate("(e) => e.parentElement.scrollWidth <= e.parentElement.clientWidth")
