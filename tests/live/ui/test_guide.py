"""The guide serves every family, and each of its links opens what it promises."""

import re
import tomllib
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from catalog import CATALOG
from live.families import PAGES
from live.families.page_tables import table
from live.ui.guide import PARTS, entries, guide
from live.words.text import LANGUAGES, names, say

ROOT = Path(__file__).parents[3]
ENTRIES = [
    pytest.param(name, entry, id=entry["page"]) for name in entries() for entry in entries()[name]
]
every_entry = pytest.mark.parametrize(("name", "entry"), ENTRIES)
by_language = pytest.mark.parametrize("language", LANGUAGES)


def query(entry) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(entry["page"]).query, strict_parsing=True))


def test_every_family_is_served_by_links_to_its_own_page():
    assert set(names("guide")) == set(PAGES)
    for name, rows in entries().items():
        assert {urlsplit(entry["page"]).path for entry in rows} == {name}
        assert len({entry["page"] for entry in rows}) == len(rows), "two rows open the same"


@every_entry
def test_a_row_speaks_both_languages(name, entry):
    assert entry.keys() == {"page", *PARTS}
    for part in PARTS:
        assert entry[part].keys() == LANGUAGES.keys()
        assert all(text.strip() for text in entry[part].values())


@every_entry
def test_a_link_opens_the_page_with_a_loss_chosen_and_shown(name, entry):
    given = query(entry)
    state, ignored = table(name).read_link(given)
    assert ignored == []
    assert given.keys() & {"loss", "scene"}, "the link chooses no loss"
    assert CATALOG[state["loss"]].family == name
    assert state["loss"] in state["losses"], "the loss is switched off"
    views = PAGES[name].views
    if views and "view" in state:
        assert state["loss"] in views[state["view"]], "the loss stands in another view"


@by_language
def test_the_table_names_each_family_and_keeps_the_language(language):
    shown = guide(language, {"lang": language})
    for name in PAGES:
        assert f'<a href="{name}?lang={language}">{say(name, language)}</a>' in shown
    links = re.findall(r'href="([^"]+)"', shown)
    assert len(links) == len(ENTRIES) + len(PAGES)
    assert all(f"lang={language}" in link for link in links)
    assert "lang=" not in guide(language, {})


def test_its_links_wear_the_colour_of_the_theme():
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["theme"]
    colours = ", ".join(theme[side]["linkColor"] for side in ("light", "dark"))
    assert f"light-dark({colours})" in (ROOT / "live" / "web" / "shell" / "shell.css").read_text()
