"""Sentences that say what of a link was not taken as it stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from live.state.table import Ignored
from live.words.text import say

MOST = 4
BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ufeff]+")


@dataclass(frozen=True)
class Repeated:
    """A name that a link gives more than once, and the value that was taken: the last."""

    name: str
    taken: str


@dataclass(frozen=True)
class NoSuchPage:
    """A page that was asked for and is not there."""

    name: str


Notice = Ignored | Repeated | NoSuchPage


def show_notices(notices: Sequence[Notice], language: str) -> None:
    """One box for all that is to be said; none where nothing is."""
    if notices:
        text = "  \n".join(sentences(notices, language))
        st.warning(text.encode(errors="replace").decode())  # a stranger may send half a character


def sentences(notices: Sequence[Notice], language: str) -> list[str]:
    """What is said: a sentence for each of the first few, and how many more there are."""
    told = [_sentence(notice, language) for notice in notices[:MOST]]
    more = len(notices) - len(told)
    return [*told, say("ignored_more", language, count=str(more))] if more else told


def _sentence(notice: Notice, language: str) -> str:
    name = _plain(notice.name)
    match notice:
        case NoSuchPage():
            return say("no_such_page", language, name=name)
        case Repeated(taken=taken):
            return say("repeated", language, name=name, taken=_plain(taken))
        case Ignored(given=given, row=row):
            if row is None:
                return say("ignored_name", language, name=name)
            key, values = row.allowed()
            allowed = say(key, language, **values)
            return say("ignored", language, name=name, given=_plain(given), allowed=allowed)


def _plain(text: str) -> str:
    """What a stranger wrote, shown as code: it can open no markup and break no line."""
    return BLANK.sub(" ", text.replace("`", "'")).strip()
