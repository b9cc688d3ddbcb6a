"""Torch's own answer to a state of the classification page."""

from typing import Any

import torch

from catalog import family
from live.families.autograd import json_number
from live.families.base import State
from live.families.classification.inputs import setting


def answer(state: State) -> dict[str, Any]:
    """Value and gradient of every loss, in what its view moves: the state's, or its own."""
    values, gradients = {}, {}
    for loss in family("classification"):
        program, point = setting(loss, state)
        gradient, value = torch.func.grad_and_value(lambda x, run=program: run(x)["value"])(point)
        values[loss.id] = json_number(value.item())
        gradients[loss.id] = [json_number(g) for g in gradient.flatten().tolist()]
    return {"values": values, "gradients": gradients}
