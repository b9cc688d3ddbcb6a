"""Torch's own answer to a state of the classification page."""

from typing import Any

import torch

from catalog import Loss, family
from live.families.autograd import answer_of
from live.families.base import State
from live.families.classification.inputs import setting
from live.families.loss_numbers import value_and_gradient


def answer(state: State) -> dict[str, Any]:
    """Value and gradient of every loss, in what its view moves: the state's, or its own."""
    losses = family("classification")
    return answer_of({loss.id: _value_and_gradient(loss, state) for loss in losses})


def _value_and_gradient(loss: Loss, state: State) -> tuple[torch.Tensor, torch.Tensor]:
    program, point = setting(loss, state)
    return value_and_gradient(lambda x: program(x)["value"], point)
