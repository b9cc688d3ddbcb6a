"""What a reader has left is forgotten: nodes and listeners do not grow with what was done."""

import time

from playwright.sync_api import CDPSession, Page, WebSocketRoute
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from live.words.text import LANGUAGES, say
from tests.browser import pages
from tests.browser.talk import Talk

COUNTED = ("Nodes", "JSEventListeners")
MOST = 1.05


def counts(tools: CDPSession) -> dict[str, float]:
    """What the tab holds once everything that nobody can reach is collected."""
    for _ in range(2):  # what the first collection finishes, the second frees
        tools.send("HeapProfiler.collectGarbage")
    metrics = {one["name"]: one["value"] for one in tools.send("Performance.getMetrics")["metrics"]}
    return {name: metrics[name] for name in COUNTED}


def turn(page: Page, name: str) -> None:
    page.locator(f"[data-testid=stSidebar] a[href*='{name}']").first.click()
    # No `wait_for_selector`: the handle that it returns would keep the stage from being collected.
    page.locator(f".lab-{name}[data-lab-ready]").wait_for()


def test_what_a_reader_has_left_is_forgotten(open_page):
    """The same round twice: the first loads what a page keeps for good, its modules and tapes; the
    second adds nothing."""
    talk = Talk()
    page = open_page("/boxes", lang="en", prepare=talk.listen)
    tools = page.context.new_cdp_session(page)
    tools.send("Performance.enable")
    held = []
    for _ in range(2):
        page.get_by_role("tab").last.click()
        talk.rest()
        for language in ("zh", "en"):
            page.get_by_text(LANGUAGES[language], exact=True).first.click()
            talk.rest()
        turn(page, "regression")
        talk.rest()
        handle = page.locator("[data-lab-ready] .lab-handle:visible").first
        handle.focus()
        handle.press("ArrowRight")
        talk.rest()
        page.locator(".lab-table:visible .lab-name").nth(1).click()
        talk.rest()
        turn(page, "boxes")
        talk.rest()
        page.locator(".lab-chips button:visible").first.click()
        talk.rest()
        held.append(counts(tools))
    tools.detach()
    first, second = held
    assert all(second[name] <= MOST * first[name] for name in COUNTED), held


def slow_server(page: Page) -> None:
    """Let every run take long enough to be seen: what it will replace is drawn once more."""

    def connect(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def answer(told: str | bytes) -> None:
            socket.send(told)
            if ForwardMsg.FromString(told).WhichOneof("type") == "new_session":
                time.sleep(0.3)

        server.on_message(answer)

    page.route_web_socket("**/_stcore/stream", connect)


def test_what_a_slow_run_replaces_is_forgotten(open_page):
    """Streamlit fades what waits to be replaced, and what is faded while it goes was kept. A second
    round adds nothing to what the first has left."""
    page = open_page("/boxes", lang="en", fresh=True, prepare=slow_server)
    page.get_by_role("tab", name=say("trial", "en")).click()
    page.locator(".stExpander details:visible").nth(3).wait_for()
    tools = page.context.new_cdp_session(page)
    tools.send("Performance.enable")
    held = []
    for _ in range(2):
        for language in ("zh", "en"):
            page.get_by_text(LANGUAGES[language], exact=True).first.click()
            page.get_by_role("tab", name=say("trial", language)).wait_for()
            pages.settled(page)
        held.append(counts(tools))
    tools.detach()
    first, second = held
    assert all(second[name] <= MOST * first[name] for name in COUNTED), held
