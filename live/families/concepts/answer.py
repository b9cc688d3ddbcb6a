"""Torch's own answer to a state of the concepts page."""

from typing import Any

import torch

from experiments.concepts import GATHERINGS, objective
from live.families.autograd import json_number
from live.families.base import State


def answer(state: State) -> dict[str, Any]:
    """Objective and gradient under every gathering."""
    points = torch.tensor(state["points"], dtype=torch.float64)
    sample = torch.zeros(len(points), dtype=torch.float64)
    values, gradients = {}, {}
    for gathering in GATHERINGS:
        line = torch.tensor([state["slope"], state["intercept"]], dtype=torch.float64)
        line.requires_grad_()
        strength = state["strength"]
        found = objective(line, points, sample, strength=strength, gathering=gathering)["value"]
        found.backward()
        values[gathering] = json_number(found.item())
        gradients[gathering] = [json_number(g) for g in line.grad.tolist()]
    return {"values": values, "gradients": gradients}
