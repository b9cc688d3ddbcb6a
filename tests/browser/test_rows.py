"""What a row of the state table allows is what its control offers, and what the server refuses or
sets right the stage shows."""

import json
import re

from playwright.sync_api import Page, Route, expect

from live.families.page_tables import table
from live.words.text import interface
from tests.browser.box_stage import BoxStage

WORDS = interface("en")
TO_THE_END = "(range) => { range.value = range.max; range.dispatchEvent(new Event('input')); }"


def told(name: str, **rows: dict):
    """Opens a page whose document says something else of some rows than the server's table does."""

    def answer(route: Route) -> None:
        document = json.loads(route.fetch().text())
        for row, changes in rows.items():
            document["rows"][row] |= changes
        route.fulfill(json=document)

    return lambda page: page.route(re.compile(rf"/data/{name}-en\."), answer)


def rate(page: Page):
    return page.get_by_role("slider", name=WORDS["rate"], exact=True)


def test_a_slider_ends_where_its_row_does(open_page):
    row = table("boxes").rows["rate"]
    for low, high in ((row.low, row.high), (0.02, 7.5)):
        page = open_page("/boxes", prepare=told("boxes", rate={"low": low, "high": high}))
        stage = BoxStage(page)
        rate(page).evaluate(TO_THE_END)
        stage.drawn()
        assert float(rate(page).get_attribute("aria-valuetext")) == high
        rate(page).evaluate(TO_THE_END.replace("max", "min"))
        stage.drawn()
        assert float(rate(page).get_attribute("aria-valuetext")) == low


def test_a_menu_offers_what_its_row_allows(open_page):
    for choices in (table("boxes").rows["arrows"].choices, ("none", "chosen")):
        page = open_page("/boxes", prepare=told("boxes", arrows={"choices": choices}))
        BoxStage(page)
        offered = page.get_by_label(WORDS["arrows"], exact=True).locator("option")
        assert offered.evaluate_all("all => all.map((one) => one.value)") == list(choices)
        expect(offered).to_have_text([WORDS[f"arrows_{choice}"] for choice in choices])


def test_the_stage_follows_a_server_that_refuses_a_value(open_page):
    """A row that allows more in the browser than on the server: what is refused comes back as the
    default, the page says so, and torch compares with what the stage shows."""
    page = open_page("/boxes?coordinates=centre", prepare=told("boxes", rate={"high": 50.0}))
    stage = BoxStage(page)
    rate(page).evaluate(TO_THE_END)
    stage.drawn()
    assert float(rate(page).get_attribute("aria-valuetext")) == 50
    rate(page).dispatch_event("change")
    expect(rate(page)).to_have_attribute("aria-valuetext", "0.20")
    expect(page.get_by_test_id("stAlert")).to_contain_text("rate")
    expect(page.get_by_label(WORDS["coordinates"])).to_have_value("centre")
    assert "rate=" not in page.url
    stage.sent_once()


def test_a_hand_that_moves_is_not_overruled(open_page):
    """The server's word on a release comes when the slider has been taken up again: it says so on
    the page, and leaves the slider to the hand."""
    page = open_page("/boxes", prepare=told("boxes", rate={"high": 50.0}))
    stage = BoxStage(page)
    rate(page).evaluate(
        """(range) => {
          range.value = range.max;
          for (const name of ["input", "change"]) range.dispatchEvent(new Event(name));
          range.value = range.min;
          range.dispatchEvent(new Event("input"));
        }"""
    )
    expect(page.get_by_test_id("stAlert")).to_contain_text("rate")
    stage.drawn()
    expect(rate(page)).to_have_attribute("aria-valuetext", "0.010")
    rate(page).dispatch_event("change")
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    stage.agreed()
    expect(rate(page)).to_have_attribute("aria-valuetext", "0.010")
