"""The home page: every loss has a door, and a door opens its page on that loss."""

import pytest
from playwright.sync_api import expect

from losses.catalog import CATALOG


@pytest.mark.parametrize(("lang", "title"), [("en", "Boxes"), ("zh", "边界框")])
def test_a_door_opens_its_loss_in_the_readers_language(open_page, lang, title):
    page = open_page("/", lang=lang)
    expect(page.locator(".lab-door")).to_have_count(len(CATALOG))
    page.locator(".lab-door[href$='=giou_loss']").click()
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".lab-row.chosen .lab-name")).to_have_text("GIoU")
    expect(page.locator("html")).to_have_attribute("lang", lang)


def test_pointing_at_a_loss_lights_up_its_relations(open_page):
    page = open_page("/", lang="en")
    page.locator(".lab-door[href$='=ciou_loss']").hover()
    assert page.locator(".lab-door.near").count() >= len(CATALOG["ciou_loss"].related)


def test_a_family_is_a_door_too(open_page):
    page = open_page("/", lang="en", width=390, height=844)
    page.locator("h2 a", has_text="Regression").click()
    expect(page.locator("h1")).to_have_text("Regression")
