"""A phone held sideways, forced colours and a page zoomed in, on the page and alone: one tab a
stage, which is looked at in one way after the other."""

import pytest
from playwright.sync_api import Page, expect

from live.families import EVERY_PAGE
from tests.browser.pages import drawn, resize

SIDEWAYS = {"width": 844, "height": 390}
ZOOMED = {200: {"width": 640, "height": 400}, 400: {"width": 320, "height": 256}}  # of 1280 × 800

HELPERS = """() => {
  const seen = (node) => node.checkVisibility({ visibilityProperty: true })
    && node.getBoundingClientRect().width > 0;
  const all = (selector) => [...document.querySelectorAll(`.lab ${selector}`)].filter(seen);
  const name = (node) => `${node.tagName}.${node.getAttribute('class')} ${
    (node.getAttribute('aria-label') ?? node.innerText ?? '').trim().slice(0, 30)}`;
  const look = (node) => {
    const { backgroundColor, color, outlineStyle, outlineWidth } = getComputedStyle(node);
    return [backgroundColor, color, outlineStyle, outlineWidth].join();
  };
  window.small = { seen, all, name, look };
}"""

# The picture that is seen, which of its edges lie outside the window, and what it hides.
PICTURE = """() => {
  const { all } = window.small;
  const main = all('.lab-main')[0];
  const pictures = ['.lab-views > *', '.lab-paint .lab-mask', '.lab-picture'];
  const [picture] = pictures.flatMap(all);
  const box = picture.getBoundingClientRect();
  const side = all('.lab-side')[0]?.getBoundingClientRect();
  const number = all('.lab-side .lab-cell, .lab-side .lab-number')[0]?.getBoundingClientRect();
  return {
    whole: main.classList.contains('whole'),
    outside: [-box.top, box.bottom - innerHeight, -box.left, box.right - innerWidth]
      .filter((over) => over > 1),
    hidden: picture.scrollHeight - picture.clientHeight > 1 && picture instanceof HTMLElement,
    high: box.height,
    beside: side && side.left >= box.right - 1 && number.bottom <= innerHeight,
  };
}"""

# Switches that look the same on and off. Only how they are drawn is changed, and nobody is told.
ALIKE = """() => {
  const { all, look, name, seen } = window.small;
  const alike = [];
  for (const input of document.querySelectorAll('.lab :is([type=checkbox], [type=radio])')) {
    const drawn = input.nextElementSibling ?? input.parentElement;
    if (getComputedStyle(input).opacity !== '0' || !seen(drawn)) continue;
    const group = [...document.getElementsByName(input.name || ' ')];
    const before = group.find(({ checked }) => checked);
    const was = input.checked;
    const looks = [true, false].map((on) => {
      input.checked = on;
      return [drawn, input.parentElement].map(look).join();
    });
    input.checked = was;
    if (before) before.checked = true;
    if (looks[0] === looks[1]) alike.push(name(input.parentElement));
  }
  for (const button of all('[aria-pressed]:not(.lab-row *)')) {
    const was = button.getAttribute('aria-pressed');
    const looks = ['true', 'false'].map((on) => {
      button.setAttribute('aria-pressed', on);
      return look(button);
    });
    button.setAttribute('aria-pressed', was);
    if (looks[0] === looks[1]) alike.push(name(button));
  }
  return alike;
}"""

# What a value is made of, and the chosen row: which of them cannot be seen.
UNSEEN = """() => {
  const { all, look, name } = window.small;
  const paper = getComputedStyle(document.body).backgroundColor;
  const bars = all(':is(.lab-bar, .lab-stack, .lab-counts) i').filter((bar) =>
    ['rgba(0, 0, 0, 0)', paper].includes(getComputedStyle(bar).backgroundColor)
      && getComputedStyle(bar).backgroundImage === 'none');
  const rows = all('.lab-table').filter((table) => {
    const [chosen, other] = ['.lab-row.chosen', '.lab-row:not(.chosen, .lab-head)']
      .map((selector) => table.querySelector(selector));
    return chosen && other && look(chosen) === look(other);
  });
  return [...bars, ...rows].map(name);
}"""

