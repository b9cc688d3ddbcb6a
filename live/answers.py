"""Torch's own answer to what the browser shows: every loss again, in float64, by autograd."""

import math
from collections.abc import Mapping
from typing import Any

import torch

from experiments.measures import keywords
from losses.boxes import centre_to_corners, corners_to_centre
from losses.catalog import family


def box_answer(state: Mapping[str, Any], sequence: int) -> dict[str, Any]:
    """Value and gradient of every box loss, the gradient in the coordinates of the state."""
    target = torch.tensor(state["target"], dtype=torch.float64)
    corners = torch.tensor(state["prediction"], dtype=torch.float64)
    centred = state["coordinates"] == "centre"
    start = corners_to_centre(corners) if centred else corners

    def prediction(box: torch.Tensor) -> torch.Tensor:
        return centre_to_corners(box) if centred else box

    return _answer("boxes", state, sequence, start, target, prediction)


def regression_answer(state: Mapping[str, Any], sequence: int) -> dict[str, Any]:
    """Value and derivative of every regression loss at the state's prediction."""
    start = torch.tensor(state["prediction"], dtype=torch.float64)
    target = torch.tensor(state["target"], dtype=torch.float64)
    return _answer("regression", state, sequence, start, target, lambda prediction: prediction)


def _answer(name, state, sequence, start, target, prediction) -> dict[str, Any]:
    values, gradients = {}, {}
    for loss in family(name):
        given = keywords(loss, state)
        leaf = start.clone().requires_grad_()
        value = loss.function(prediction(leaf), target, **given)
        (gradient,) = torch.autograd.grad(value, leaf)
        values[loss.id] = _json(value.item())
        gradients[loss.id] = [_json(g) for g in gradient.flatten().tolist()]
    return {"sequence": sequence, "values": values, "gradients": gradients}


def _json(value: float) -> float | None:
    """JSON has no infinity: what is not finite travels as null."""
    return value if math.isfinite(value) else None
