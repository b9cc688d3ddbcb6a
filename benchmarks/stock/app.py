"""The rival of `benchmarks/start.py`: the same pages, served as Streamlit serves any app.

No warm-up, no front page of our own, no compression of bundles; `streamlit run` opens the socket.
It has a folder of its own, for `streamlit run` puts an app's folder before all others: there
`benchmarks/losses.py` would stand for `losses`.
"""

from pathlib import Path

import streamlit as st

from live.server.routes import routes

app = st.App(Path(__file__).parents[2] / "live" / "ui" / "shell.py", routes=routes())
