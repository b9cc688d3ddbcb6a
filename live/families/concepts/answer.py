"""Torch's own answer to a state of the concepts page."""

from functools import partial
from typing import Any

import torch

from experiments.concepts import REDUCTIONS, objective
from live.families.autograd import answer_of
from live.families.base import State
from live.families.loss_numbers import value_and_gradient


def answer(state: State) -> dict[str, Any]:
    """Objective and gradient under every reduction."""
    points = torch.tensor(state["points"], dtype=torch.float64)
    sample = torch.zeros(len(points), dtype=torch.float64)
    line = torch.tensor([state["slope"], state["intercept"]], dtype=torch.float64)

    def training(line: torch.Tensor, reduction: str) -> torch.Tensor:
        strength = state["strength"]
        return objective(line, points, sample, strength=strength, reduction=reduction)["value"]

    return answer_of(
        {name: value_and_gradient(partial(training, reduction=name), line) for name in REDUCTIONS}
    )
