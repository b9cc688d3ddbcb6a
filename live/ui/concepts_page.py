"""The concepts page: the stage of one small training, then words, a guide and code."""

import streamlit as st

from live.families import EVERY_PAGE
from live.ui.family_page import show_hook
from live.ui.guide import guide
from live.ui.link import SHELL_NAMES, shell_notices
from live.ui.link_warnings import show_notices
from live.ui.sidebar import chosen_language, language_link
from live.ui.stage import mount
from live.words.text import load, say

NAME = "concepts"


def concepts_page() -> None:
    """Draw the page in the reader's language."""
    language = chosen_language()
    words = load(f"families/{NAME}")[language]
    show_hook(words)

    @st.fragment
    def live() -> None:
        notices = st.container()
        received = mount(NAME, language, SHELL_NAMES)
        with notices:
            show_notices([*shell_notices(received.state), *received.ignored], language)
        labels = [say(key, language) for key in ("words", "guide", "code")]
        about, choice, code = st.tabs(labels, key=f"{NAME}_{language}_sections", on_change="rerun")
        with about:
            st.markdown(words["words"])
        with choice:
            st.html(guide(language, language_link(language)))
        if code.open:  # what colours it is a third of all that the page loads
            with code:
                st.caption(say("code_lead", language))
                st.code(EVERY_PAGE[NAME].snippet(None, received.state), wrap_lines=True)

    live()
