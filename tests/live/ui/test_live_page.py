"""What a release draws anew."""

from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.errors import StreamlitAPIException
from streamlit.testing.v1 import AppTest

from live.ui import live_page

SCRIPT = """
import streamlit as st
from live.ui.live_page import draw_anew

@st.fragment(key="there")
def fragment():
    st.text("drawn")

st.button("release", on_click=lambda: draw_anew({key!r}))
fragment()
st.text("to the end")
"""


@pytest.mark.parametrize("key", ["there", "of_a_page_that_was_left"])
def test_a_run_of_the_whole_page_goes_to_its_end(key):
    app = AppTest.from_string(SCRIPT.format(key=key), default_timeout=60).run()
    app.button[0].click().run()
    assert not app.exception
    assert [text.value for text in app.text] == ["drawn", "to the end"]


def test_a_fragment_of_a_page_that_was_left_is_not_asked_for(monkeypatch):
    asked = []

    def rerun(keys):
        asked.append(keys)
        raise StreamlitAPIException("No fragment found for target 'boxes_live'.")

    run = SimpleNamespace(fragment_ids_this_run=["of another page"])
    monkeypatch.setattr(live_page, "get_script_run_ctx", lambda: run)
    monkeypatch.setattr(st, "rerun", rerun)
    live_page.draw_anew("boxes_live", "boxes_sections")
    assert asked == [["boxes_live", "boxes_sections"]]
