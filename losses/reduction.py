"""How the losses of a batch become one number, and what a weight is."""

import math
from typing import Literal

import torch

from losses.arguments import (
    Scalar,
    check_choice,
    check_number,
    check_shape_of_part,
    check_tensor,
)
from losses.values import check_weight, values_are_readable

Reduction = Literal["none", "mean", "sum"]
REDUCTIONS = ("none", "mean", "sum")


def reduce_loss(
    loss: torch.Tensor,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Weight and reduce elementwise losses.

    One rule holds for every loss of this package: a weighted mean divides by the *sum of the
    weights*, so that multiplying all weights by the same number changes nothing. (PyTorch's
    `cross_entropy` and `mse_loss` do the same; its `huber_loss` and binary cross-entropies divide
    by the number of elements instead.)

    Args:
        loss: Losses of any shape.
        weight: Non-negative, finite weights, broadcastable to `loss` and not beyond; `None` weighs
            all alike. A weight of 0 removes its loss, even one that is infinite or NaN.
        reduction: `"none"` returns the weighted losses, `"sum"` their sum, `"mean"` the mean.
            The mean of nothing, and a mean whose weights are all zero, is 0 with a zero
            gradient, so that an empty batch does not poison a training run.

    Returns:
        A tensor of the shape of `loss` for `"none"`, otherwise a scalar, in the dtype of `loss`.

    Raises:
        ValueError: if `reduction` is none of the three names, or `weight` does not broadcast to
            the shape of `loss`, or is negative or not finite. (Where its values cannot be read,
            see `losses.values`, a negative weight makes its loss NaN.)
        TypeError: if `weight` is no tensor.
    """
    check_choice("reduction", reduction, REDUCTIONS)
    if weight is None:
        if reduction == "none":
            return loss
        return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)
    _check_shape(weight, loss.shape)
    weight = checked_weight("weight", weight.to(loss.dtype))
    loss = torch.where(weight == 0, 0, loss) * weight
    if reduction == "none":
        return loss
    if reduction == "sum":
        return loss.sum()
    total = weight.expand_as(loss).sum()
    return loss.sum() / torch.where(total == 0, 1, total)


def drop_weightless(
    weight: torch.Tensor | None,
    *tensors: torch.Tensor,
    dim: tuple[int, ...] = (),
    fill: float = 0,
) -> tuple[torch.Tensor, ...]:
    """The tensors with `fill` in every sample whose weight is 0.

    Such a sample is never looked at: an infinity or a NaN in it reaches neither the loss nor, as
    0 · ∞, a gradient.

    Args:
        weight: Weights of the samples as `reduce_loss` takes them; `None` changes nothing.
        tensors: Tensors that broadcast together, to which they are expanded.
        dim: The dimensions that make up one sample.
        fill: A value for which the loss has all its derivatives.
    """
    if weight is None:
        return tensors
    tensors = torch.broadcast_tensors(*tensors)
    rank = tensors[0].ndim
    inner = sorted(d % rank for d in dim)
    samples = torch.Size(size for d, size in enumerate(tensors[0].shape) if d not in inner)
    _check_shape(weight, samples)
    without = (weight == 0).expand(samples)
    for d in inner:
        without = without.unsqueeze(d)
    return tuple(torch.where(without, fill, tensor) for tensor in tensors)


def checked_weight(name: str, weight: torch.Tensor) -> torch.Tensor:
    """The weights, if they are finite and not negative.

    Where their values cannot be read, a negative one becomes NaN, so that it shows.
    """
    check_weight(**{name: weight})
    return weight if values_are_readable(weight) else torch.where(weight >= 0, weight, math.nan)


def checked_price(name: str, price: Scalar, losses: torch.Tensor) -> Scalar:
    """A factor ≥ 0 of one term of the losses; as a tensor it is held to the rules of weights."""
    check_number(name, price, at_least=0, like=losses)
    return checked_weight(name, price) if isinstance(price, torch.Tensor) else price


def _check_shape(weight: torch.Tensor, shape: torch.Size) -> None:
    check_tensor("weight", weight)
    check_shape_of_part("weight", weight, "losses", shape)
