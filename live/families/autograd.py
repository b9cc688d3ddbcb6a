"""Torch's own answer to what the browser shows: every loss again, in float64, by autograd."""

import math
from collections.abc import Callable, Mapping
from typing import Any

import torch

from catalog import family
from live.families.loss_numbers import keywords


def autograd_answer(
    name: str,
    state: Mapping[str, Any],
    start: torch.Tensor,
    others: Mapping[str, torch.Tensor],
    *,
    through: Callable[[torch.Tensor], torch.Tensor] = lambda prediction: prediction,
) -> dict[str, Any]:
    """Value and gradient of every loss of a family.

    Args:
        name: The family.
        state: Sets the hyper-parameters.
        start: What the gradient is taken in.
        others: The losses' other tensors, by keyword.
        through: Turns `start` into the prediction; the gradient passes through it.

    Returns:
        JSON: `values` and `gradients` (flat) by id, each as `json_number` writes it.
    """
    values, gradients = {}, {}
    for loss in family(name):
        leaf = start.clone().requires_grad_()
        value = loss.call(through(leaf), **others, **keywords(loss, state))
        (gradient,) = torch.autograd.grad(value, leaf)
        values[loss.id] = json_number(value.item())
        gradients[loss.id] = [json_number(g) for g in gradient.flatten().tolist()]
    return {"values": values, "gradients": gradients}


def json_number(value: float) -> float | str | None:
    """A number for JSON, which knows neither: infinity by the name that JavaScript gives it, NaN as
    null."""
    if math.isfinite(value):
        return value
    return None if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
