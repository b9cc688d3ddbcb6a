"""The state table in the browser says of every link what the server says of it."""

import json
import random
from urllib.parse import parse_qs, urlencode

import pytest

from live.documents.document import page_words, publish_document
from live.documents.stage_page import published_text
from live.families import EVERY_PAGE
from live.families.page_tables import table
from live.state.table import Ignored
from live.ui.link_warnings import sentences
from tests.live.state.strategies import NONSENSE

LINKS = 10_000
READ = """({ Table, sentences }, page, queries) => queries.map((query) => {
  const table = new Table(page);
  const { state, ignored } = table.read(new Map(new URLSearchParams(query)));
  return { state, sentences: sentences(ignored, page.words), link: table.link(state) };
})"""
LETTERS = "0123456789.,:;-+eE abcx`<>&%_\"'{}∞"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", EVERY_PAGE)
def test_a_link_means_the_same_in_the_browser(modules, name, language):
    page = json.loads(published_text(publish_document(name, language)))
    chance = random.Random(f"{name} {language}")
    queries = [link(name, chance) for _ in range(LINKS // (2 * len(EVERY_PAGE)))]
    found = modules("core/table.js", READ, page, queries)
    for query, answer in zip(queries, found, strict=True):
        expected = on_the_server(name, language, query)
        assert answer == json.loads(json.dumps(expected)), query


def on_the_server(name: str, language: str, query: str) -> dict:
    given = {key: texts[-1] for key, texts in parse_qs(query, keep_blank_values=True).items()}
    state, ignored = table(name).read_link(given)
    return {
        "state": state,
        "sentences": sentences(ignored, language),
        "link": table(name).link(state),
    }


def link(name: str, chance: random.Random) -> str:
    """A link that makes sense, mostly makes sense, or makes none."""
    rows = table(name).rows
    some = chance.sample([*rows], chance.randint(1, min(5, len(rows))))
    given = {row: text(name, row, chance) for row in some}
    if chance.random() < 0.15:
        strange = "".join(chance.choices(LETTERS, k=chance.randint(1, 60)))
        given[chance.choice([strange, "toString", "__proto__", "constructor"])] = "1"
    return urlencode(given)


def text(name: str, row: str, chance: random.Random) -> str:
    states = table(name)
    start = states.start(chance.choice(["", *states.scenes]))
    good = states.rows[row].text(start[row])
    if hasattr(states.rows[row], "choices") and chance.random() < 0.5:
        good = chance.choice(states.rows[row].choices)
    kind = chance.random()
    if kind < 0.45:
        return good
    if kind < 0.6:
        return chance.choice(NONSENSE)
    if kind < 0.8:
        return number(chance)
    letters = list(good)
    for _ in range(chance.randint(1, 3)):
        place = chance.randint(0, len(letters))
        letters[place : place + chance.randint(0, 1)] = chance.choice(LETTERS)
    return "".join(letters)


def number(chance: random.Random) -> str:
    value = chance.choice([-1, 1]) * 10 ** chance.uniform(-12, 3)
    return chance.choice(
        [repr(value), f"{value:.12g}", f"{value:.3f}", f"{value:+.2E}", f"{value:.0f}."]
    )


@pytest.mark.parametrize("name", ["rate", "nobody"])
def test_a_long_text_is_cut_alike(modules, name):
    """Within no character, and a browser counts some as two."""
    page = json.loads(published_text(publish_document("boxes", "en")))
    faces = "9" * 39 + "\N{SLIGHTLY SMILING FACE}" * 2
    query = urlencode({name: faces, faces: "1"})
    (found,) = modules("core/table.js", READ, page, [query])
    assert found["sentences"] == on_the_server("boxes", "en", query)["sentences"]


def test_a_repeated_name_is_told_as_on_the_page(modules):
    told = modules(
        "core/table.js",
        "({ sentences }, words) => sentences([{ name: 'rate', taken: '`2`' }], words)",
        page_words("boxes", "en"),
    )
    assert told == ["The link names `rate` more than once: the last one counts, `rate='2'`."]


def test_what_the_server_says_of_a_link_is_what_was_compared():
    assert sentences([Ignored("strange", "1", None)], "en") == [
        "`strange` was ignored: this page knows no such name."
    ]
