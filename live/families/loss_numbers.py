"""What one loss gives for a state: its keywords, value, gradient and readings."""

from collections.abc import Callable, Mapping
from typing import Any

import torch

from catalog import Loss
from live.families.base import State
from live.tape.context import CONTEXT


def keywords(loss: Loss, state: State) -> dict[str, Any]:
    """The arguments of `loss` that a state sets, and those that the page must give."""
    names = [p.name for p in loss.parameters] + [option.name for option in loss.options]
    chosen = {name: state[f"{loss.id}.{name}"] for name in names}
    return chosen | {name: CONTEXT[name] for name in loss.context}


def value_and_gradient(
    function: Callable[[torch.Tensor], torch.Tensor], point: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Value and gradient of a function of one tensor; the gradient is 0 where the value does not
    depend on the tensor by any slope."""
    leaf = point.detach().clone().requires_grad_()
    value = function(leaf)
    if not value.requires_grad:
        return value, torch.zeros_like(point)
    return value.detach(), torch.autograd.grad(value, leaf)[0]


def reading(
    loss: Loss, point: torch.Tensor, *others: torch.Tensor, name: str, given: Mapping[str, Any]
) -> float:
    """The "value", the length of the "gradient" in the first tensor, or a reading of a loss."""
    if name in ("value", "gradient"):
        value, gradient = value_and_gradient(lambda x: loss.call(x, *others, **given), point)
        return (value if name == "value" else gradient.norm()).item()
    return named(name, loss.intermediates(point, *others, **given), loss.id)


def named(name: str, found: Mapping[str, torch.Tensor], whose: str) -> float:
    """The quantity of that name.

    Raises:
        ValueError: there is none.
    """
    if name not in found:
        raise ValueError(f"{whose} has no quantity {name!r}; it has {', '.join(found)}")
    return found[name].item()
