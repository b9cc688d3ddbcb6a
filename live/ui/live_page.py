"""A stage and what stands below it, each drawn anew only when what it shows has changed.

Both are fragments of Streamlit. A release draws the stage; the sections below, whose text would be
most of what travels, only if they show another loss or another state than before.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitAPIException
from streamlit.runtime.scriptrunner import get_script_run_ctx

from live.ui.link_warnings import show_notices
from live.ui.stage import left_state, mount, released_state
from live.ui.turns import TURN


def live_page(
    name: str, language: str, draw_sections: Callable[[dict[str, Any]], Mapping[str, Any]]
) -> None:
    """Draw a stage, above it what is to be said of its link, and below it the sections.

    Args:
        name: The page.
        language: The reader's language.
        draw_sections: Draws the sections for a state, and says which rows of it they show.
    """
    above, below, shown = f"{name}_live", f"{name}_sections", f"{name}_shown"

    def released() -> None:
        state = released_state(name)
        if any(state[row] != value for row, value in st.session_state[shown].items()):
            draw_anew(above, below)

    @st.fragment(key=above)
    def live() -> None:
        with TURN:
            notices = st.container()
            received = mount(name, language, released)
            with notices:
                show_notices(received.notices, language)

    @st.fragment(key=below)
    def sections() -> None:
        with TURN:
            st.session_state[shown] = draw_sections(left_state(name))

    live()
    sections()


def draw_anew(*fragments: str) -> None:
    """Run fragments again, by their keys, where nothing else draws them.

    A release may come together with what makes the whole page run, another page even: that run
    draws what there is to draw. And a page that was left meanwhile has no fragments any more.
    """
    context = get_script_run_ctx()
    if context is not None and context.fragment_ids_this_run:
        with suppress(StreamlitAPIException):
            st.rerun([*fragments])
