"""The guide: on a page of its own, reachable from every page, and it leads to them."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

from live.families import PAGES
from live.families.page_tables import table
from live.ui.guide import entries
from live.words.text import load, say
from tests.browser import pages
from tests.browser.test_accessibility import complaints


def test_it_is_reached_from_a_page_and_keeps_readers_out_of_nothing(open_page):
    page = open_page("/boxes", lang="en")
    page.locator("[data-testid=stSidebar]").get_by_role(
        "link", name=say("guide_short", "en")
    ).click()
    expect(page.locator("h1")).to_have_text(say("guide", "en"))
    pages.settled(page)
    assert complaints(page) == []


@pytest.mark.parametrize(("lang", "width"), [("en", 1280), ("zh", 390)])
def test_the_guide_leads_to_the_pages(open_page, lang, width):
    page = open_page("/guide", lang=lang, locale="fr-FR", width=width)
    guide = page.locator(".lab-advice")
    expect(guide.locator("th[scope=rowgroup]")).to_have_text([say(name, lang) for name in PAGES])
    starts = [entry["start"][lang] for rows in entries().values() for entry in rows]
    expect(guide.locator("td a")).to_have_text(starts)
    box = guide.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    cost = guide.locator("td:last-child").first.bounding_box()
    assert cost["width"] >= 300, "the words are squeezed into a narrow column"
    assert guide.evaluate("(table) => table.scrollWidth <= table.clientWidth + 1")


@pytest.mark.parametrize("name", PAGES)
def test_a_link_of_the_guide_opens_its_loss(open_page, name):
    entry = entries()[name][-1]
    page = open_page("/guide", lang="zh")
    page.locator(".lab-advice").get_by_role("link", name=entry["start"]["zh"], exact=True).click()
    page.wait_for_selector(f".st-key-{name}_stage [data-lab-ready]", state="attached")
    expect(page.locator("html")).to_have_attribute("lang", "zh")
    expect(page.locator(".lab-agreement").filter(visible=True)).to_contain_text("✓")
    state, _ = table(name).read_link(dict(parse_qsl(urlsplit(entry["page"]).query)))
    chosen = load(f"losses/{state['loss']}")["name"]["zh"]
    expect(page.get_by_role("tabpanel").filter(visible=True).locator("h2")).to_have_text(chosen)
    expect(page.locator("[data-testid=stAlert]")).to_have_count(0)
