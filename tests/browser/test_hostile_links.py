"""A link of a stranger's cannot make a stage run or show markup: every row, every kind of value."""

import json
import random
from urllib.parse import urlencode

import pytest

from live.documents.document import publish_document
from live.documents.stage_page import published_text
from live.families import EVERY_PAGE
from live.families.page_tables import table
from tests.browser.pages import Complaints
from tests.live.state.strategies import NONSENSE

LINKS = 10_000
LOADED = 3
"""Links of a family that are opened in a real page."""
EVIL = (
    "<img src=x onerror=window.evil=1>",
    "<svg onload=window.evil=1>",
    "<script>window.evil=1</script>",
    "</script><script>window.evil=1</script>",
    "</code></p><iframe srcdoc='<script>parent.evil=1</script>'></iframe>",
    "\"'><b onclick=window.evil=1>",
    "javascript:window.evil=1",
    "&lt;img src=x&gt;&#x3C;b&#x3E;",
    "`</code><img src=x>`",
    "\\href{javascript:window.evil=1}{x}",
    "\\htmlData{onclick=window.evil=1}{x}",
    "{allowed}{name}{given}${window.evil=1}",
    "\u202e<b>\u2066\u200b\ufeff",
    "<b\n\r\t\0>",
    "%3Cimg%20src=x%3E",
    "🎯" * 200,
    "-->]]><!--",
)
NAMES = (
    *("__proto__", "constructor", "toString", "lang", "theme", "embed", "card", "innerHTML"),
    *("onload", "", *EVIL[:6]),
)
# Of each link: a state that its rows allow, and sentences that are text.
READ = """async ({ OwnLink }, page, queries) => {
  const { notices } = await import('/stage/notices.js');
  const { parse, textOf } = await import('/core/row_kinds.js');
  const names = Object.keys(page.rows).join();
  return queries.filter((query) => {
    const link = new OwnLink(page, query);
    const { state, sentences } = link.read();
    const allowed = Object.keys(state).join() === names && Object.entries(state).every(
      ([name, value]) => parse(page.rows[name], textOf(page.rows[name], value)) !== undefined);
    const told = notices(sentences);
    const plain = [...told.querySelectorAll('*')].every(
      (one) => /^(P|CODE)$/.test(one.tagName) && !one.attributes.length);
    const short = sentences.length <= 5 && sentences.every((text) => !/[\\n\\r\\0]/.test(text));
    const again = new OwnLink(page, '?' + new URLSearchParams(link.table.link(state))).read();
    const settled = !again.sentences.length
      && JSON.stringify(link.table.link(again.state)) === JSON.stringify(link.table.link(state));
    return !(allowed && plain && short && settled && !Object.hasOwn(Object.prototype, 'evil'));
  });
}"""
# The page's stage is mounted anew, as if the page had been opened by the link.
OPEN = """async (query) => {
  history.replaceState(null, '', `${location.pathname}?${query}`);
  document.querySelector('.lab-notices')?.remove();
  const main = document.querySelector('main');
  const fresh = main.cloneNode(false);
  fresh.append(Object.assign(document.createElement('div'), { className: 'lab' }));
  document.querySelector('.lab-own-code')?.remove();
  main.replaceWith(fresh);
  const [, address] = /import stage from "(.*?)"/.exec(document.body.innerHTML);
  const stage = (await import(new URL(address, document.baseURI).href)).default;
  await stage.alone(fresh);
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const strange = [...document.querySelectorAll('body *')].filter((one) =>
    [...one.attributes].some(({ name, value }) =>
      name.startsWith('on') || /^\\s*javascript:/i.test(value)));
  return {
    evil: window.evil,
    strange: strange.map((one) => one.outerHTML.slice(0, 200)),
    markup: document.querySelectorAll('.lab-notices :not(p, code), iframe, object').length,
    told: document.querySelectorAll('.lab-notices p').length,
    drawn: fresh.querySelector('.lab[data-lab-ready]') !== null,
  };
}"""


def hostile_link(name: str, chance: random.Random) -> str:
    """A query whose names and values are wrong in every way, among some that are right."""
    rows = table(name).rows
    some = chance.sample([*rows], chance.randint(1, min(6, len(rows))))
    pairs = [(row, hostile_text(name, row, chance)) for row in some]
    for _ in range(chance.randint(0, 2)):
        pairs.append((chance.choice(NAMES), chance.choice(EVIL)))
    if chance.random() < 0.2:
        pairs.append(chance.choice(pairs))
    chance.shuffle(pairs)
    return urlencode(pairs)


def hostile_text(name: str, row: str, chance: random.Random) -> str:
    states = table(name)
    good = states.rows[row].text(states.start(chance.choice(["", *states.scenes]))[row])
    evil = chance.choice(EVIL)
    at = chance.randint(0, len(good))
    return chance.choice([evil, good + evil, evil + good, good[:at] + evil + good[at:], good,
                          chance.choice(NONSENSE)])  # fmt: skip


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_what_a_hostile_link_says_is_a_state_and_plain_sentences(modules, name):
    page = json.loads(published_text(publish_document(name, "en")))
    chance = random.Random(f"hostile {name}")
    links = [hostile_link(name, chance) for _ in range(LINKS // len(EVERY_PAGE))]
    # every row with every evil text, alone
    links += [urlencode({row: evil}) for row in table(name).rows for evil in EVIL]
    assert modules("stage/own_link.js", READ, page, links) == []


@pytest.fixture(scope="module")
def tab(browser, server):
    page = browser.new_page()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    yield page, Complaints(page, server.removeprefix("http://")), dialogs
    page.close()


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_a_page_that_a_hostile_link_opens_is_calm(tab, server, name):
    page, complaints, dialogs = tab
    chance = random.Random(f"opened {name}")
    page.goto(f"{server}/stage/{name}?{hostile_link(name, chance)}")
    page.wait_for_selector("[data-lab-ready]")
    for _ in range(LOADED):
        query = hostile_link(name, chance) + "&" + urlencode({chance.choice(EVIL): "1"})
        found = page.evaluate(OPEN, query)
        assert found.pop("told") >= 1, query
        assert found == {"evil": None, "strange": [], "markup": 0, "drawn": True}, query
    assert not dialogs
    assert not complaints.heard
