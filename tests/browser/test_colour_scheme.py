"""Light or dark: at once, on every page, and as the system has it until the reader chooses."""

import re

import pytest
from playwright.sync_api import expect

from live.words.text import LANGUAGES, say
from tests.browser import pages

DARK = re.compile(r"rgb\(\d\d?, ")
"""Little red; of the light page's background there is much."""


def is_dark(page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", DARK)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_light_or_dark_changes_at_once_and_holds_on_every_page(open_page, lang):
    page = open_page("/boxes", lang=lang, theme="light")
    stage = page.locator(".lab-boxes[data-lab-ready]")
    expect(stage).to_have_attribute("data-theme", "light")
    page.evaluate("window.here = true")
    page.get_by_role("radio", name=say("scheme_dark", lang), exact=True).check()
    expect(stage).to_have_attribute("data-theme", "dark")
    is_dark(page)
    assert page.evaluate("window.here"), "the page was loaded again"
    page.goto(page.url.replace("boxes", "regression"))
    pages.settled(page)
    is_dark(page)
    expect(page.get_by_role("radio", name=say("scheme_dark", lang), exact=True)).to_be_checked()
    page.keyboard.press("Tab")
    page.get_by_role("radio", name=say("scheme_dark", lang), exact=True).press("ArrowLeft")
    expect(page.locator(".lab-regression")).to_have_attribute("data-theme", "light")
    page.get_by_role("radio", name=say("scheme_system", lang), exact=True).check()
    page.emulate_media(color_scheme="dark")
    expect(page.locator(".lab-regression")).to_have_attribute("data-theme", "dark")
    is_dark(page)
