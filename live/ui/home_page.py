"""The home page: one sentence, and the map."""

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from catalog import CATALOG
from live.documents.loss_map import publish_map
from live.families import EVERY_PAGE
from live.modules import HOME, of_page
from live.ui.component import component
from live.ui.link import home_notices, language_link
from live.ui.link_warnings import show_notices
from live.ui.sidebar import chosen_language
from live.ui.stage import forget
from live.words.text import say

DOOR = ("family", "loss")
PAGE_FILES = Path(__file__).parents[2] / "pages"


def map_page() -> None:
    """Draw the home page in the reader's language; a door that is opened leads to its page."""
    language = chosen_language()
    st.html(
        f'<header class="lab-hook"><h1>{escape(say("loss_lab", language))}</h1>'
        f"<p>{escape(say('tagline', language))}</p></header>"
        f'<p class="lab-intro">{escape(say("what_this_is", language))}</p>'
    )
    show_notices(home_notices(), language)
    opened = component(of_page(HOME))(
        key="map", data={"document": publish_map(language)}, on_door_change=lambda: None
    ).door
    if opened:
        _open(opened)


def _open(door: Any) -> None:
    """Go where the visitor clicked; what the browser sends is checked like a link."""
    name, loss_id = (door.get(part) if isinstance(door, Mapping) else None for part in DOOR)
    if not isinstance(name, str) or name not in EVERY_PAGE:
        return
    forget(name)
    query = language_link(chosen_language())
    if isinstance(loss_id, str) and loss_id in CATALOG and CATALOG[loss_id].family == name:
        query["loss"] = loss_id
    st.switch_page(PAGE_FILES / f"{name}.py", query_params=query)
