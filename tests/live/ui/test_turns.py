"""Pages are made one after the other, and a fault in one does not keep the next from its turn."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from streamlit.testing.v1 import AppTest

from app import SHELL
from live.ui import live_page, sidebar
from live.ui.turns import TURN


def is_free() -> bool:
    """Whether somebody else could have a turn now."""

    def try_it() -> bool:
        free = TURN.acquire(blocking=False)
        if free:
            TURN.release()
        return free

    with ThreadPoolExecutor(1) as other:
        return other.submit(try_it).result()


@pytest.mark.parametrize("fault", [None, RuntimeError("a fault in a page")])
def test_a_page_is_made_in_its_turn_and_gives_it_back(monkeypatch, fault):
    free, choose = [], sidebar.choose_language

    def choose_language() -> str:
        free.append(is_free())
        if fault:
            raise fault
        return choose()

    monkeypatch.setattr(sidebar, "choose_language", choose_language)
    for _ in range(2):
        shown = AppTest.from_file(str(SHELL), default_timeout=60).run()
        assert len(shown.exception) == bool(fault)
        assert is_free()
    assert free == [False, False]


STAGE = """
from live.ui.live_page import live_page
live_page("boxes", "en", lambda state: {})
"""


def test_a_stage_is_made_in_its_turn(monkeypatch):
    free, mount = [], live_page.mount

    def watched(*given):
        free.append(is_free())
        return mount(*given)

    monkeypatch.setattr(live_page, "mount", watched)
    shown = AppTest.from_string(STAGE, default_timeout=60).run()
    assert not shown.exception
    assert free == [False]
    assert is_free()
