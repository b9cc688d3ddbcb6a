"""Nothing that axe-core knows keeps a reader with a disability out, on any page and in any view."""

from itertools import cycle

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from live.families import EVERY_PAGE
from live.ui.sections import claims
from live.words.text import say
from tests.browser import pages

VIEWS = [
    "stage/regression?view=optimum",
    "stage/regression?view=line",
    "stage/classification?view=multiclass",
    "stage/classification?view=pipeline",
    "stage/classification?view=batch",
    "stage/information?view=gaussians",
    "stage/distances?loss=pairwise_distance",
    "stage/distances?loss=hamming_distance",
    "stage/distances?loss=l1_penalty",
]
"""Where a page does not open; what is around a stage, its page has already shown."""


# The themes take turns: below the stage all pages are made of the same parts.
BELOW = set(zip(EVERY_PAGE, cycle(["light", "dark"])))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("address", ["", *EVERY_PAGE, *VIEWS], ids=lambda name: name or "home")
def test_axe_finds_nothing(open_page, address, theme):
    """Light on a desk, dark on a phone; with each menu open, with a scene's question, and with each
    of the sections below a stage."""
    shape = {"width": 390, "height": 844, "touch": True} if theme == "dark" else {}
    page = open_page(f"/{address}", theme=theme, **shape)
    if address:
        scene = page.locator(".lab-top .lab-chip:visible").first
        for menu in page.locator(".lab-menu summary:visible").all():
            menu.click()
            assert complaints(page, new=".lab-menu[open]") == []
            menu.click()  # on a phone it lies over the scenes
        scene.click()
    assert complaints(page) == []
    if (address, theme) in BELOW:
        look_below(page, address)


def look_below(page: Page, name: str) -> None:
    for section in page.get_by_role("tab").all_inner_texts()[1:]:
        pages.open_section(page, section)
        if section == say("trial", "en") and claims(name):
            claim = page.locator("[data-testid=stExpander]").first
            claim.locator("summary").click()
            expect(claim).to_contain_text(say("what_holds", "en"))
            pages.settled(page)
        assert complaints(page, new="[data-testid=stTabs]") == []


RUN = """([around, options]) => axe.run(around ? { include: around } : document, options)
  .then(({ violations }) => violations)"""
CONTRAST = "color-contrast"


def complaints(page: Page, new: str | None = None) -> list[str]:
    """Each rule that is broken, with the elements that break it, once torch has answered.

    Contrast takes axe three times as long as all the rest. Where the page has been looked at, or
    will be, without what is `new` on it, contrast is looked at in the new part only, which is
    scrolled to: axe says nothing of the contrast of what is out of sight.
    """
    pages.drawn(page)
    if "/stage/" not in page.url:  # where there is no Streamlit, torch does not check
        unchecked = page.locator(".lab-torch-check.waiting").filter(visible=True)
        expect(unchecked).to_have_count(0)
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script)
    if new is None:
        looks = [[None, {}]]
    else:
        page.locator(new).first.evaluate("(part) => part.scrollIntoView()")
        looks = [
            [None, {"rules": {CONTRAST: {"enabled": False}}}],
            [new, {"runOnly": {"type": "rule", "values": [CONTRAST]}}],
        ]
    return [
        f"{found['id']} ({found['impact']}): {node['html'][:120]}: {node['failureSummary']}"
        for around, options in looks
        for found in page.evaluate(RUN, [around, {"resultTypes": ["violations"], **options}])
        for node in found["nodes"]
    ]
