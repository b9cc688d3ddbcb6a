"""The concepts page: the stage of one small training, then words and code."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from live.ui.family_page import show_hook
from live.ui.live_page import live_page
from live.ui.sections import show_code
from live.ui.sidebar import chosen_language
from live.ui.way import show_next
from live.words.text import load, say

NAME = "concepts"


def concepts_page() -> None:
    """Draw the page in the reader's language."""
    language = chosen_language()
    words = load(f"families/{NAME}")[language]
    show_hook(words)

    def draw_sections(state: dict[str, Any]) -> Mapping[str, Any]:
        labels = [say(key, language) for key in ("words", "code")]
        about, code = st.tabs(labels, key=f"{NAME}_{language}_sections", on_change="rerun")
        with about:
            st.markdown(words["words"])
        if not code.open:  # what colours it is a third of all that the page loads
            return {}
        with code:
            show_code(NAME, state, language)
        return state

    live_page(NAME, language, draw_sections)
    show_next(NAME, language)
