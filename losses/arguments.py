"""Checks of arguments, each with a message that names what was given and what is allowed.

Only what is known without looking into a tensor is checked here: names, shapes, dtypes and plain
Python numbers. A check of tensor *values* would make a GPU wait, and could not be traced, so it is
made where data enters (pages, files), not in the losses.
"""

import math
from collections.abc import Sequence
from numbers import Real

import torch

Scalar = float | torch.Tensor
"""A hyper-parameter: a Python number, or a 0-dimensional tensor when it is traced or learnt."""


def check_tensor(name: str, value: torch.Tensor) -> None:
    """Raise `TypeError` for what is no tensor."""
    if not isinstance(value, torch.Tensor):
        raise TypeError(f"{name} must be a tensor; got {value!r}")


def check_floating(**tensors: torch.Tensor) -> None:
    """Raise `TypeError` for what is no tensor, `ValueError` for one of no floating dtype."""
    for name, tensor in tensors.items():
        check_tensor(name, tensor)
        if not tensor.is_floating_point():
            raise ValueError(f"{name} must have a floating dtype; got {tensor.dtype}")


def check_broadcastable(**tensors: torch.Tensor) -> None:
    """Raise `ValueError` for shapes that do not broadcast together."""
    shapes = [tuple(tensor.shape) for tensor in tensors.values()]
    try:
        torch.broadcast_shapes(*shapes)
    except RuntimeError:
        given = ", ".join(f"{name} {shape}" for name, shape in zip(tensors, shapes, strict=True))
        raise ValueError(f"shapes must broadcast together; got {given}") from None


def check_number(
    name: str,
    value: Scalar,
    *,
    above: float = -math.inf,
    at_least: float = -math.inf,
    below: float = math.inf,
    at_most: float = math.inf,
) -> None:
    """Raise `ValueError` for a number outside its range, `TypeError` for what is no number.

    Tensors pass unread.
    """
    if isinstance(value, torch.Tensor):
        return
    if not isinstance(value, Real):
        raise TypeError(f"{name} must be a number or a tensor; got {value!r}")
    # Infinity passes where no finite bound forbids it: δ = ∞ is a loss, τ = ∞ is not.
    low = at_least <= value and (value > above or above == -math.inf)
    high = value <= at_most and (value < below or below == math.inf)
    if not (low and high):
        bounds = [
            f"{sign} {bound:g}"
            for sign, bound in ((">", above), (">=", at_least), ("<", below), ("<=", at_most))
            if math.isfinite(bound)
        ]
        allowed = " ".join(["a number", " and ".join(bounds)]) if bounds else "a number"
        raise ValueError(f"{name} must be {allowed}; got {value!r}")


def check_pair(name: str, value: tuple[Scalar, Scalar], *, above: float) -> tuple[Scalar, Scalar]:
    """Two numbers, or a `ValueError` or `TypeError` that names what is wrong with them."""
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) != 2:
        raise ValueError(f"{name} must be a pair of numbers; got {value!r}")
    for i, number in enumerate(value):
        check_number(f"{name}[{i}]", number, above=above)
    return value[0], value[1]


def check_choice(name: str, value: str, choices: Sequence[str]) -> None:
    """Raise `ValueError` for a name that is not one of `choices`."""
    if value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(choices)}; got {value!r}")
