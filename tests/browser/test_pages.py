"""Every page, in both languages, light and dark, wide and narrow: whole, quiet and in its language.

That nothing is written to the console and nothing asked of other hosts is what `open_page` sees to.
"""

import re

import pytest
from playwright.sync_api import expect

from catalog import CATALOG
from live.documents.code_forms import CODE_FORMS
from live.families import EVERY_PAGE, PAGES
from live.families.page_tables import table
from live.families.portable import definitions
from live.ui.sections import claims
from live.words.text import LANGUAGES, interface, load, say
from tests.browser import pages
from tests.browser.family_stage import alone

WIDE, NARROW = (1280, 800), (390, 844)
HOME = ""
# Any two of language, theme and width meet in one of these.
COMBINATIONS = [
    pytest.param("en", "light", WIDE, id="en-light-wide"),
    pytest.param("en", "dark", NARROW, id="en-dark-narrow"),
    pytest.param("zh", "light", NARROW, id="zh-light-narrow"),
    pytest.param("zh", "dark", WIDE, id="zh-dark-wide"),
]
every_page = pytest.mark.parametrize("name", [HOME, *EVERY_PAGE], ids=lambda name: name or "home")
by_language = pytest.mark.parametrize("lang", LANGUAGES)

OVERFLOW = """() => {
  const scrolls = (e) => e.scrollWidth - e.clientWidth > 1;
  const main = document.querySelector("[data-testid=stMain]");
  return [document.documentElement, document.body, main].filter(scrolls).map((e) => e.tagName);
}"""
CUT_OFF = """() => {
  const outside = (e) => {
    const box = e.getBoundingClientRect();
    return box.right > innerWidth + 1 || box.left < -1;
  };
  const main = document.querySelector("[data-testid=stMain]");
  return [...main.querySelectorAll("p, button, select, output, h1")]
    .filter((e) => e.getClientRects().length && !e.closest(".lab-chips, .lab-map"))
    .filter(outside).map((e) => e.innerText || e.className);
}"""
BACKGROUND = "() => getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"


def ready(page, name):
    if name:
        page.wait_for_selector(f".st-key-{name}_stage [data-lab-ready]", state="attached")
        pages.drawn(page)
        agreement = page.locator(".lab-agreement", has_text="✓").filter(visible=True)
        expect(agreement).to_have_count(1)


def visible_texts(page):
    """Every text that a reader can see in the main part, and the names that a reader can hear."""
    return page.evaluate(
        """() => {
          const main = document.querySelector("[data-testid=stMain]");
          const texts = [];
          const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const element = walker.currentNode.parentElement;
            if (element.closest("script, style, .katex, code")) continue;
            if (element.getClientRects().length) texts.push(walker.currentNode.textContent.trim());
          }
          for (const element of main.querySelectorAll("[aria-label]")) {
            if (element.closest(".lab, .lab-map")) texts.push(element.getAttribute("aria-label"));
          }
          return texts.filter(Boolean);
        }"""
    )


@every_page
@pytest.mark.parametrize(("lang", "theme", "size"), COMBINATIONS)
def test_a_page_opens_whole(open_page, name, lang, theme, size):
    """Wide ones with their sections, too. Cold visits are looked at in test_first_load.py."""
    width, height = size
    page = open_page(f"/{name}", lang=lang, theme=theme, width=width, height=height)
    ready(page, name)
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.locator("[data-testid=stException], [data-testid=stAlert]")).to_have_count(0)
    expect(page.locator(".katex-error")).to_have_count(0)
    assert page.evaluate(OVERFLOW) == [], "the page scrolls sideways"
    assert page.evaluate(CUT_OFF) == []
    red, *_ = map(int, re.findall(r"\d+", page.evaluate(BACKGROUND)))
    assert (red < 100) == (theme == "dark")
    expect(page.get_by_text("Page not found")).to_have_count(0)
    speaks_one_language(page, name, lang)
    if name:
        expect(page.locator("[data-theme]").first).to_have_attribute("data-theme", theme)
        open_every_menu(page)
    if name in PAGES and size == WIDE:
        open_every_section(page, name, lang)


