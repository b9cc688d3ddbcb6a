"""What a page asks for, and that the fixture that listens does hear complaints."""

import pytest

from tests.browser import pages


def test_a_page_asks_for_nothing_twice(open_page):
    """What the first visit brought stays in the browser: the second asks for the page only."""
    page = open_page("/boxes", fresh=True)
    page.wait_for_selector("[data-lab-ready]")
    page.wait_for_load_state("networkidle")
    page.reload()
    pages.settled(page)
    fetched = page.evaluate(
        """() => performance.getEntriesByType("resource")
          .filter((entry) => entry.transferSize > 0).map((entry) => new URL(entry.name).pathname)"""
    )
    assert set(fetched) <= {"/_stcore/health", "/_stcore/host-config"}


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
def test_complaints_are_heard(tabs, script, heard):
    page = tabs.open("/concepts")
    page.evaluate(script)
    pages.drawn(page)
    found = tabs.give_back()
    assert any(heard in complaint for complaint in found), found
