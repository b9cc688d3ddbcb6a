"""Mount a stage: its ES module draws, the server hears of a state once the hand lets go."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from live.documents.document import publish_document, publish_tapes
from live.families import EVERY_PAGE
from live.families.page_tables import table
from live.modules import of_page
from live.state.table import Ignored
from live.ui.component import component


@dataclass(frozen=True)
class Received:
    """What the stage shows, as far as the server knows."""

    state: dict[str, Any]
    ignored: list[Ignored]


def mount(name: str, language: str, ignored_names: tuple[str, ...]) -> Received:
    """Draw the stage of one family and return its state.

    The state comes from the browser once somebody has dragged; before that from where the visitor
    left the page earlier in this session; before that from the link.

    This is the server's half of what `live/web/core/store.js` tells in types: a release
    `{sequence, state}` comes up, and down go the addresses of document and tapes, the number of the
    release that is answered, the state as the server has it, and torch's answer to that state. In
    place of a value that a row refuses goes down the scene's own, and the stage follows.
    """
    key, left = f"{name}_stage", _left(name)
    release = (st.session_state.get(key) or {}).get("release")
    ignored: list[Ignored] = []
    if release:
        state, ignored = table(name).check(release["state"])
        _write_link(name, state)
    else:
        query = {row: text for row, text in st.query_params.items() if row not in ignored_names}
        if query or left not in st.session_state:
            state, ignored = table(name).read_link(query)
        else:
            state = st.session_state[left]
    st.session_state[left] = state
    component(of_page(name))(
        key=key,
        data={
            "document": publish_document(name, language),
            "tapes": publish_tapes(name),
            "sequence": int(release["sequence"]) if release else 0,
            "state": state,
            "answer": EVERY_PAGE[name].answer(state),
        },
        on_release_change=lambda: None,
    )
    return Received(state, ignored)


def forget(name: str) -> None:
    """Let the next visit of a page begin from its link, not from where the visitor left it."""
    st.session_state.pop(_left(name), None)


def _left(name: str) -> str:
    """The key of the session under which a page's state waits for the next visit."""
    return f"{name}_left"


def _write_link(name: str, state: Mapping[str, Any]) -> None:
    """Put the state into the address bar: what differs from the scene's start, nothing else."""
    link = table(name).link(state)
    for row in table(name).rows:
        if row in link and st.query_params.get(row) != link[row]:
            st.query_params[row] = link[row]
        elif row not in link and row in st.query_params:
            del st.query_params[row]
