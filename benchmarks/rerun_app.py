"""`uvicorn benchmarks.rerun_app:app`: serves `rerun_page.py` as well as Streamlit can.

Started by uvicorn, its socket has Nagle's algorithm off, and `.streamlit/config.toml` holds for it
too; torch is loaded before the first visitor comes, as in `app.py`.
"""

import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    import torch

    from live.families import PAGES
    from live.families.page_tables import table

    torch.set_num_threads(max(1, (os.cpu_count() or 1) // 2))
    PAGES["boxes"].answer(table("boxes").start())
    gc.collect()
    gc.freeze()
    yield


app = st.App(Path(__file__).parent / "rerun_page.py", lifespan=lifespan)
