"""The sentences that say what of a link was ignored."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from live.families import EVERY_PAGE
from live.families.page_tables import table
from live.ui.link_warnings import MOST, NoSuchPage, Repeated
from live.words.text import LANGUAGES, say

SCRIPT = """
import streamlit as st
from live.ui.link_warnings import show_notices
show_notices(st.session_state["ignored"], st.session_state["language"])
"""
MARKUP = "`a` **b** <img src=x onerror=alert(1)> [c](http://evil) $d$ :red[e] # f\n- g\r\n\n> h"
FACE = "\N{SLIGHTLY SMILING FACE}"
LONG_FACES = "9" * 39 + FACE + FACE
both = pytest.mark.parametrize("language", LANGUAGES)


def shown(ignored, language):
    app = AppTest.from_string(SCRIPT, default_timeout=60)
    app.session_state["ignored"] = ignored
    app.session_state["language"] = language
    app.run()
    assert not app.exception
    return [warning.value for warning in app.warning]


def notice(name, query, language):
    (text,) = shown(table(name).read_link(query)[1], language)
    return text


def outside_code(text):
    return re.sub(r"`[^`]*`", "", text)


@both
def test_nothing_ignored_says_nothing(language):
    assert shown([], language) == []


@both
@pytest.mark.parametrize("name", EVERY_PAGE)
def test_a_sentence_names_what_was_given_and_what_is_allowed(name, language):
    """One row of every kind that the page has."""
    kinds = {type(row): row for row in table(name).rows.values()}
    for row in kinds.values():
        text = notice(name, {row.name: "nonsense"}, language)
        assert f"`{row.name}=nonsense`" in text
        key, values = row.allowed()
        assert say(key, language, **values) in text
        assert all(value in text for value in values.values())
        assert not re.search(r"[{}]", text)


@both
def test_the_limits_of_a_number_are_those_of_its_row(language):
    assert re.search(r"0\.01\D+5(\D|$)", notice("boxes", {"rate": "0"}, language))


@both
def test_languages_speak_for_themselves(language):
    text = notice("boxes", {"rate": "0", "nothing": "1"}, language)
    assert bool(re.search("[\u4e00-\u9fff]", text)) == (language == "zh")


@both
def test_unknown_names_are_named(language):
    assert "`deltoid`" in notice("regression", {"deltoid": "1"}, language)


@both
@pytest.mark.parametrize("query", [{"rate": MARKUP}, {MARKUP: "1"}], ids=["value", "name"])
def test_what_a_stranger_wrote_stays_text(query, language):
    """Inside a code span, on one line, without a backtick that could end it."""
    text = notice("boxes", query, language)
    assert text.count("`") % 2 == 0
    assert "\n" not in text
    assert not re.search(r"[<>\[\]$#*]|http|onerror", outside_code(text))
    plain = notice("boxes", {k: "1" if k == MARKUP else "x" for k in query}, language)
    assert text.count("`") == plain.count("`")


@both
@pytest.mark.parametrize("kind", [NoSuchPage, lambda name: Repeated("rate", name)])
def test_other_notices_show_it_as_text_too(kind, language):
    (text,) = shown([kind(MARKUP)], language)
    (plain,) = shown([kind("x")], language)
    assert text.count("`") == plain.count("`")
    assert not re.search(r"[<>\[\]$#*]|http|onerror", outside_code(text))


@both
def test_a_long_text_is_cut(language):
    assert len(notice("boxes", {"rate": "9" * 10_000}, language)) < 300
    assert len(notice("boxes", {"n" * 10_000: "9"}, language)) < 300


@both
@pytest.mark.parametrize("query", [{"rate": LONG_FACES}, {LONG_FACES: "1"}], ids=["value", "name"])
def test_a_text_is_not_cut_within_a_character(query, language):
    """The fortieth character is one that a browser counts as two."""
    assert f"9{FACE}…`" in notice("boxes", query, language)


@both
@pytest.mark.parametrize("half", [chr(0xD83D), chr(0xDE42)], ids=["first", "second"])
@pytest.mark.parametrize("place", ["value", "name"])
def test_half_a_character_is_told_as_one_that_is_missing(half, place, language):
    """Nothing that is sent to a browser can hold it: a message that was cut within a character."""
    query = {"rate": f"9{half}"} if place == "value" else {f"9{half}": "1"}
    text = notice("boxes", query, language)
    assert "9?`" in text
    assert text.encode().decode() == text


@both
def test_many_are_counted(language):
    text = notice("boxes", {f"unknown{i}": "1" for i in range(MOST + 3)}, language)
    lines = text.split("  \n")
    assert len(lines) == MOST + 1
    assert lines[-1] == say("ignored_more", language, count="3")
