"""Losses of a score that no logarithm is taken of: the hinge, and the squared error."""

import torch
from torch.nn import functional

from losses.arguments import (
    Scalar,
    check_number,
)
from losses.binary.arguments import is_one, read_binary
from losses.limits import share_of
from losses.precision import full_precision
from losses.reduction import Reduction, checked_price, reduce_loss

__all__ = [
    "hinge_loss",
    "squared_error_on_sigmoid",
]


@full_precision
def hinge_loss(
    logits: torch.Tensor,
    target: torch.Tensor,
    *,
    margin: Scalar = 1.0,
    pos_weight: Scalar = 1.0,
    label_smoothing: Scalar = 0.0,
    ignore_label: int | None = None,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """How far a score falls short of the margin on the right side: max(0, m − s z), s = 2y − 1.

    Beyond the margin the loss and its gradient are 0: what is right enough no longer pulls. That
    is what leaves a support vector machine with few support vectors.

    Args:
        logits: Scores z, unbounded, of any shape and of a floating dtype; their sign is the answer.
        target: y, 0 or 1 (not −1 or 1), of a floating or integer dtype or boolean. It has the shape
            of `logits`, or a dimension of size 1 or a single number stands for all.
        margin: m ≥ 0, in the unit of the logits: a number, or a tensor that broadcasts to the
            losses.
        pos_weight: Factor ≥ 0 of the positives: a number, or one per label in a tensor that
            broadcasts to the losses. It does not enter the divisor of a mean.
        label_smoothing: Share ε in [0, 1] of the target that is spread evenly over both answers: y
            becomes (1 − ε) y + ε/2.
        ignore_label: Elements with this target count nothing; `None` ignores none.
        weight: Non-negative, broadcastable to the losses; 0 removes an element.
        reduction: `"none"`, `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Losses ≥ 0 in the unit of the logits: one per element for `"none"`, otherwise a scalar. In
        the dtype that `logits` and a floating target promote to; computed in float32 or better. At
        the kink the gradient is 0.

    Raises:
        ValueError: for integer logits, shapes that do not fit, targets outside [0, 1] (seen on the
            CPU only), a negative margin, a negative `pos_weight`, an ε outside [0, 1], weights that
            are negative, not finite (seen on the CPU only) or do not broadcast, or an unknown
            `reduction`.
        TypeError: for logits or a weight that are no tensors, or a margin that is neither number
            nor tensor.

    Example:
        >>> logits, target = torch.tensor([0.25, 2.0, 0.5]), torch.tensor([1, 1, 0])
        >>> hinge_loss(logits, target, reduction="none")  # 1 − 0.25, nothing, 1 + 0.5
        tensor([0.7500, 0.0000, 1.5000])

    Source: C. Cortes, V. Vapnik, Support-vector networks, Machine Learning 20(3), 1995.
    """
    logits, target, weight = read_binary(
        "logits", logits, target, weight, label_smoothing, ignore_label
    )
    check_number("margin", margin, at_least=0, like=target)
    loss = functional.relu(margin - share_of(2 * target - 1, logits))
    return reduce_loss(_weighted(loss, target, pos_weight), weight, reduction)


@full_precision
def squared_error_on_sigmoid(
    logits: torch.Tensor,
    target: torch.Tensor,
    *,
    pos_weight: Scalar = 1.0,
    label_smoothing: Scalar = 0.0,
    ignore_label: int | None = None,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """(sigmoid(z) − y)²: the Brier score, and a poor teacher.

    As a score it is a proper one. As a training loss it goes quiet where it should shout: its
    gradient 2 (a − y) a (1 − a) never exceeds 8/27 and vanishes when the model is confidently
    wrong. It is not convex in z.

    Args:
        logits: Scores z before the sigmoid, unbounded, of any shape and of a floating dtype.
        target: y in [0, 1], of a floating or integer dtype or boolean. It has the shape of
            `logits`, or a dimension of size 1 or a single number stands for all.
        pos_weight: Factor ≥ 0 of the positives: a number, or one per label in a tensor that
            broadcasts to the losses. It does not enter the divisor of a mean.
        label_smoothing: Share ε in [0, 1] of the target that is spread evenly over both answers: y
            becomes (1 − ε) y + ε/2.
        ignore_label: Elements with this target count nothing; `None` ignores none.
        weight: Non-negative, broadcastable to the losses; 0 removes an element.
        reduction: `"none"`, `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Losses in [0, 1]: one per element for `"none"`, otherwise a scalar. In the dtype that
        `logits` and a floating target promote to; computed in float32 or better.

    Raises:
        ValueError: for integer logits, shapes that do not fit, targets outside [0, 1] (seen on the
            CPU only), a negative `pos_weight`, an ε outside [0, 1], weights that are negative, not
            finite (seen on the CPU only) or do not broadcast, or an unknown `reduction`.
        TypeError: for logits or a weight that are no tensors.

    Example:
        >>> logits = torch.tensor([0.0, 0.0])
        >>> squared_error_on_sigmoid(logits, torch.tensor([1.0, 0.5]), reduction="none")
        tensor([0.2500, 0.0000])

    Source: G. W. Brier, Verification of forecasts expressed in terms of probability, Monthly
    Weather Review 78(1), 1950.
    """
    logits, target, weight = read_binary(
        "logits", logits, target, weight, label_smoothing, ignore_label
    )
    error = torch.sigmoid(logits) - target
    return reduce_loss(_weighted(error * error, target, pos_weight), weight, reduction)


def _weighted(loss: torch.Tensor, target: torch.Tensor, pos_weight: Scalar) -> torch.Tensor:
    """The loss times w for a positive, times 1 for a negative, and what lies between."""
    pos_weight = checked_price("pos_weight", pos_weight, target)
    return loss if is_one(pos_weight) else loss * (pos_weight * target + (1 - target))
