"""The server: `make run`, `streamlit run app.py` and `uvicorn app:app` all start this object."""

import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from live.room.chosen_store import store_of_environment
from live.room.http import Rooms
from live.server.halls import HallPages, Halls
from live.server.routes import READY, middleware, routes
from live.server.stages import Stages

SHELL = Path(__file__).parent / "live" / "ui" / "shell.py"


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Do the slow things before the first visitor comes: load torch, have every tape ready, and
    visit every page."""
    import torch

    from live.server.rehearsal import rehearse
    from live.warm_up import warm_up

    # Sessions run side by side in threads; half the cores each keeps one from starving the rest.
    torch.set_num_threads(max(1, (os.cpu_count() or 1) // 2))
    warm_up()
    await rehearse(app)
    READY.set()
    gc.collect()
    gc.freeze()
    async with rooms.running():
        yield


def fetched(name: str, language: str) -> tuple[str, ...]:
    """The documents of a page, which the lifespan has ready."""
    from live.documents.addresses import fetched

    return fetched(name, language)


def searched() -> dict[str, str]:
    """The indices of the search, which the lifespan has ready."""
    from live.documents.addresses import searched

    return searched()


def stages() -> Stages:
    """What stages on pages of their own are made of; torch is loaded with it."""
    from live.documents.code_forms import code_answer
    from live.documents.stage_page import stage_file, stage_page

    return Stages(stage_page, stage_file, code_answer)


def halls() -> Halls:
    """What the pages of a hall are made of."""
    from live.documents import hall_page
    from live.documents.lectures import lecture_names

    return Halls(
        lecture_names(),
        hall_page.lectures_page,
        hall_page.lecture_page,
        hall_page.handout_page,
        hall_page.present_page,
        hall_page.join_page,
        hall_page.compose_page,
        hall_page.own_lecture_page,
        hall_page.own_lecture_file,
    )


rooms = Rooms(store_of_environment())
ours = [*rooms.routes(), *routes()]
app = st.App(
    SHELL,
    lifespan=lifespan,
    routes=ours,
    middleware=middleware(
        ours, fetched, searched, stages, Middleware(HallPages, halls=halls, shown=rooms.family)
    ),
)
