"""A page whose server goes away, or was never reached: it says so quietly, and goes on."""

from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from live.words.text import LANGUAGES, say
from tests.browser import pages
from tests.browser.proxy import proxy_to

DIALOG = "[role=dialog]"


@contextmanager
def page_through(browser, server, path, prepare="() => {}", **changes):
    """A page that is asked for through a proxy, and the proxy; `prepare` runs in the page first."""
    with proxy_to(server) as proxy:
        vars(proxy).update(changes)
        context = browser.new_context(locale="en-GB")
        page = context.new_page()
        page.add_init_script(f"({prepare})()")
        page.goto(proxy.address + path)
        yield page, proxy
        context.close()


def line(page, text):
    return page.locator(".lab-server p:visible", has_text=text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_lost_server_is_said_quietly_and_what_was_done_meanwhile_is_told(browser, server, lang):
    with page_through(browser, server, f"/boxes?lang={lang}") as (page, proxy):
        page.wait_for_selector("[data-lab-ready]")
        pages.settled(page)
        agreement = page.locator(".lab-agreement:visible")
        expect(agreement).to_contain_text("✓")
        away = line(page, say("server_away", lang))
        expect(away).to_have_count(0)
        proxy.down()
        expect(away).to_be_visible()
        before = page.url
        handle = page.locator(".lab-boxes .lab-handle:visible").first
        handle.focus()
        handle.press("ArrowRight")
        pages.drawn(page)
        expect(agreement).to_contain_text(say("waiting_for_torch", lang))
        assert page.locator(DIALOG).count() == 0
        assert page.url == before
        proxy.up()
        expect(away).to_have_count(0)
        expect(agreement).to_contain_text("✓")
        page.wait_for_url(lambda url: url != before)
        assert "prediction=" in page.url or "target=" in page.url


ANEW = """() => {
  const Socket = WebSocket;
  window.WebSocket = class extends Socket {
    constructor(url, protocols) { super(url, protocols.slice(0, 2)); }
  };
}"""
"""Without the third, which names the page's session, every connection is to a server that has never
heard of the page, as one that was started anew."""


def test_a_server_that_was_started_anew_answers_the_next_release(browser, server):
    with page_through(browser, server, "/boxes?lang=en", prepare=ANEW) as (page, proxy):
        page.wait_for_selector("[data-lab-ready]")
        pages.settled(page)
        away = line(page, say("server_away", "en"))
        proxy.down()
        expect(away).to_be_visible()
        proxy.up()
        expect(away).to_have_count(0)
        before = page.url
        page.locator(".lab-boxes .lab-handle:visible").first.press("ArrowRight")
        page.wait_for_url(lambda url: url != before)
        pages.agreed(page)


@pytest.mark.parametrize(
    "change", [{"sockets": False}, {"host": "inside:8501"}], ids=["no websockets", "another Host"]
)
def test_a_proxy_that_lets_no_page_talk_is_named_on_the_page(browser, server, change):
    with page_through(browser, server, "/boxes?lang=zh&rate=1", **change) as (page, _):
        blocked = line(page, say("server_blocked", "zh"))
        expect(blocked).to_be_visible()
        assert page.locator(DIALOG).count() == 0
        blocked.get_by_role("link").click()
        expect(page.locator("[data-lab-ready]")).to_be_visible()
        assert page.url.endswith("/stage/boxes?lang=zh&rate=1")
