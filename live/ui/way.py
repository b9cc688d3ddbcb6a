"""The way through the pages: at the foot of each, the next one."""

from html import escape

import streamlit as st

from live.families import EVERY_PAGE
from live.modules import GUIDE
from live.ui.guide import link
from live.ui.link import language_link
from live.words.text import say


def show_next(name: str, language: str) -> None:
    """Draw the link to the page that follows; after the last, to the guide.

    What `data-way` names is kept in the browser when the link is opened (`live/web/shell/way.js`).
    """
    names = [*EVERY_PAGE, GUIDE]
    following = names[names.index(name) + 1]
    text = say("way_next", language, name=say(following, language))
    anchor = link(following, text, language_link(language))
    st.html(f'<nav class="lab-next" data-way="{escape(following)}">{anchor}</nav>')
