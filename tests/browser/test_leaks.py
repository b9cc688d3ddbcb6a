"""What a reader has left is forgotten: nodes and listeners do not grow with what was done."""

import random

import pytest
from playwright.sync_api import CDPSession

from live.words.text import LANGUAGES
from tests.browser.random_hand import act
from tests.browser.talk import Talk

COUNTED = ("Nodes", "JSEventListeners")
MOST = 1.05


def counts(tools: CDPSession) -> dict[str, float]:
    """What the tab holds once everything that nobody can reach is collected."""
    for _ in range(2):  # what the first collection finishes, the second frees
        tools.send("HeapProfiler.collectGarbage")
    metrics = {one["name"]: one["value"] for one in tools.send("Performance.getMetrics")["metrics"]}
    return {name: metrics[name] for name in COUNTED}


@pytest.mark.parametrize("actions", [8, pytest.param(120, marks=pytest.mark.nightly)])
def test_a_random_hand_leaves_nothing_behind(open_page, actions):
    """The same hand twice, each time back to the first scene of Boxes: the first time loads what a
    page keeps for good, its modules and tapes; the second adds nothing."""
    talk = Talk()
    page = open_page("/boxes", lang="en", prepare=talk.listen)
    tools = page.context.new_cdp_session(page)
    tools.send("Performance.enable")
    held = []
    for _ in range(2):
        hand = random.Random(0)
        for _ in range(actions):
            act(page, hand)
            talk.rest()
        page.get_by_text(LANGUAGES["en"], exact=True).first.click()
        talk.rest()
        page.locator("[data-testid=stSidebar] a[href*='boxes']").first.click()
        page.locator(".lab-boxes[data-lab-ready]").wait_for()
        page.locator(".lab-chips button:visible").first.click()
        page.get_by_role("tab").first.click()
        talk.rest()
        held.append(counts(tools))
    tools.detach()
    first, second = held
    assert {
        name: second[name] / first[name] for name in COUNTED if second[name] > MOST * first[name]
    } == {}
