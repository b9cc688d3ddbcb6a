"""Sentences that say what of a link was ignored."""

import streamlit as st

from live.state import Ignored
from live.text import say

MOST = 4


def show_ignored(ignored: list[Ignored], language: str) -> None:
    """One notice for all that was ignored; nothing where nothing was."""
    if not ignored:
        return
    lines = [_sentence(part, language) for part in ignored[:MOST]]
    if len(ignored) > MOST:
        lines.append(say("ignored_more", language, count=str(len(ignored) - MOST)))
    st.warning("  \n".join(lines))


def _sentence(part: Ignored, language: str) -> str:
    name, given = _plain(part.name), _plain(part.given)
    if part.row is None:
        return say("ignored_name", language, name=name)
    key, values = part.row.allowed()
    return say("ignored", language, name=name, given=given, allowed=say(key, language, **values))


def _plain(text: str) -> str:
    """What a stranger wrote, shown as code: it can open no markup and break no line."""
    return " ".join(text.replace("`", "'").split())
