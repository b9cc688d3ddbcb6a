"""The home page: every loss has a door, and a door opens its page on that loss."""

import re

import pytest
from playwright.sync_api import expect

from catalog import CATALOG
from live.words.text import LANGUAGES, load, say
from tests.browser import pages


@pytest.mark.parametrize(("lang", "title"), [("en", "Boxes"), ("zh", "边界框")])
def test_a_door_opens_its_loss_in_the_readers_language(open_page, lang, title):
    page = open_page("/", lang=lang)
    expect(page.locator(".lab-door")).to_have_count(len(CATALOG))
    page.locator(".lab-door[href$='=giou_loss']").click()
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".lab-row.chosen .lab-name")).to_have_text("GIoU")
    expect(page.locator("html")).to_have_attribute("lang", lang)


@pytest.mark.parametrize("loss", ["multiclass_focal_loss", "wiou_loss", "log_cosh_loss"])
def test_a_door_opens_a_view_that_shows_its_loss_switched_on(open_page, loss):
    """Of losses that their page does not show at first."""
    page = open_page("/", lang="en")
    page.locator(f".lab-door[href$='={loss}']").click()
    chosen = page.locator(".lab-row.chosen").filter(visible=True)
    expect(chosen.locator(".lab-name")).to_have_text(load(f"losses/{loss}")["short"]["en"])
    expect(chosen).not_to_have_class(re.compile(r"\boff\b"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_name_on_the_map_is_cut_off(open_page, lang):
    """`test_layout.py` has that it fits a screen."""
    page = open_page("/", lang=lang)
    page.evaluate("document.fonts.ready")
    names = page.locator(".lab-door span")
    widths = names.evaluate_all(
        "all => all.map((e) => [e.innerText, e.scrollWidth, e.clientWidth])"
    )
    assert [name for name, needed, there in widths if needed > there] == []


def test_pointing_at_a_loss_lights_up_its_relations(open_page):
    page = open_page("/", lang="en")
    page.locator(".lab-door[href$='=ciou_loss']").hover()
    expect(
        page.locator(".lab-door.near").nth(len(CATALOG["ciou_loss"].related) - 1)
    ).to_be_visible()


def test_a_family_is_a_door_too(open_page):
    page = open_page("/", lang="en", width=390, height=844)
    page.locator("h2 a", has_text="Regression").click()
    expect(page.locator("h1")).to_have_text("Regression")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ["nope", "boxes/x"])
def test_an_address_that_is_no_page_ends_here_with_a_sentence(open_page, path, lang):
    page = open_page(f"/{path}", lang=lang)
    said = say("no_such_page", lang, name=path).replace("`", "")
    expect(page.locator("[data-testid=stAlert]")).to_have_text(said)
    expect(page.locator("[role=dialog]")).to_have_count(0)
    expect(page.locator(".lab-door")).to_have_count(len(CATALOG))
    expect(page.locator("html")).to_have_attribute("lang", lang)


def test_home_by_its_name_is_home(open_page):
    page = open_page("/home", lang="en")
    expect(page.locator(".lab-door")).to_have_count(len(CATALOG))
    expect(page.locator("[data-testid=stAlert]")).to_have_count(0)


def test_names_that_home_does_not_know_are_named(open_page):
    page = open_page("/?foo=1", lang="zh")
    said = say("ignored_name", "zh", name="foo").replace("`", "")
    expect(page.locator("[data-testid=stAlert]")).to_have_text(said)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_way_begins_with_the_concepts_and_goes_on_where_the_reader_was(open_page, lang):
    page = open_page("/", lang=lang)
    page.get_by_role("link", name=say("way_start", lang, name=say("concepts", lang))).click()
    page.wait_for_selector(".lab-concepts[data-lab-ready]")
    pages.settled(page)
    page.get_by_role("link", name=say("way_next", lang, name=say("regression", lang))).click()
    page.wait_for_selector(".lab-regression[data-lab-ready]")
    pages.settled(page)
    expect(page.locator("html")).to_have_attribute("lang", lang)
    page.get_by_test_id("stSidebar").get_by_role("link", name=say("home", lang)).click()
    go_on = say("way_go_on", lang, name=say("regression", lang))
    expect(page.get_by_role("link", name=go_on)).to_be_visible()
    expect(page.locator(".lab-home h2").first).to_contain_text("✓")
    expect(page.locator(".lab-home h2").nth(1)).not_to_contain_text("✓")
