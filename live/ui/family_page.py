"""The anatomy that every family page shares, from the hook down to the sources."""

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from live.ui.link import claim_asked
from live.ui.live_page import live_page
from live.ui.sections import show_code, show_sources, show_trial, show_words
from live.ui.sidebar import chosen_language
from live.ui.way import show_next
from live.words.text import load, say


def family_page(name: str) -> None:
    """Draw the page of one family in the reader's language."""
    language = chosen_language()
    show_hook(load(f"families/{name}")[language])

    def draw_sections(state: dict[str, Any]) -> Mapping[str, Any]:
        loss_id = state["loss"]
        labels = [say(key, language) for key in ("words", "trial", "code", "sources")]
        claim = claim_asked()
        tabs = st.tabs(
            labels,
            default=say("trial", language) if claim else None,
            key=f"{name}_{language}_sections",
            on_change="rerun",
        )
        draw = (
            lambda: show_words(name, loss_id, language),
            lambda: show_trial(name, language, claim),
            lambda: show_code(name, state, language),
            lambda: show_sources(name, loss_id, language),
        )
        for tab, section in zip(tabs, draw, strict=True):
            if tab.open:
                with tab:
                    section()
        _, trial, code, _ = tabs
        if code.open:
            return state
        return {} if trial.open else {"loss": loss_id}

    live_page(name, language, draw_sections)
    show_next(name, language)


def show_hook(words: Mapping[str, str]) -> None:
    """Title, one sentence, one question, in one line of our own: Streamlit's headings bring
    anchors, margins and a line each."""
    title, hook, question = (escape(words[part]) for part in ("title", "hook", "question"))
    st.html(
        f'<header class="lab-hook"><h1>{title}</h1>'
        f"<p><span>{hook}</span> <strong>{question}</strong></p></header>"
    )