def speaks_one_language(page, name, lang):
    """No label of the interface stands there in the other language's words."""
    other = next(language for language in LANGUAGES if language != lang)
    ours, theirs = (set(interface(language).values()) for language in (lang, other))
    foreign = {text for text in theirs - ours if "{" not in text}
    names = {w for id in CATALOG for w in load(f"losses/{id}")["short"].values()}
    texts = visible_texts(page)
    assert [text for text in texts if text in foreign - names] == []
    han = [text for text in texts if re.search("[\u4e00-\u9fff]", text)]
    assert bool(han) == (lang == "zh"), han[:3]
    if name:
        expect(page.locator("h1")).to_have_text(load(f"families/{name}")[lang]["title"])


def open_every_menu(page):
    """Each opens inside the screen, and Escape closes it."""
    for menu in page.locator(".lab-menu").all():
        menu.locator("summary").click()
        pages.drawn(page)
        box = menu.locator("> div").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= page.viewport_size["width"]
        assert page.evaluate(OVERFLOW) == []
        page.keyboard.press("Escape")
        expect(menu.locator("> div")).to_be_hidden()


@by_language
def test_the_navigation_leads_everywhere_and_keeps_the_language(open_page, lang):
    page = open_page("/", lang=lang)
    sidebar = page.locator("[data-testid=stSidebar]")
    for name in EVERY_PAGE:
        link = sidebar.get_by_role("link", name=say(name, lang), exact=True)
        expect(link).to_have_count(1)
        link.click()
        page.wait_for_url(re.compile(rf"/{name}(\\?|$)"))
        ready(page, name)
        expect(page.locator("h1")).to_have_text(load(f"families/{name}")[lang]["title"])
        expect(page.locator("html")).to_have_attribute("lang", lang)
    sidebar.get_by_role("link", name=say("home", lang), exact=True).click()
    page.wait_for_url(re.compile(r"/(\\?.*)?$"))
    expect(page.locator("html")).to_have_attribute("lang", lang)


def open_every_section(page, name, lang):
    """Each says something."""
    for key in ("words", "trial", "code", "sources"):
        panel = pages.open_section(page, say(key, lang))
        expect(panel).to_have_text(re.compile(".{40}", re.DOTALL))
        if key == "trial":
            open_a_claim(page, name, lang)
        if key == "code":
            open_every_form(page, panel, name, lang)
        if key == "sources":
            expect(panel.locator("li").nth(1)).to_be_visible()
    expect(page.locator(".katex-error")).to_have_count(0)


def open_every_form(page, panel, name, lang):
    """One program is shown at a time, or why there is none."""
    loss = table(name).start()["loss"]
    missing = {}
    if definitions("keras", loss) is None:
        missing["code_keras"] = "keras.metrics"
    if loss not in load("built_in"):
        missing["code_built_in"] = "torchvision"
    for key in CODE_FORMS:
        tab = page.get_by_role("tab", name=say(key, lang), exact=True)
        tab.click()
        expect(tab).to_have_attribute("aria-selected", "true")
        # The form that was open before may still stand in a panel that is hidden.
        form = panel.get_by_role("tabpanel").filter(visible=True)
        if missing.get(key):
            expect(form).to_contain_text(missing[key])
            continue
        code = form.locator("pre code")
        expect(code).to_contain_text("import torch" if key == "code_built_in" else loss)
        compile(code.inner_text(), "snippet", "exec")
    expect(panel.get_by_role("link", name=say("link_to_state", lang))).to_be_visible()


def open_a_claim(page, name, lang):
    """The first of the notes' claims about the family, with what torch found."""
    found = page.locator("[data-testid=stExpander]")
    expect(found).to_have_count(len(claims(name)))
    if claims(name):
        found.first.locator("summary").click()
        expect(found.first).to_contain_text(say("what_holds", lang))
        pages.settled(page)
        assert not re.search(r"\{\w+\}", found.first.inner_text()), "a number was not filled in"


