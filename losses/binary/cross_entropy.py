"""Binary cross-entropy, of probabilities and of logits."""

import math

import torch
from torch.nn import functional

from losses.arguments import (
    Scalar,
)
from losses.binary.arguments import (
    against,
    is_one,
    known_to_be_hard,
    read_binary,
    read_probabilities,
)
from losses.limits import share_of
from losses.precision import full_precision
from losses.reduction import Reduction, checked_price, reduce_loss
from losses.values import is_constant, known_to_be_finite, values_are_readable

__all__ = [
    "bce_loss",
    "bce_with_logits_loss",
    "weighted_bce_loss",
]


@full_precision
def bce_loss(
    probabilities: torch.Tensor,
    target: torch.Tensor,
    *,
    pos_weight: Scalar = 1.0,
    label_smoothing: Scalar = 0.0,
    ignore_label: int | None = None,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Binary cross-entropy of probabilities: −y ln p − (1 − y) ln(1 − p).

    At p = 0 or 1 on the wrong side the true value is infinite. This is PyTorch's answer: the log
    is cut at −100 and the gradient's denominator at 1e-12, so value and slope are finite but
    huge (and the slope leaves the range of float16). For training use `bce_with_logits_loss`,
    which has no such edge.

    Args:
        probabilities: p in [0, 1], after the sigmoid, of any shape and of a floating dtype.
        target: y in [0, 1], of a floating or integer dtype or boolean. It has the shape of
            `probabilities`, or a dimension of size 1 or a single number stands for all.
        pos_weight: Factor ≥ 0 of the positive term: a number, or one per label in a tensor that
            broadcasts to the losses. It does not enter the divisor of a mean.
        label_smoothing: Share ε in [0, 1] of the target that is spread evenly over both answers: y
            becomes (1 − ε) y + ε/2.
        ignore_label: Elements with this target count nothing; `None` ignores none.
        weight: Non-negative, broadcastable to the losses; 0 removes an element.
        reduction: `"none"`, `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Nats ≥ 0: one per element for `"none"`, otherwise a scalar. In the dtype that
        `probabilities` and a floating target promote to; computed in float32 or better.

    Raises:
        ValueError: for integer probabilities, shapes that do not fit, probabilities or targets
            outside [0, 1] (seen on the CPU only), a negative `pos_weight`, an ε outside [0, 1],
            weights that are negative, not finite (seen on the CPU only) or do not broadcast, or an
            unknown `reduction`.
        TypeError: for probabilities or a weight that are no tensors.

    Example:
        >>> probabilities = torch.tensor([0.5, 0.25])
        >>> bce_loss(probabilities, torch.tensor([1, 0]), reduction="none")  # ln 2 and ln 4/3
        tensor([0.6931, 0.2877])

    Source: D. R. Cox, The regression analysis of binary sequences, J. Royal Statistical Society B
    20(2), 1958.
    """
    probabilities, target, weight = read_probabilities(
        probabilities, target, weight, label_smoothing, ignore_label
    )
    pos_weight = checked_price("pos_weight", pos_weight, target)
    if is_one(pos_weight):
        return reduce_loss(bce(probabilities, target), weight, reduction)
    positive, negative = surprises(probabilities)
    loss = pos_weight * target * positive + (1 - target) * negative
    return reduce_loss(loss, weight, reduction)


@full_precision
def weighted_bce_loss(
    probabilities: torch.Tensor,
    target: torch.Tensor,
    *,
    positive_weight: Scalar = 1.0,
    negative_weight: Scalar = 1.0,
    label_smoothing: Scalar = 0.0,
    ignore_label: int | None = None,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Binary cross-entropy with prices: −w₊ y ln p − w₋ (1 − y) ln(1 − p).

    To balance classes, a class gets the *other* one's share as its weight: with 20 positives and
    80 negatives, w₊ = 0.8 and w₋ = 0.2. The two weights scale the loss; they do not enter the
    divisor of a mean.

    Args:
        probabilities: p in [0, 1], after the sigmoid, of any shape and of a floating dtype. The
            ends behave as in `bce_loss`.
        target: y in [0, 1], of a floating or integer dtype or boolean. It has the shape of
            `probabilities`, or a dimension of size 1 or a single number stands for all.
        positive_weight: w₊ ≥ 0, price of missing a positive: a number, or a tensor that broadcasts
            to the losses.
        negative_weight: w₋ ≥ 0, price of a false alarm: a number or a tensor, too.
        label_smoothing: Share ε in [0, 1] of the target that is spread evenly over both answers: y
            becomes (1 − ε) y + ε/2.
        ignore_label: Elements with this target count nothing; `None` ignores none.
        weight: Non-negative, broadcastable to the losses; 0 removes an element.
        reduction: `"none"`, `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Losses ≥ 0: one per element for `"none"`, otherwise a scalar. In the dtype that
        `probabilities` and a floating target promote to; computed in float32 or better.

    Raises:
        ValueError: for integer probabilities, shapes that do not fit, probabilities or targets
            outside [0, 1] (seen on the CPU only), a negative price, an ε outside [0, 1], weights
            that are negative, not finite (seen on the CPU only) or do not broadcast, or an unknown
            `reduction`.
        TypeError: for probabilities or a weight that are no tensors, or a price that is neither
            number nor tensor.

    Example:
        >>> probabilities, target = torch.tensor([0.5, 0.5]), torch.tensor([1, 0])
        >>> weighted_bce_loss(
        ...     probabilities, target, positive_weight=0.8, negative_weight=0.2, reduction="none"
        ... )  # 0.8 ln 2 and 0.2 ln 2
        tensor([0.5545, 0.1386])

    Source: S. Xie, Z. Tu, Holistically-Nested Edge Detection, ICCV 2015.
    """
    probabilities, target, weight = read_probabilities(
        probabilities, target, weight, label_smoothing, ignore_label
    )
    positive_weight = checked_price("positive_weight", positive_weight, target)
    negative_weight = checked_price("negative_weight", negative_weight, target)
    positive, negative = surprises(probabilities)
    loss = positive_weight * target * positive + negative_weight * (1 - target) * negative
    return reduce_loss(loss, weight, reduction)


@full_precision
def bce_with_logits_loss(
    logits: torch.Tensor,
    target: torch.Tensor,
    *,
    pos_weight: Scalar = 1.0,
    label_smoothing: Scalar = 0.0,
    ignore_label: int | None = None,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Binary cross-entropy of sigmoid(logits), computed without ever forming the sigmoid.

    Its gradient is sigmoid(z) − y: it stays near ±1 however confidently wrong the model is, where
    a rounded sigmoid would have lost it. Both log-sigmoids are evaluated for themselves, so a
    small loss keeps its digits (PyTorch's own function returns 0 for z = −50, y = 0).

    Args:
        logits: Scores z before the sigmoid, unbounded, of any shape and of a floating dtype.
        target: y in [0, 1], of a floating or integer dtype or boolean. It has the shape of
            `logits`, or a dimension of size 1 or a single number stands for all.
        pos_weight: Factor ≥ 0 of the positive term: a number, or one per label in a tensor that
            broadcasts to the losses. It does not enter the divisor of a mean.
        label_smoothing: Share ε in [0, 1] of the target that is spread evenly over both answers: y
            becomes (1 − ε) y + ε/2.
        ignore_label: Elements with this target count nothing; `None` ignores none.
        weight: Non-negative, broadcastable to the losses; 0 removes an element.
        reduction: `"none"`, `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Nats ≥ 0: one per element for `"none"`, otherwise a scalar. In the dtype that `logits` and a
        floating target promote to; computed in float32 or better.

    Raises:
        ValueError: for integer logits, shapes that do not fit, targets outside [0, 1] (seen on the
            CPU only), a negative `pos_weight`, an ε outside [0, 1], weights that are negative, not
            finite (seen on the CPU only) or do not broadcast, or an unknown `reduction`.
        TypeError: for logits or a weight that are no tensors, or a `pos_weight` that is neither
            number nor tensor.

    Example:
        >>> logits, target = torch.tensor([0.0, 0.0]), torch.tensor([1, 0])
        >>> bce_with_logits_loss(logits, target, pos_weight=3.0, reduction="none")  # 3 ln 2, ln 2
        tensor([2.0794, 0.6931])

    Source: as `bce_loss`.
    """
    logits, target, weight = read_binary(
        "logits", logits, target, weight, label_smoothing, ignore_label
    )
    return reduce_loss(bce_of_logits(logits, target, pos_weight), weight, reduction)


def bce(probabilities: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """The losses of `bce_loss`, element by element, of tensors of one shape."""
    if is_constant(target) and values_are_readable(probabilities, target):
        return functional.binary_cross_entropy(probabilities, target, reduction="none")
    # torch cuts the value at the ends, but not its slope in the target.
    positive, negative = surprises(probabilities)
    return target * positive + (1 - target) * negative


def bce_of_logits(logits: torch.Tensor, target: torch.Tensor, pos_weight: Scalar) -> torch.Tensor:
    """The losses of `bce_with_logits_loss`, of tensors of one shape."""
    pos_weight = checked_price("pos_weight", pos_weight, target)
    if known_to_be_hard(target) and known_to_be_finite(logits):
        # One share is 0, and the right answer's term is all.
        surprise = -functional.logsigmoid(-against(logits, target))
        share = pos_weight * target + (1 - target)
        return surprise if is_one(pos_weight) else share * surprise
    positive_share, negative_share = pos_weight * target, 1 - target
    positive = share_of(-positive_share, functional.logsigmoid(logits))
    negative = share_of(-negative_share, functional.logsigmoid(-logits))
    return positive + negative


def surprises(probabilities: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """−ln p and −ln(1 − p), with the ends of `bce_loss`."""
    if values_are_readable(probabilities):  # then they have been checked
        return _cut(probabilities, 1), _cut(probabilities, 0)
    # On a GPU torch answers a probability outside [0, 1], or NaN, by ending the process.
    known = (probabilities >= 0) & (probabilities <= 1)
    probabilities = torch.where(known, probabilities, 0.5)
    factor = torch.where(known, 1, math.nan)
    return factor * _cut(probabilities, 1), factor * _cut(probabilities, 0)


def _cut(probabilities: torch.Tensor, answer: float) -> torch.Tensor:
    target = torch.full_like(probabilities, answer)
    return functional.binary_cross_entropy(probabilities, target, reduction="none")
