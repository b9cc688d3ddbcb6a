"""The anatomy that every family page shares, from the hook down to the sources."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from live.families import PAGES
from live.ui.link import SHELL_NAMES, shell_notices
from live.ui.link_warnings import show_notices
from live.ui.sections import show_code, show_sources, show_trial, show_words
from live.ui.sidebar import chosen_language
from live.ui.stage import mount
from live.words.text import load, say


def family_page(name: str) -> None:
    """Draw the page of one family in the reader's language."""
    language = chosen_language()
    words = load(f"families/{name}")[language]
    show_hook(words)

    @st.fragment
    def live() -> None:
        notices = st.container()
        received = mount(name, language, SHELL_NAMES)
        with notices:
            show_notices([*shell_notices(received.state), *received.ignored], language)
        loss_id = received.state["loss"]
        labels = [say(key, language) for key in ("words", "trial", "code", "sources")]
        tabs = st.tabs(labels, key=f"{name}_{language}_sections", on_change="rerun")
        draw = (
            lambda: show_words(name, loss_id, language),
            lambda: show_trial(name, language),
            lambda: show_code(loss_id, received.state, PAGES[name].snippet, language),
            lambda: show_sources(name, loss_id, language),
        )
        for tab, section in zip(tabs, draw, strict=True):
            if tab.open:
                with tab:
                    section()

    live()


def show_hook(words: Mapping[str, str]) -> None:
    """Title, one sentence, one question, in one line of our own: Streamlit's headings bring
    anchors, margins and a line each."""
    title, hook, question = (escape(words[part]) for part in ("title", "hook", "question"))
    st.html(
        f'<header class="lab-hook"><h1>{title}</h1>'
        f"<p><span>{hook}</span> <strong>{question}</strong></p></header>"
    )
