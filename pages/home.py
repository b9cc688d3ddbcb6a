"""Home: what this is, and the map of the losses."""

import streamlit as st

from live.text import say

language = st.session_state["language"]
st.markdown(f"# {say('loss_lab', language)}\n{say('tagline', language)}")
