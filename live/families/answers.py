"""Torch's own answer to a state of a page."""

from functools import cache
from typing import Any

from live.families import EVERY_PAGE
from live.families.base import State
from live.families.page_tables import table


def answer(name: str, state: State) -> dict[str, Any]:
    """What the family of a page answers.

    Where the page or a scene begins it is asked once: whoever comes stands there, after a restart
    all in one second, and the answer would be a third of what their page costs.
    """
    begins, answered = _beginning(name, state["scene"])
    return answered if state == begins else EVERY_PAGE[name].answer(state)


@cache
def _beginning(name: str, scene: str) -> tuple[State, dict[str, Any]]:
    """The state in which a scene begins, or the page, and the answer to it."""
    state, _ = table(name).check({"scene": scene})
    return state, EVERY_PAGE[name].answer(state)
