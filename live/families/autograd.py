"""Torch's own answer to what the browser shows: every loss again, in float64, by autograd."""

from collections.abc import Callable, Mapping
from typing import Any

import torch

from catalog import family
from live.families.base import State
from live.families.loss_numbers import keywords
from live.words.number_format import json_number


def autograd_answer(
    name: str,
    state: State,
    start: torch.Tensor,
    *others: torch.Tensor,
    through: Callable[[torch.Tensor], torch.Tensor] = torch.clone,
) -> dict[str, Any]:
    """Value and gradient of every loss of a family.

    Args:
        name: The family.
        state: Sets the hyper-parameters.
        start: What the gradient is taken in.
        others: The losses' other tensors.
        through: Turns `start` into the prediction; the gradient passes through it.

    Returns:
        JSON, as `answer_of` writes it.
    """
    # A tensor of its own for each loss: one pass backwards then finds the gradients of all.
    points = {loss.id: start.detach().clone().requires_grad_() for loss in family(name)}
    values = {
        loss.id: loss.call(through(points[loss.id]), *others, **keywords(loss, state))
        for loss in family(name)
    }
    sloped = [id for id, value in values.items() if value.requires_grad]
    slopes = torch.autograd.grad([values[id] for id in sloped], [points[id] for id in sloped])
    gradients = dict(zip(sloped, slopes, strict=True))
    return answer_of(
        {
            id: (value.detach(), gradients.get(id, torch.zeros_like(start)))
            for id, value in values.items()
        }
    )


def answer_of(found: Mapping[str, tuple[torch.Tensor, torch.Tensor]]) -> dict[str, Any]:
    """JSON of values and gradients by id: `values`, and `gradients` (flat) by id."""
    return {
        "values": {id: json_number(value.item()) for id, (value, _) in found.items()},
        "gradients": {
            id: [json_number(part) for part in gradient.flatten().tolist()]
            for id, (_, gradient) in found.items()
        },
    }
