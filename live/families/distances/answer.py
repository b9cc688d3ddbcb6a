"""Torch's own answer to a state of the distances page."""

from typing import Any

import torch

from catalog import Loss, family
from live.families.autograd import answer_of
from live.families.base import State
from live.families.distances.inputs import inputs
from live.families.loss_numbers import keywords, value_and_gradient


def answer(state: State) -> dict[str, Any]:
    """Value and gradient (flat) of every loss."""
    return answer_of({loss.id: _value_and_gradient(loss, state) for loss in family("distances")})


def _value_and_gradient(loss: Loss, state: State) -> tuple[torch.Tensor, torch.Tensor]:
    prediction, target = inputs(loss, state)
    given = keywords(loss, state)
    return value_and_gradient(lambda x: loss.call(x, target, **given), prediction)