DESCENDS = {"distances": "distances?loss=l1_penalty"}
"""Where a page descends that does not do so as it opens."""


@pytest.mark.parametrize("address", [DESCENDS.get(name, name) for name in PAGES])
def test_switching_a_loss_sends_all_runs_back_to_the_start(open_page, address):
    """A loss that joined half-way would stand beside losses that took more steps."""
    page = open_page(alone(f"/{address}"), lang="en")
    words = interface("en")
    counter = page.locator(".lab-count:visible")
    step = page.get_by_role("button", name=words["step"], exact=True).filter(visible=True)
    before = pages.table_cells(page)
    for switch in page.locator(".lab-table:visible .lab-switch input").all()[:2]:
        step.click()
        expect(counter).to_have_text(words["step_count"].format(count=1))
        assert pages.table_cells(page) != before
        switch.set_checked(not switch.is_checked())
        expect(counter).to_have_text(words["step_count"].format(count=0))
        assert pages.table_cells(page) == before


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_a_scene_opens_cold_from_its_link_and_survives_a_change_of_language(open_page, name):
    scene = list(table(name).scenes)[-1]
    page = open_page(f"/{name}?scene={scene}", lang="en")
    ready(page, name)
    title = {s["id"]: s["title"] for s in load(f"scenes/{name}")["scene"]}[scene]
    expect(page.locator("[data-testid=stAlert]")).to_have_count(0)
    pressed = page.get_by_role("button", name=title["en"], exact=True)
    expect(pressed).to_have_attribute("aria-pressed", "true")
    page.get_by_text(LANGUAGES["zh"], exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "zh")
    pressed = page.get_by_role("button", name=title["zh"], exact=True)
    expect(pressed).to_have_attribute("aria-pressed", "true")
    ready(page, name)
    assert f"scene={scene}" in page.url
    assert "lang=zh" in page.url


def test_the_language_follows_the_browser_until_the_reader_chooses(open_page):
    page = open_page("/boxes", locale="zh-CN")
    expect(page.locator("html")).to_have_attribute("lang", "zh")
    page.get_by_text(LANGUAGES["en"], exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator("[data-testid=stSidebar]").get_by_role("link", name=say("home", "en")).click()
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize(
    ("tag", "locale", "lang"),
    [("ZH", "en-GB", "zh"), ("zh_Hans", "en-GB", "zh"), ("en-US", "zh-CN", "en")],
)
def test_a_link_may_name_the_language_in_any_way(open_page, tag, locale, lang):
    page = open_page("/boxes", lang=tag, locale=locale)
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.locator("[data-testid=stAlert]")).to_have_count(0)


@pytest.mark.parametrize("tag", ["xx", ""])
@pytest.mark.parametrize("name", [HOME, "concepts", "boxes"])
def test_a_language_that_is_none_of_ours_is_named(open_page, name, tag):
    page = open_page(f"/{name}", lang=tag, locale="zh-CN")
    allowed = say("allowed_choice", "zh", choices=", ".join(LANGUAGES))
    said = say("ignored", "zh", name="lang", given=tag, allowed=allowed).replace("`", "")
    expect(page.locator("[data-testid=stAlert]")).to_have_text(said)


@by_language
def test_of_a_name_that_a_link_gives_twice_the_last_counts(open_page, lang):
    page = open_page("/boxes?prediction=1,1,3,3&prediction=2,2,5,5", lang=lang)
    said = say("repeated", lang, name="prediction", taken="2,2,5,5").replace("`", "")
    expect(page.locator("[data-testid=stAlert]")).to_have_text(said)


def test_a_link_of_half_a_megabyte_opens_a_page_that_lives(open_page):
    page = open_page("/boxes?rate=" + "%E6%8D%9F" * 50_000, lang="en")
    ready(page, "boxes")
    notice = page.locator("[data-testid=stAlert]")
    expect(notice).to_contain_text("rate=" + "损" * 40 + "…")
    page.locator(".lab-row", has_text="GIoU").locator(".lab-name").click()
    expect(notice).to_have_count(0)
    ready(page, "boxes")
