"""What every family's measures share: the arguments a state sets, values, gradients, readings."""

from collections.abc import Mapping
from typing import Any

import torch

from catalog import Loss

State = Mapping[str, Any]
IMAGE_SIZE = (8.0, 6.0)
"""Width and height of the box stage's picture, in its own units."""

CONTEXT: dict[str, Any] = {"image_size": IMAGE_SIZE}
"""What losses need that no state holds (`Loss.context`)."""


def keywords(loss: Loss, state: State) -> dict[str, Any]:
    """The arguments of `loss` that a state sets, and those that the page must give."""
    names = [item.name for item in (*loss.parameters, *loss.options)]
    chosen = {name: state[f"{loss.id}.{name}"] for name in names}
    return chosen | {name: CONTEXT[name] for name in loss.context}


def value_and_gradient(
    loss: Loss, prediction: torch.Tensor, target: torch.Tensor, given: Mapping[str, Any]
) -> tuple[torch.Tensor, torch.Tensor]:
    """Value and gradient of one pair."""
    leaf = prediction.detach().clone().requires_grad_()
    value = loss.call(leaf, target, **given)
    return value.detach(), torch.autograd.grad(value, leaf)[0]


def reading(
    loss: Loss,
    prediction: torch.Tensor,
    target: torch.Tensor,
    quantity: str,
    given: Mapping[str, Any],
) -> float:
    if quantity in ("value", "gradient"):
        value, gradient = value_and_gradient(loss, prediction, target, given)
        return (value if quantity == "value" else gradient.norm()).item()
    readings = loss.intermediates(prediction, target, **given)
    if quantity not in readings:
        raise ValueError(f"{loss.id} has no quantity {quantity!r}; it has {', '.join(readings)}")
    return readings[quantity].item()
