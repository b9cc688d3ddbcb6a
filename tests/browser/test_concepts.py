"""The concepts page: drag, switch the reduction, diverge, come back."""

import pytest
from playwright.sync_api import expect

from live.words.text import say
from tests.browser.pages import agreed


def drag(page, handle, dx, dy):
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx, y + dy, steps=6)
    page.mouse.up()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_dragged_point_changes_its_loss_and_torch_agrees(open_page, lang):
    page = open_page("/concepts", lang=lang)
    loss = page.locator(".lab-quantity.loss output")
    before = loss.inner_text()
    drag(page, page.locator(".lab-sample").nth(1), 0, 60)
    expect(loss).not_to_have_text(before)
    agreed(page)
    assert "points=" in page.url


def test_every_square_is_a_whole_one(open_page):
    """Its area is a loss, so none may be cut off by the edge of the picture."""
    page = open_page("/concepts", lang="en")
    edges = page.locator(".lab-training .lab-grid").bounding_box()
    for square in page.locator(".lab-square").all():
        box = square.bounding_box()
        assert box["width"] == pytest.approx(box["height"], abs=0.5)
        assert box["x"] >= edges["x"] - 2
        assert box["x"] + box["width"] <= edges["x"] + edges["width"] + 2


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_phone_shows_legible_numbers_and_whole_arrows(open_page, lang):
    page = open_page("/concepts", lang=lang, width=390, height=844, touch=True)
    tick = page.locator(".lab-training .lab-plot text").first
    size = """(text) => parseFloat(getComputedStyle(text).fontSize)
        * text.ownerSVGElement.getScreenCTM().a"""
    assert tick.evaluate(size) >= 10
    assert page.locator(".lab-ring-name").first.evaluate(size) >= 10
    strip = page.locator(".lab-strip").bounding_box()
    for station in page.locator(".lab-station").all():
        box = station.bounding_box()
        assert box["x"] + box["width"] + 15 <= strip["x"] + strip["width"], "an arrow is cut off"


def test_the_sum_diverges_where_the_mean_converges(open_page):
    page = open_page("/concepts?scene=same_rate", lang="en", reduced_motion=True)
    page.get_by_role("button", name=say("just_show_me", "en")).click()
    expect(page.locator(".lab-safe")).to_contain_text("converges")
    start = page.locator(".lab-quantity.objective output").inner_text()
    page.get_by_role("button", name="Play").click()
    # The picture follows with the next frame.
    expect(page.locator(".lab-quantity.objective output")).not_to_have_text(start)
    assert float(page.locator(".lab-quantity.objective output").inner_text()) < float(start)
    page.get_by_role("button", name="Rewind").click()
    expect(page.locator(".lab-quantity.objective output")).to_have_text(start)
    page.get_by_label("cost is the").select_option("sum")
    expect(page.locator(".lab-safe")).to_contain_text("diverge")
    page.get_by_role("button", name="Play").click()
    expect(page.locator(".lab-safe")).to_contain_text("diverged")


def test_the_line_moves_by_keyboard_and_the_link_reopens_it(open_page):
    page = open_page("/concepts", lang="en")
    page.locator(".lab-end").nth(1).press("ArrowUp")
    agreed(page)
    page.wait_for_url("**slope=**")
    objective = page.locator(".lab-quantity.objective output").inner_text()
    again = open_page(page.url.split("/", 3)[3].join(["/", ""]), lang="en")
    expect(again.locator(".lab-quantity.objective output")).to_have_text(objective)
