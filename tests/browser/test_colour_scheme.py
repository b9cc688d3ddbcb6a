"""Light or dark: at once, on every page, and as the system has it until the reader chooses."""

import re

import pytest
from playwright.sync_api import expect

from live.words.text import LANGUAGES, say
from tests.browser import pages

BACKGROUND = "() => getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"


def is_dark(page) -> bool:
    red, *_ = map(int, re.findall(r"\d+", page.evaluate(BACKGROUND)))
    return red < 100


@pytest.mark.parametrize("lang", LANGUAGES)
def test_light_or_dark_changes_at_once_and_holds_on_every_page(open_page, lang):
    page = open_page("/boxes", lang=lang, theme="light")
    stage = page.locator(".lab-boxes[data-lab-ready]")
    expect(stage).to_have_attribute("data-theme", "light")
    page.evaluate("window.here = true")
    page.get_by_role("radio", name=say("scheme_dark", lang), exact=True).check()
    expect(stage).to_have_attribute("data-theme", "dark")
    assert is_dark(page)
    assert page.evaluate("window.here"), "the page was loaded again"
    page.goto(page.url.replace("boxes", "regression"))
    pages.settled(page)
    assert is_dark(page), "another page forgot the choice"
    expect(page.get_by_role("radio", name=say("scheme_dark", lang), exact=True)).to_be_checked()
    page.keyboard.press("Tab")
    page.get_by_role("radio", name=say("scheme_dark", lang), exact=True).press("ArrowLeft")
    expect(page.locator(".lab-regression")).to_have_attribute("data-theme", "light")
    page.get_by_role("radio", name=say("scheme_system", lang), exact=True).check()
    page.emulate_media(color_scheme="dark")
    expect(page.locator(".lab-regression")).to_have_attribute("data-theme", "dark")
    assert is_dark(page)
