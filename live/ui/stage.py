"""Mount a stage: its ES module draws, the server hears of a state once the hand lets go."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from live.documents.document import publish_document, publish_tapes
from live.families.answers import answer
from live.families.page_tables import table
from live.modules import of_page
from live.ui.component import component
from live.ui.link import SHELL_NAMES, shell_notices, tell_address
from live.ui.link_warnings import Notice


@dataclass(frozen=True)
class Received:
    """What the stage shows, as far as the server knows."""

    state: dict[str, Any]
    notices: list[Notice]


@dataclass(frozen=True)
class Release:
    """What the browser says when a hand has let go; its values are not checked yet."""

    sequence: int
    state: Mapping[str, Any]


def mount(name: str, language: str, released: Callable[[], None]) -> Received:
    """Draw the stage of one family and return its state.

    The state comes from the address where the reader went Back or Forward, or has just come; else
    from a release that was not answered yet; else it is the one that the reader left. The address
    bar then is a link to it.

    This is the server's half of what `live/web/core/store.js` tells in types: a release
    `{sequence, state}` comes up, and down go the addresses of document and tapes, the number of the
    release that is answered, the state as the server has it, and torch's answer to that state. In
    place of a value that a row refuses goes down the scene's own, and the stage follows.

    Args:
        released: Called before the fragment around this runs again for a release.
    """
    release = _release(name)
    sequence = release.sequence if release else 0
    left, answered = f"{name}_left", f"{name}_answered"
    query = {row: text for row, text in st.query_params.items() if row not in SHELL_NAMES}
    if _went_back():
        # The page that was left may have told its address late, into the entry of this one.
        query = {row: text for row, text in query.items() if row in table(name).rows}
    notices: list[Notice] = []
    from_link = _went_back() or (release is None and (query or left not in st.session_state))
    if from_link:
        state, ignored = table(name).read_link(query)
        notices = [*shell_notices(table(name).rows), *ignored]
    elif release and sequence != st.session_state.get(answered):
        state, ignored = table(name).check(release.state)
        notices = [*ignored]
    else:
        state = st.session_state[left]
    st.session_state[left] = state
    st.session_state[answered] = sequence
    if not (from_link and notices):  # a link stays as it is beside the words about it
        tell_address(table(name).link(state), language)
    component(of_page(name))(
        key=_key(name),
        data={
            "document": publish_document(name, language),
            "tapes": publish_tapes(name),
            "sequence": sequence,
            "state": state,
            "answer": answer(name, state),
        },
        on_release_change=released,
    )
    return Received(state, notices)


def left_state(name: str) -> dict[str, Any]:
    """The state in which the stage was drawn last."""
    return st.session_state[f"{name}_left"]


def released_state(name: str) -> dict[str, Any]:
    """The state of the latest release, for whoever is called because of it."""
    release = _release(name)
    return table(name).check(release.state)[0] if release else left_state(name)


def forget(name: str) -> None:
    """Let the next visit of a page begin from its link, not from where the visitor left it."""
    st.session_state.pop(f"{name}_left", None)


def _key(name: str) -> str:
    """The key of the stage's component, and of what the browser says of it."""
    return f"{name}_stage"


def _release(name: str) -> Release | None:
    """The latest release; None before there was one, and where what came is none."""
    said = st.session_state.get(_key(name))
    release = said.get("release") if isinstance(said, Mapping) else None
    match release:
        case {"sequence": int(sequence), "state": Mapping() as state}:
            return Release(sequence, state)
    return None


def _went_back() -> bool:
    """Whether this run is for the Back or Forward of the browser."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation
