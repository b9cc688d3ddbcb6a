"""The search: by key and by the box in the sidebar, with the keyboard alone, in both languages."""

import pytest
from playwright.sync_api import expect

from live.words.text import load, say
from tests.browser import pages
from tests.browser.test_accessibility import complaints


@pytest.mark.parametrize(
    ("lang", "key", "typed", "theme"),
    [("en", "/", "stuck at 1.0986", "light"), ("zh", "Control+k", "卡在 1.0986", "dark")],
)
def test_a_number_from_a_log_leads_to_what_shows_it(open_page, lang, key, typed, theme):
    page = open_page("/boxes", lang=lang, theme=theme)
    loaded = "() => performance.getEntriesByType('resource').map(({ name }) => name).join()"
    assert "/search" not in page.evaluate(loaded), "the index waits until somebody searches"
    page.keyboard.press(key)
    field = page.get_by_role("combobox", name=say("find", lang), exact=True)
    expect(field).to_be_focused()
    expect(page.locator(".lab-finder-said")).to_have_text(say("find_hint", lang))
    page.keyboard.type("qqqq")
    expect(page.locator(".lab-finder-said")).to_have_text(say("find_none", lang))
    options = page.get_by_role("dialog").get_by_role("option")
    expect(options).to_have_text([say("guide", lang) + say("found_page", lang)])
    field.fill("margin")
    expect(options.nth(1)).to_be_visible()
    page.keyboard.press("ArrowDown")
    second = options.nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", second.get_attribute("id"))
    assert complaints(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.locator(".lab-find").click()
    field.fill(typed)
    page.keyboard.press("Enter")
    page.wait_for_url("**/classification?**")
    pages.settled(page)
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.locator(".lab-row.chosen").filter(visible=True)).to_contain_text("1.099")


def test_a_claim_that_is_found_stands_open_in_view(open_page):
    page = open_page("/boxes?claim=E11", lang="zh")
    words = load("claims/E11")["zh"]
    expect(page.get_by_text(words["claim"])).to_be_in_viewport()
    expect(page.locator("[data-testid=stAlert]")).to_have_count(0)


def test_what_is_typed_before_the_search_has_come_is_searched_for(open_page):
    waiting = []

    def hold(page):
        page.route("**/data/search*", lambda route: waiting.append(route))

    page = open_page("/boxes", lang="en", prepare=hold)
    page.keyboard.press("/")
    page.keyboard.type("hub")
    while not waiting:
        pages.drawn(page)
    page.keyboard.type("er")
    waiting[0].continue_()
    field = page.get_by_role("combobox", name=say("find", "en"), exact=True)
    expect(field).to_have_value("huber")
    page.keyboard.type(" loss")
    expect(field).to_have_value("huber loss")
    expect(page.get_by_role("dialog").get_by_role("option").first).to_contain_text("Huber")


def test_a_slash_that_is_typed_somewhere_else_is_a_slash(open_page):
    page = open_page("/boxes", lang="en")
    page.evaluate("() => document.body.append(document.createElement('input'))")
    page.locator("body > input").press("/")
    expect(page.locator("body > input")).to_have_value("/")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_stage_alone_is_searched_and_stays_alone(browser, server):
    """Nothing of the search is loaded before its key is pressed; a claim opens the whole page."""
    page = browser.new_page()
    heard = pages.Complaints(page, server.removeprefix("http://")).heard
    page.goto(f"{server}/stage/boxes?lang=zh")
    page.wait_for_selector("[data-lab-ready]")
    loaded = "() => performance.getEntriesByType('resource').map(({ name }) => name).join()"
    assert "search" not in page.evaluate(loaded)
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name=say("find", "zh"), exact=True)
    field.fill("E11")
    options = page.get_by_role("dialog").get_by_role("option")
    expect(options.first).to_have_attribute("href", f"{server}/boxes?claim=E11&lang=zh")
    page.keyboard.press("Escape")
    page.get_by_role("button", name=say("find", "zh")).click()
    field.fill("huber")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stage/regression?loss=huber_loss&lang=zh")
    page.wait_for_selector(".lab-regression[data-lab-ready]")
    page.goto(f"{server}/stage/boxes?embed")
    page.wait_for_selector("[data-lab-ready]")
    page.keyboard.press("/")
    pages.drawn(page)
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.close()
    assert not heard


def test_the_lectures_are_searched(browser, server):
    page = browser.new_page()
    page.goto(f"{server}/lecture/?lang=en")
    page.get_by_role("button", name=say("find", "en")).click()
    page.get_by_role("combobox", name=say("find", "en"), exact=True).fill("Huber")
    lecture = page.get_by_role("option").filter(has_text=say("found_lecture", "en"))
    lecture.click()
    page.wait_for_url("**/lecture/mae_mse_huber?lang=en")
    page.close()
