"""What a page asks for, and that the fixture that listens does hear complaints."""

from contextlib import nullcontext

import pytest
from playwright.sync_api import expect

from tests.browser import pages


def _everything_has_come(page):
    """The run is over, which is later than the stage, and its formulas have their letters."""
    pages.settled(page)
    expect(page.get_by_test_id("stMain").locator(".katex").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    pages.drawn(page)


def test_a_page_asks_for_nothing_twice(open_page):
    """What the first visit brought stays in the browser: the second asks for the page only."""
    page = open_page("/boxes", fresh=True)
    _everything_has_come(page)
    page.reload()
    _everything_has_come(page)
    fetched = page.evaluate(
        """() => performance.getEntriesByType("resource")
          .filter((entry) => entry.transferSize > 0).map((entry) => new URL(entry.name).pathname)"""
    )
    assert set(fetched) <= {"/_stcore/health", "/_stcore/host-config"}


@pytest.mark.parametrize(
    ("event", "script", "heard"),
    [
        ("console", "() => console.error('red')", "console: red"),
        ("pageerror", "() => { setTimeout(() => { throw new Error('lost') }) }", "uncaught: lost"),
        ("console", "() => { fetch('http://elsewhere.invalid/').catch(() => 0) }",
         "elsewhere.invalid"),
        (
            "console",
            "() => document.body.append(Object.assign("
            "document.createElement('script'), { textContent: '1' }))",
            "Content Security Policy",
        ),
        (
            None,
            "() => document.body.insertAdjacentHTML('beforeend', "
            "'<p data-testid=stException>broken</p>')",
            "exception box: broken",
        ),
    ],
    ids=["console", "uncaught", "another host", "policy", "exception box"],
)  # fmt: skip
def test_complaints_are_heard(tabs, event, script, heard):
    page = tabs.open("/concepts")
    with page.expect_event(event) if event else nullcontext():
        page.evaluate(script)
    found = tabs.give_back()
    assert any(heard in complaint for complaint in found), found
