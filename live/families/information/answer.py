"""Torch's own answer to a state of the information page."""

from functools import partial
from typing import Any

import torch

from catalog import family
from experiments.information import fit
from live.families.autograd import answer_of
from live.families.base import State
from live.families.information.inputs import DIRECTIONS, distributions, fit_inputs, goal, gradient
from live.families.loss_numbers import keywords, value_and_gradient


def answer(state: State) -> dict[str, Any]:
    """Value and gradient of every quantity, the gradient in the state's coordinates; and the fit's
    two divergences where the view shows them."""
    found = {}
    _, model = distributions(state)
    for loss in family("information"):
        target = goal(loss, state)
        value = loss.call(model, target, **keywords(loss, state))
        found[loss.id] = value, gradient(loss, state, model, target)
    return answer_of(found) | ({"fit": _answer_fit(state)} if state["view"] == "gaussians" else {})


def _answer_fit(state: State) -> dict[str, Any]:
    humps = fit_inputs(state)
    start = humps.pop("prediction")

    def divergence(point: torch.Tensor, direction: str) -> torch.Tensor:
        return fit(point, **humps)[direction]

    return answer_of(
        {way: value_and_gradient(partial(divergence, direction=way), start) for way in DIRECTIONS}
    )
