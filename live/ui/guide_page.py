"""The guide on a page of its own: no stage, a table that leads to them."""

from html import escape

import streamlit as st

from live.ui.guide import guide
from live.ui.link import language_link
from live.ui.sidebar import chosen_language
from live.words.text import say


def guide_page() -> None:
    """Draw the page in the reader's language."""
    language = chosen_language()
    st.html(
        f'<header class="lab-hook"><h1>{escape(say("guide", language))}</h1>'
        f"<p>{escape(say('guide_lead', language))}</p></header>"
    )
    st.html(guide(language, language_link(language)))
