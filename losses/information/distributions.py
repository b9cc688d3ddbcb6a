"""Distributions, read and checked, and sums of their terms in nats or bits."""

import math
from typing import Literal

import torch

from losses.arguments import (
    check_choice,
    check_floating,
    check_shapes,
)
from losses.reduction import Reduction, drop_weightless, reduce_loss
from losses.values import (
    check_distribution,
)

Unit = Literal["nats", "bits"]

UNITS = ("nats", "bits")


def read_distributions(
    weight: torch.Tensor | None, **distributions: torch.Tensor
) -> tuple[torch.Tensor, ...]:
    """The distributions, checked; even ones in the place of those without a weight."""
    outcomes = _outcomes(distributions)
    if outcomes.numel() and outcomes:
        kept = drop_weightless(weight, *distributions.values(), dim=(-1,), fill=1 / outcomes[0])
        distributions = dict(zip(distributions, kept, strict=True))
    check_distribution(**distributions)
    return tuple(distributions.values())


def read_logits(weight: torch.Tensor | None, **logits: torch.Tensor) -> tuple[torch.Tensor, ...]:
    """The logits of distributions, checked; 0 in the place of those without a weight."""
    outcomes = _outcomes(logits)
    if not outcomes or not outcomes[0]:
        given = ", ".join(f"{name} {tuple(one.shape)}" for name, one in logits.items())
        raise ValueError(f"logits must have at least one outcome; got shapes {given}")
    return drop_weightless(weight, *logits.values(), dim=(-1,))


def _outcomes(tensors: dict[str, torch.Tensor]) -> torch.Size:
    """The last dimension, which all have in common."""
    check_floating(**tensors)
    sizes = [tensor.shape[-1:] for tensor in tensors.values()]
    if any(size != sizes[0] for size in sizes):  # no set: in a trace sizes are tensors
        given = ", ".join(f"{name} {tuple(one.shape)}" for name, one in tensors.items())
        raise ValueError(f"distributions must have the same number of outcomes; got shapes {given}")
    check_shapes(tensors, event=1)
    return sizes.pop()


def log_where(present: torch.Tensor, values: torch.Tensor) -> torch.Tensor:
    """log(values), and 0 with a zero gradient where `present` is 0."""
    return torch.where(present == 0, 1, values).log()


def in_unit(nats: torch.Tensor, unit: Unit) -> torch.Tensor:
    return nats if unit == "nats" else nats / math.log(2)


def reduce_in_unit(
    terms: torch.Tensor,
    unit: Unit,
    weight: torch.Tensor | None,
    reduction: Reduction,
) -> torch.Tensor:
    check_choice("unit", unit, UNITS)
    return reduce_loss(in_unit(terms.sum(-1), unit), weight, reduction)