CONTROLS = ":is(button, select, input, summary, .lab-cell, .lab-name, .lab-tex)"
KEEP = f"() => {{ window.kept = window.small.all('{CONTROLS}'); return window.kept.length; }}"
# Of what was seen before: what is gone now, or cut off where nobody can scroll to it.
LOST = """() => window.kept.filter((node) => {
  if (!node.isConnected) return false;
  if (!window.small.seen(node)) return true;
  const box = node.getBoundingClientRect();
  for (let around = node.parentElement; around; around = around.parentElement) {
    const { overflowX } = getComputedStyle(around);
    if (overflowX === 'auto' || overflowX === 'scroll') return false;
    const { left, right } = around.getBoundingClientRect();
    const cuts = overflowX === 'hidden' || overflowX === 'clip' || around === document.body;
    if (cuts && (box.left < left - 2 || box.right > right + 2)) return true;
  }
  return false;
}).map(window.small.name)"""
# What runs out of its place, over its neighbours.
OVER = """() => window.small.all(':is(.lab-main, .lab-controls, .lab-formula) :is(div, section)')
  .filter((node) => node.scrollWidth > node.clientWidth + 3
    && getComputedStyle(node).overflowX === 'visible' && !node.closest('.katex, .lab-switch'))
  .map((node) => `${window.small.name(node)} ${node.scrollWidth} > ${node.clientWidth}`)"""
TOO_WIDE = "() => document.documentElement.scrollWidth - innerWidth"
COVERED = """() => {
  const chips = document.querySelector('.lab-chips:not(.lab-switcher)').getBoundingClientRect();
  const menu = document.querySelector('.lab-take-away').getBoundingClientRect();
  return chips.right > menu.left && chips.bottom > menu.top && chips.left < menu.right;
}"""


@pytest.fixture(scope="module")
def alone(browser, server):
    """A tab for the stages that stand alone."""
    context = browser.new_context(viewport=SIDEWAYS, has_touch=True, locale="en-GB")
    yield context.new_page(), server
    context.close()


def _look_at(page: Page) -> None:
    page.evaluate(HELPERS)
    page.wait_for_selector("[data-lab-ready]")
    drawn(page)
    _held_sideways(page)
    page.emulate_media(forced_colors="active")
    assert page.evaluate(ALIKE) == []
    assert page.evaluate(UNSEEN) == []
    page.emulate_media(forced_colors="none")
    assert page.evaluate(KEEP) > 10
    for size in ZOOMED.values():
        resize(page, **size)
        assert page.evaluate(TOO_WIDE) <= 0
        assert page.evaluate(LOST) == [], size
        assert page.evaluate(OVER) == [], size
    resize(page, 390, 844)
    assert not page.evaluate(COVERED)


def _held_sideways(page: Page) -> None:
    radios = page.locator(".lab-switcher:not(.lab-brush .lab-switcher) input")
    for at in range(max(1, radios.count())):
        if radios.count():
            radios.nth(at).locator("..").click()
            expect(radios.nth(at)).to_be_checked()
            drawn(page)
        page.evaluate("() => scrollTo(0, 0)")
        picture = page.evaluate(PICTURE)
        assert not picture["outside"], picture
        assert not picture["hidden"], picture
        assert picture["high"] > 200
        assert picture["beside"] or picture["whole"], picture
        assert page.evaluate(TOO_WIDE) <= 0


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_a_stage_alone_on_a_small_screen(alone, name):
    page, server = alone
    page.set_viewport_size(SIDEWAYS)
    page.goto(f"{server}/stage/{name}?lang=en")
    _look_at(page)


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_a_page_on_a_small_screen(open_page, name):
    _look_at(open_page(f"/{name}", lang="en", touch=True, **SIDEWAYS))
