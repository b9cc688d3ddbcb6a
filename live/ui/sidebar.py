"""The parts of the frame: language, sidebar, house style."""

from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from typing import Any

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from live.assets import WEB
from live.modules import FRAME
from live.ui.component import component
from live.ui.link import language_asked, language_link
from live.words.text import LANGUAGE_IN_LINK, LANGUAGES, language_of, say
from losses.device import device_name

SCHEMES = ("system", "light", "dark")
STYLES = (WEB / "shell" / "shell.css", WEB / "parts" / "scheme_switch.css")
LANGUAGE = "language"
"""The key of the session under which the reader's language is remembered."""


def choose_language() -> str:
    """The reader's language: the link's, or the one chosen before, or the browser's."""
    asked = language_asked()
    if asked:
        st.session_state[LANGUAGE] = asked
    return st.session_state.setdefault(LANGUAGE, language_of(st.context.locale))


def chosen_language() -> str:
    """The same, for whatever is drawn after it was chosen."""
    return st.session_state[LANGUAGE]


def apply_house_style(language: str) -> None:
    """Our few rules over Streamlit's, and the document's language for screen readers."""
    st.html(_house_style())
    _set_document_language()(data={"language": language}, key="document_language")


@cache
def _house_style() -> str:
    return f"<style>{''.join(sheet.read_text(encoding='utf-8') for sheet in STYLES)}</style>"


def draw_sidebar(pages: Sequence[StreamlitPage], language: str) -> None:
    """Name, pages, language, light or dark, and device."""
    keep = language_link(language)
    with st.sidebar:
        with st.container(key="brand"):
            st.page_link(pages[0], label="Loss Lab", query_params=keep)
        find = escape(say("find", language))
        st.html(f'<button type="button" class="lab-find">{find} <kbd>/</kbd></button>')
        for page in pages:
            st.page_link(page, query_params=keep)
        with st.container(key="foot"):
            st.segmented_control(
                say("language", language),
                LANGUAGES,
                default=language,
                format_func=LANGUAGES.__getitem__,
                key=f"language_{language}",
                required=True,
                label_visibility="collapsed",
                on_change=_switch_language,
                args=(language,),
            )
            component(FRAME)(
                key="scheme_switch",
                data={"label": say("scheme", language)}
                | {scheme: say(f"scheme_{scheme}", language) for scheme in SCHEMES},
            )
            st.html(
                f'<p class="lab-lectures"><a href="lecture/?{LANGUAGE_IN_LINK}={language}">'
                f"{escape(say('lectures', language))}</a></p>"
            )
            st.caption(say("computes_on", language, device=device_name()))


def _switch_language(shown: str) -> None:
    chosen = st.session_state[f"language_{shown}"]
    st.session_state[LANGUAGE] = chosen
    st.query_params[LANGUAGE_IN_LINK] = chosen


@st.cache_resource
def _set_document_language() -> Callable[..., Any]:
    return st.components.v2.component(
        "lab_document_language",
        html="<span hidden></span>",
        js="""
export default ({ data }) => { document.documentElement.lang = data.language; };
""",
        isolate_styles=False,
    )
