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
    check_floating(**distributions)
    sizes = {tensor.shape[-1:] for tensor in distributions.values()}
    if len(sizes) > 1:
        given = ", ".join(f"{name} {tuple(one.shape)}" for name, one in distributions.items())
        raise ValueError(f"distributions must have the same number of outcomes; got {given}")
    check_shapes(distributions, event=1)
    (outcomes,) = sizes
    if outcomes.numel() and outcomes:
        kept = drop_weightless(weight, *distributions.values(), dim=(-1,), fill=1 / outcomes[0])
        distributions = dict(zip(distributions, kept, strict=True))
    check_distribution(**distributions)
    return tuple(distributions.values())


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
