"""The loss that one would like to minimise: whether an answer is wrong."""

import math

import torch

from losses.arguments import (
    check_shapes,
)
from losses.precision import full_precision
from losses.reduction import Reduction, drop_weightless, reduce_loss

__all__ = [
    "zero_one_loss",
]


@full_precision
def zero_one_loss(
    prediction: torch.Tensor,
    labels: torch.Tensor,
    *,
    ignore_label: int | None = None,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """1 for every wrong answer, 0 for every right one: the mean is the error rate.

    This is what one would like to minimise and cannot: it is constant between its jumps, so its
    gradient is 0 wherever it exists, and here everywhere.

    Args:
        prediction: Predicted class numbers, of any dtype and shape (`logits.argmax(1)`, not
            logits).
        labels: True class numbers of any dtype. They have the shape of `prediction`, or a dimension
            of size 1 or a single number stands for all.
        ignore_label: Examples with this label count nothing; `None` ignores none. Nothing else can
            tell a label that is no class, as the number of classes is not known here.
        weight: Weights of the examples, non-negative, broadcastable to the losses; 0 removes an
            example.
        reduction: `"none"`, `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        0 or 1: one per example, of the shape of the larger argument, for `"none"`, otherwise a
        scalar. In the dtype that the floating ones of the arguments promote to, or the default
        dtype if both are integers; computed in float32 or better.

    Raises:
        ValueError: for shapes that do not fit, weights that are negative, not finite (seen on the
            CPU only) or do not broadcast, or an unknown `reduction`.
        TypeError: for a weight that is no tensor.

    Example:
        >>> prediction, labels = torch.tensor([0, 1, 2, 2]), torch.tensor([0, 1, 1, 2])
        >>> zero_one_loss(prediction, labels)  # one of four is wrong
        tensor(0.2500)

    Source: A. Wald, Statistical Decision Functions, Wiley, 1950.
    """
    check_shapes({"prediction": prediction, "labels": labels})
    if ignore_label is not None:
        counted = (labels != ignore_label).to(torch.float32)
        weight = counted if weight is None else weight * counted
    wrong = differs(*drop_weightless(weight, prediction, labels))
    return reduce_loss(wrong, weight, reduction)


def differs(first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
    """1 where two tensors differ, 0 where they agree, with the derivative 0 that a step has.

    NaN where one of them is NaN: nobody knows whether it would have been right.
    """
    dtype = torch.promote_types(first.dtype, second.dtype)
    if not dtype.is_floating_point:
        wide = torch.promote_types(torch.get_default_dtype(), torch.float32)
        return (first != second).to(wide)
    difference = first.to(dtype) - second.to(dtype)
    step = torch.where(difference.isnan(), math.nan, difference.sign().abs())
    return torch.where(first == second, 0, step)  # equal infinities, whose difference is NaN
