"""Every page in WebKit, in both languages, where Playwright has one: whole, quiet, dragged, one
scene opened, and agreeing with torch."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from live.families import EVERY_PAGE
from live.words.text import LANGUAGES
from tests.browser.hands import drag_something
from tests.browser.pages import drawn, lift_veil
from tests.browser.tabs import Tabs

HOME = ""
HELP = (
    "Playwright has no WebKit here. Install it: "
    ".venv/bin/python -m playwright install --with-deps webkit"
)


@pytest.fixture(scope="module")
def tabs_of_webkit(playwright: Playwright, server: str) -> Iterator[Tabs]:
    if not Path(playwright.webkit.executable_path).exists():
        pytest.skip(HELP)
    launched = playwright.webkit.launch()
    yield Tabs(launched, server)
    launched.close()


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [HOME, *EVERY_PAGE])
def test_a_page_works_and_says_nothing_to_the_console(tabs_of_webkit, name, language):
    page = tabs_of_webkit.open(f"/{name}", lang=language)
    if name == HOME:
        expect(page.locator(".lab-door").first).to_be_visible()
    else:
        agreed(page)
        drag_something(page)
        agreed(page)
        page.locator(".lab-chip").first.click()
        page.wait_for_url(re.compile(r"[?&]scene="))
        lift_veil(page)
        agreed(page)
    assert tabs_of_webkit.give_back() == []


def agreed(page: Page) -> None:
    """Torch agrees with the browser."""
    drawn(page)  # until then the answer is that to the state before
    expect(page.locator(".lab-agreement:visible").first).to_have_text(re.compile("✓"))
