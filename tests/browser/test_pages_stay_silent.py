"""Every page opens without a complaint, and the fixture that listens does hear complaints."""

import pytest

from live.families import EVERY_PAGE
from tests.browser import pages


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("path", ["/", *(f"/{name}" for name in EVERY_PAGE)])
def test_a_page_opens_cold_and_says_nothing_to_the_console(open_page, path, lang, theme):
    page = open_page(path, lang=lang, theme=theme)
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == lang
    assert page.get_by_text("Page not found").count() == 0


def test_a_page_asks_for_nothing_twice(open_page):
    """What the first visit brought stays in the browser: the second asks for the page only."""
    page = open_page("/boxes")
    page.wait_for_selector("[data-lab-ready]")
    page.wait_for_load_state("networkidle")
    page.reload()
    pages.settled(page)
    fetched = page.evaluate(
        """() => performance.getEntriesByType("resource")
          .filter((entry) => entry.transferSize > 0).map((entry) => new URL(entry.name).pathname)"""
    )
    assert set(fetched) <= {"/_stcore/health", "/_stcore/host-config", "/favicon.png"}


@pytest.mark.parametrize(
    ("script", "heard"),
    [
        ("() => console.error('red')", "console: red"),
        ("() => { setTimeout(() => { throw new Error('lost') }) }", "uncaught: lost"),
        ("() => fetch('http://elsewhere.invalid/').catch(() => 0)", "elsewhere.invalid"),
        (
            "() => document.body.append(Object.assign("
            "document.createElement('script'), { textContent: '1' }))",
            "Content Security Policy",
        ),
        (
            "() => document.body.insertAdjacentHTML('beforeend', "
            "'<p data-testid=stException>broken</p>')",
            "exception box: broken",
        ),
    ],
    ids=["console", "uncaught", "another host", "policy", "exception box"],
)
def test_complaints_are_heard(browser, server, script, heard):
    page, complaints = pages.open_page(browser, server)
    assert complaints.heard == []
    page.evaluate(script)
    page.wait_for_timeout(200)
    complaints.look()
    assert any(heard in complaint for complaint in complaints.heard), complaints.heard
    page.context.close()
