"""Every sheet stays on when a visitor goes from page to page, and dresses its own stage only."""

from playwright.sync_api import Page

from live.families import EVERY_PAGE
from live.words.text import say
from tests.browser.pages import drawn

LOAD = """(names) => {
  const map = document.querySelector("link[href$='/home/map.css']").href;
  const links = names.map((name) => {
    const href = map.replace('home/map.css', `families/${name}/${name}.css`);
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href });
    document.head.append(link);
    return new Promise((done) => { link.onload = done; });
  });
  return Promise.all(links).then(() => links.length);
}"""
FOREIGN = """(own) => [...document.styleSheets].filter(
  ({ href }) => /[/](families[/]|home[/]map)/.test(href) && !href.endsWith(`/${own}.css`))"""
# What changes, element by element, when the sheets of all other pages are switched off: whatever
# property they set, and where the element lies.
LEAKS = f"""(own) => {{
  const sheets = ({FOREIGN})(own);
  const names = new Set();
  const collect = (rule) => {{
    for (const name of rule.style ?? []) names.add(name);
    for (const inner of rule.cssRules ?? []) collect(inner);
  }};
  for (const sheet of sheets) for (const rule of sheet.cssRules) collect(rule);
  const root = document.querySelector('[data-lab-ready]');
  const every = [root, ...root.querySelectorAll('*')];
  const look = (element) => {{
    const {{ x, y, width, height }} = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return [x, y, width, height, ...[...names].map((name) => style.getPropertyValue(name))].join();
  }};
  const on = every.map(look);
  for (const sheet of sheets) sheet.disabled = true;
  const off = every.map(look);
  for (const sheet of sheets) sheet.disabled = false;
  return {{
    sheets: sheets.length,
    properties: names.size,
    elements: every.length,
    leaks: every.filter((_, i) => on[i] !== off[i])
      .map((element) => element.getAttribute('class') ?? element.tagName),
  }};
}}"""


def look_for_leaks(page: Page, own: str) -> list[str]:
    drawn(page)
    found = page.evaluate(LEAKS, own)
    assert found["sheets"] >= len(EVERY_PAGE)
    assert min(found["properties"], found["elements"]) > 80
    return found["leaks"]


def test_no_page_wears_what_another_has_left_behind(open_page):
    page = open_page("/", lang="en")
    page.wait_for_selector(".lab-home[data-lab-ready]")
    page.evaluate(LOAD, [*EVERY_PAGE])
    assert look_for_leaks(page, "map") == []
    for name in EVERY_PAGE:
        page.locator("[data-testid=stSidebar]").get_by_text(say(name, "en"), exact=True).click()
        page.wait_for_selector(f".lab-{name}[data-lab-ready]")
        assert look_for_leaks(page, name) == []
    page.evaluate(
        f"(own) => ({FOREIGN})(own)[0].insertRule('.lab-row {{ letter-spacing: 3px; }}')", name
    )
    assert "lab-row lab-head" in look_for_leaks(page, name)
