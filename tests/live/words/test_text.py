"""Words in the reader's language: every label in both, every placeholder filled."""

import string

import pytest

from live.families import EVERY_PAGE
from live.words.text import (
    LANGUAGES,
    interface,
    language_named,
    language_of,
    listed,
    load,
    names,
    say,
)

FILES = [f"interface/{name}" for name in names("interface")]


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("zh-CN", "zh"), ("zh-TW", "zh"), ("ZH", "zh"), ("zh", "zh"),
        ("en-GB", "en"), ("ko-KR", "en"), ("", "en"), (None, "en"), ("xx-zh", "en"),
    ],
)  # fmt: skip
def test_the_language_follows_the_browser(locale, language):
    assert language_of(locale) == language


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en", "en"), ("EN", "en"), ("en-GB", "en"), ("zh-CN", "zh"), ("zh_Hans", "zh"),
        ("Zh-Hant-TW", "zh"), ("xx", None), ("", None), ("enzh", None), ("x-en", None), ("z", None),
    ],
)  # fmt: skip
def test_a_tag_names_one_of_our_languages_or_none(tag, language):
    assert language_named(tag) == language


def test_no_label_is_written_twice():
    """Files are merged into one vocabulary, so a second file would silently win."""
    keys = [key for file in FILES for key in load(file)]
    assert sorted(keys) == sorted(set(keys))
    for language in LANGUAGES:
        assert interface(language).keys() == set(keys)


@pytest.mark.parametrize("file", FILES)
def test_both_languages_have_the_same_placeholders(file):
    for key, words in load(file).items():
        assert words.keys() == LANGUAGES.keys(), key
        fields = [
            sorted(field for _, field, _, _ in string.Formatter().parse(text) if field is not None)
            for text in words.values()
        ]
        assert fields[0] == fields[1], key


def test_placeholders_are_filled_and_a_missing_one_is_an_error():
    assert say("agrees", "en", count="14") == "torch agrees on all 14 losses"
    assert "14" in say("agrees", "zh", count="14")
    with pytest.raises(KeyError):
        say("agrees", "en")
    with pytest.raises(KeyError):
        say("no such words", "en")


def test_what_a_stranger_wrote_is_no_placeholder():
    assert "{count}" in say("ignored_name", "en", name="{count}")


def test_files_come_in_natural_order():
    claims = [name for name in names("claims") if name.startswith("E")]
    assert claims == sorted(claims, key=lambda name: int(name[1:]))
    assert len(claims) > 1


@pytest.mark.parametrize("name", EVERY_PAGE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_its_name_and_words(name, language):
    assert say(name, language)
    assert load(f"families/{name}")[language].keys() == {"title", "hook", "question", "words"}


def test_things_are_listed_as_each_language_lists_them():
    assert listed([], "en") == ""
    assert listed(["a"], "zh") == "a"
    assert listed(["a", "b", "c"], "en") == "a, b and c"
    assert listed(["a", "b", "c"], "zh") == "a、b和c"
