"""The frame of every page: navigation, language, theme, device. Streamlit's entry script."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
# `streamlit run app.py` puts this folder on the path, not the one above it.
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import streamlit as st  # noqa: E402

from live.families import EVERY_PAGE  # noqa: E402
from live.ui.sidebar import apply_house_style, choose_language, draw_sidebar  # noqa: E402
from live.ui.turns import TURN  # noqa: E402
from live.words.text import say  # noqa: E402

with TURN:
    st.set_page_config(page_title="Loss Lab", layout="wide")
    language = choose_language()
    apply_house_style(language)

    pages = [
        st.Page(ROOT / "pages" / "home.py", title=say("home", language), default=True),
        st.Page(ROOT / "pages" / "guide.py", title=say("guide_short", language)),
        *(st.Page(ROOT / "pages" / f"{name}.py", title=say(name, language)) for name in EVERY_PAGE),
    ]
    page = st.navigation(pages, position="hidden")
    draw_sidebar(pages, language)
    st.set_page_config(page_title=f"{page.title} · Loss Lab")
    page.run()
