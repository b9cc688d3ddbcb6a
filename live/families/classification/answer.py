"""Torch's own answer to a state of the classification page."""

from typing import Any

from catalog import family
from live.families.autograd import answer_of
from live.families.base import State
from live.families.classification.inputs import setting
from live.families.loss_numbers import value_and_gradient


def answer(state: State) -> dict[str, Any]:
    """Value and gradient of every loss, in what its view moves: the state's, or its own."""
    found = {}
    for loss in family("classification"):
        program, point = setting(loss, state)
        found[loss.id] = value_and_gradient(lambda x, run=program: run(x)["value"], point)
    return answer_of(found)
