"""Losses of yes-or-no classifiers: one number per example, and a target in [0, 1].

The name of the first argument says what the model must hand over: *logits* are unbounded scores
before the sigmoid, *probabilities* come after it. Handing over the wrong one is the most common
mistake with these losses, and it raises no error.

Targets have the shape of the prediction; a dimension of size 1 in one of the two stands for all,
and a target may be a single number. They may be integers or booleans. The result has the dtype to
which the floating ones of prediction and target promote; it is computed in float32 at least, also
under autocast, and rounded once, at the end.
"""

import math

import torch
from torch.nn import functional

from losses.arguments import Scalar, check_floating, check_number, check_shapes
from losses.limits import share_of
from losses.precision import full_precision
from losses.reduction import Reduction, drop_weightless, reduce_loss
from losses.values import check_probability, check_weight, values_are_readable

__all__ = [
    "bce_loss",
    "bce_with_logits_loss",
    "focal_loss",
    "focal_loss_on_probabilities",
    "hinge_loss",
    "squared_error_on_sigmoid",
    "weighted_bce_loss",
]


@full_precision
def bce_loss(
    probabilities: torch.Tensor,
    target: torch.Tensor,
    *,
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
        weight: Non-negative, broadcastable to the losses; 0 removes an element.
        reduction: `"none"`, `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Nats ≥ 0: one per element for `"none"`, otherwise a scalar. In the dtype that
        `probabilities` and a floating target promote to; computed in float32 or better.

    Raises:
        ValueError: for integer probabilities, shapes that do not fit, probabilities or targets
            outside [0, 1] (seen on the CPU only), weights that are negative, not finite (seen on
            the CPU only) or do not broadcast, or an unknown `reduction`.
        TypeError: for probabilities or a weight that are no tensors.

    Example:
        >>> probabilities = torch.tensor([0.5, 0.25])
        >>> bce_loss(probabilities, torch.tensor([1, 0]), reduction="none")  # ln 2 and ln 4/3
        tensor([0.6931, 0.2877])

    Source: D. R. Cox, The regression analysis of binary sequences, J. Royal Statistical Society B
    20(2), 1958.
    """
    probabilities, target = _read_probabilities(probabilities, target, weight)
    return reduce_loss(bce(probabilities, target), weight, reduction)


@full_precision
def weighted_bce_loss(
    probabilities: torch.Tensor,
    target: torch.Tensor,
    *,
    positive_weight: Scalar = 1.0,
    negative_weight: Scalar = 1.0,
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
        weight: Non-negative, broadcastable to the losses; 0 removes an element.
        reduction: `"none"`, `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Losses ≥ 0: one per element for `"none"`, otherwise a scalar. In the dtype that
        `probabilities` and a floating target promote to; computed in float32 or better.

    Raises:
        ValueError: for integer probabilities, shapes that do not fit, probabilities or targets
            outside [0, 1] (seen on the CPU only), a negative price, weights that are negative, not
            finite (seen on the CPU only) or do not broadcast, or an unknown `reduction`.
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
    probabilities, target = _read_probabilities(probabilities, target, weight)
    _check_price("positive_weight", positive_weight, target)
    _check_price("negative_weight", negative_weight, target)
    positive, negative = _surprises(probabilities)
    loss = positive_weight * target * positive + negative_weight * (1 - target) * negative
    return reduce_loss(loss, weight, reduction)


@full_precision
def bce_with_logits_loss(
    logits: torch.Tensor,
    target: torch.Tensor,
    *,
    pos_weight: Scalar = 1.0,
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
        weight: Non-negative, broadcastable to the losses; 0 removes an element.
        reduction: `"none"`, `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Nats ≥ 0: one per element for `"none"`, otherwise a scalar. In the dtype that `logits` and a
        floating target promote to; computed in float32 or better.

    Raises:
        ValueError: for integer logits, shapes that do not fit, targets outside [0, 1] (seen on the
            CPU only), a negative `pos_weight`, weights that are negative, not finite (seen on the
            CPU only) or do not broadcast, or an unknown `reduction`.
        TypeError: for logits or a weight that are no tensors, or a `pos_weight` that is neither
            number nor tensor.

    Example:
        >>> logits, target = torch.tensor([0.0, 0.0]), torch.tensor([1, 0])
        >>> bce_with_logits_loss(logits, target, pos_weight=3.0, reduction="none")  # 3 ln 2, ln 2
        tensor([2.0794, 0.6931])

    Source: as `bce_loss`.
    """
    logits, target = _read_binary("logits", logits, target, weight)
    _check_price("pos_weight", pos_weight, target)
    positive = share_of(pos_weight * target, -functional.logsigmoid(logits))
    negative = share_of(1 - target, -functional.logsigmoid(-logits))
    return reduce_loss(positive + negative, weight, reduction)


@full_precision
def focal_loss(
    logits: torch.Tensor,
    target: torch.Tensor,
    *,
    alpha: Scalar | None = 0.25,
    gamma: Scalar = 2.0,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Binary cross-entropy on logits that looks away from easy examples.

    With p = sigmoid(z), a positive costs −α (1 − p)^γ ln p, a negative −(1 − α) p^γ ln(1 − p): each
    term is multiplied by the probability of the *wrong* answer to the power γ, and by α or 1 − α.
    Only γ focuses; α balances the classes. Mislabelled examples look hard, so the focus also falls
    on them.

    The power is taken in log space: the gradient is finite for every γ ≥ 0, also between 0 and 1,
    where pow() of a probability that rounds to 0 gives NaN (as torchvision does).

    Args:
        logits: Scores z before the sigmoid, unbounded, of any shape and of a floating dtype.
        target: y in [0, 1], of a floating or integer dtype or boolean. For y between 0 and 1 this
            is the expected loss of a label that is 1 with probability y. It has the shape of
            `logits`, or a dimension of size 1 or a single number stands for all.
        alpha: Factor α in [0, 1] of the positives: a number, or a tensor that broadcasts to the
            losses; `None` leaves both terms as they are.
        gamma: Focusing exponent γ ≥ 0, a number or a tensor, too; 0 gives the (α-weighted) binary
            cross-entropy.
        weight: Non-negative, broadcastable to the losses; 0 removes an element. A mean divides by
            them or by the number of elements, not (as RetinaNet does) by the number of positives.
        reduction: `"none"`, `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Losses ≥ 0: one per element for `"none"`, otherwise a scalar. In the dtype that `logits` and
        a floating target promote to; computed in float32 or better.

    Raises:
        ValueError: for integer logits, shapes that do not fit, targets outside [0, 1] (seen on the
            CPU only), an α outside [0, 1], a negative γ, weights that are negative, not finite
            (seen on the CPU only) or do not broadcast, or an unknown `reduction`.
        TypeError: for logits or a weight that are no tensors, or an α or γ that is neither number
            nor tensor.

    Example:
        >>> logits, target = torch.tensor([0.0, 0.0]), torch.tensor([1, 0])
        >>> focal_loss(logits, target, reduction="none")  # 1/4 and 3/4 of (1/2)² ln 2
        tensor([0.0433, 0.1300])
        >>> focal_loss(logits, target, alpha=None, gamma=0.0)  # ln 2
        tensor(0.6931)

    Source: T.-Y. Lin, P. Goyal, R. Girshick, K. He, P. Dollár, Focal Loss for Dense Object
    Detection, ICCV 2017.
    """
    logits, target = _read_binary("logits", logits, target, weight)
    _check_focal(alpha, gamma, target)
    log_p = functional.logsigmoid(logits)
    log_not_p = functional.logsigmoid(-logits)
    positive_share, negative_share = _shares(target, alpha)
    positive = share_of(positive_share, -log_p) * _focus(log_not_p, gamma)
    negative = share_of(negative_share, -log_not_p) * _focus(log_p, gamma)
    return reduce_loss(positive + negative, weight, reduction)


@full_precision
def focal_loss_on_probabilities(
    probabilities: torch.Tensor,
    target: torch.Tensor,
    *,
    alpha: Scalar | None = 0.25,
    gamma: Scalar = 2.0,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """`focal_loss` where the sigmoid has already been applied.

    A positive costs −α (1 − p)^γ ln p, a negative −(1 − α) p^γ ln(1 − p).

    Args:
        probabilities: p in [0, 1], after the sigmoid, of any shape and of a floating dtype. At p =
            0 or 1 on the wrong side value and slope are cut as in `bce_loss`; for training use
            `focal_loss`.
        target: y in [0, 1], of a floating or integer dtype or boolean. It has the shape of
            `probabilities`, or a dimension of size 1 or a single number stands for all.
        alpha: Factor α in [0, 1] of the positives: a number, or a tensor that broadcasts to the
            losses; `None` leaves both terms as they are.
        gamma: Focusing exponent γ ≥ 0, a number or a tensor, too; 0 gives the (α-weighted) binary
            cross-entropy.
        weight: Non-negative, broadcastable to the losses; 0 removes an element.
        reduction: `"none"`, `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Losses ≥ 0: one per element for `"none"`, otherwise a scalar. In the dtype that
        `probabilities` and a floating target promote to; computed in float32 or better.

    Raises:
        ValueError: for integer probabilities, shapes that do not fit, probabilities or targets
            outside [0, 1] (seen on the CPU only), an α outside [0, 1], a negative γ, weights that
            are negative, not finite (seen on the CPU only) or do not broadcast, or an unknown
            `reduction`.
        TypeError: for probabilities or a weight that are no tensors, or an α or γ that is neither
            number nor tensor.

    Example:
        >>> probabilities, target = torch.tensor([0.5, 0.9]), torch.tensor([1, 1])
        >>> focal_loss_on_probabilities(probabilities, target, alpha=None, reduction="none")
        tensor([0.1733, 0.0011])

    Source: as `focal_loss`.
    """
    probabilities, target = _read_probabilities(probabilities, target, weight)
    loss = focal(probabilities, target, alpha, gamma)
    return reduce_loss(loss, weight, reduction)


@full_precision
def hinge_loss(
    logits: torch.Tensor,
    target: torch.Tensor,
    *,
    margin: Scalar = 1.0,
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
        weight: Non-negative, broadcastable to the losses; 0 removes an element.
        reduction: `"none"`, `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Losses ≥ 0 in the unit of the logits: one per element for `"none"`, otherwise a scalar. In
        the dtype that `logits` and a floating target promote to; computed in float32 or better. At
        the kink the gradient is 0.

    Raises:
        ValueError: for integer logits, shapes that do not fit, targets outside [0, 1] (seen on the
            CPU only), a negative margin, weights that are negative, not finite (seen on the CPU
            only) or do not broadcast, or an unknown `reduction`.
        TypeError: for logits or a weight that are no tensors, or a margin that is neither number
            nor tensor.

    Example:
        >>> logits, target = torch.tensor([0.25, 2.0, 0.5]), torch.tensor([1, 1, 0])
        >>> hinge_loss(logits, target, reduction="none")  # 1 − 0.25, nothing, 1 + 0.5
        tensor([0.7500, 0.0000, 1.5000])

    Source: C. Cortes, V. Vapnik, Support-vector networks, Machine Learning 20(3), 1995.
    """
    logits, target = _read_binary("logits", logits, target, weight)
    check_number("margin", margin, at_least=0, like=target)
    loss = functional.relu(margin - (2 * target - 1) * logits)
    return reduce_loss(loss, weight, reduction)


@full_precision
def squared_error_on_sigmoid(
    logits: torch.Tensor,
    target: torch.Tensor,
    *,
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
        weight: Non-negative, broadcastable to the losses; 0 removes an element.
        reduction: `"none"`, `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Losses in [0, 1]: one per element for `"none"`, otherwise a scalar. In the dtype that
        `logits` and a floating target promote to; computed in float32 or better.

    Raises:
        ValueError: for integer logits, shapes that do not fit, targets outside [0, 1] (seen on the
            CPU only), weights that are negative, not finite (seen on the CPU only) or do not
            broadcast, or an unknown `reduction`.
        TypeError: for logits or a weight that are no tensors.

    Example:
        >>> logits = torch.tensor([0.0, 0.0])
        >>> squared_error_on_sigmoid(logits, torch.tensor([1.0, 0.5]), reduction="none")
        tensor([0.2500, 0.0000])

    Source: G. W. Brier, Verification of forecasts expressed in terms of probability, Monthly
    Weather Review 78(1), 1950.
    """
    logits, target = _read_binary("logits", logits, target, weight)
    error = torch.sigmoid(logits) - target
    return reduce_loss(error * error, weight, reduction)


def bce(probabilities: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """The losses of `bce_loss`, element by element, of tensors of one shape."""
    if values_are_readable(probabilities):  # then they have been checked
        return functional.binary_cross_entropy(probabilities, target, reduction="none")
    # On a GPU torch answers a probability outside [0, 1], or NaN, by ending the process.
    known = (probabilities >= 0) & (probabilities <= 1)
    loss = functional.binary_cross_entropy(
        torch.where(known, probabilities, 0.5), target, reduction="none"
    )
    return torch.where(known, loss, math.nan)


def focal(
    probabilities: torch.Tensor, target: torch.Tensor, alpha: Scalar | None, gamma: Scalar
) -> torch.Tensor:
    """The losses of `focal_loss_on_probabilities`, of tensors of one shape."""
    _check_focal(alpha, gamma, target)
    # Above 0, or a power between 0 and 1 has an infinite slope there.
    least = torch.finfo(probabilities.dtype).tiny
    positive, negative = _surprises(probabilities)
    positive = positive * (1 - probabilities).clamp(min=least) ** gamma
    negative = negative * probabilities.clamp(min=least) ** gamma
    positive_share, negative_share = _shares(target, alpha)
    return positive_share * positive + negative_share * negative


def _read_binary(
    name: str, prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Both in one shape and dtype, and 0 where there is no weight."""
    check_floating(**{name: prediction})
    check_shapes({name: prediction, "target": target})
    both = torch.broadcast_tensors(prediction, target.to(prediction.dtype))
    prediction, target = drop_weightless(weight, *both)
    check_probability(target=target)
    return prediction, target


def _read_probabilities(
    probabilities: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None
) -> tuple[torch.Tensor, torch.Tensor]:
    probabilities, target = _read_binary("probabilities", probabilities, target, weight)
    check_probability(probabilities=probabilities)
    return probabilities, target


def _surprises(probabilities: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """−ln p and −ln(1 − p), with the ends of `bce_loss`."""
    ones = torch.ones_like(probabilities)
    return bce(probabilities, ones), bce(probabilities, torch.zeros_like(probabilities))


def _check_price(name: str, price: Scalar, target: torch.Tensor) -> None:
    """A factor ≥ 0 of one of the two terms; as a tensor it is a weight, but for its zeros."""
    check_number(name, price, at_least=0, like=target)
    if isinstance(price, torch.Tensor):
        check_weight(**{name: price})


def _check_focal(alpha: Scalar | None, gamma: Scalar, target: torch.Tensor) -> None:
    check_number("gamma", gamma, at_least=0, like=target)
    if alpha is not None:
        check_number("alpha", alpha, at_least=0, at_most=1, like=target)


def _focus(log_wrong: torch.Tensor, gamma: Scalar) -> torch.Tensor:
    # The lowest finite number instead of −∞: γ = 0 times it is 0, not NaN.
    return torch.exp(gamma * log_wrong.clamp(min=torch.finfo(log_wrong.dtype).min))


def _shares(target: torch.Tensor, alpha: Scalar | None) -> tuple[torch.Tensor, torch.Tensor]:
    """By what the terms of the positives and of the negatives are multiplied."""
    if alpha is None:
        return target, 1 - target
    return alpha * target, (1 - alpha) * (1 - target)
