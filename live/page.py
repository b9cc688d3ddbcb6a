"""The anatomy that every family page shares, from the hook down to the sources."""

import streamlit as st

from live.families import PAGES
from live.notices import show_ignored
from live.sections import show_code, show_sources, show_trial, show_words
from live.stage import mount
from live.text import load, say

SHELL_NAMES = ("lang",)
"""Names in a link that belong to the shell, not to a page."""


def family_page(name: str) -> None:
    """Draw the page of one family in the reader's language."""
    language = st.session_state["language"]
    words = load(f"families/{name}")[language]
    with st.container(key="hook"):
        st.markdown(f"# {words['title']}\n{words['hook']} **{words['question']}**")

    @st.fragment
    def live() -> None:
        received = mount(name, language, SHELL_NAMES)
        show_ignored(received.ignored, language)
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
