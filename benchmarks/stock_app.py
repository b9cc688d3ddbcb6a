"""The rival of `benchmarks/start.py`: the same pages, served as Streamlit serves any app.

No warm-up, no front page of our own, no compression of bundles; `streamlit run` opens the socket.
"""

from pathlib import Path

import streamlit as st

from live.server.routes import routes

app = st.App(Path(__file__).parent.parent / "live" / "ui" / "shell.py", routes=routes())
