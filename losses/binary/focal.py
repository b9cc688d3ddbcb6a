"""Binary focal loss, of logits and of probabilities."""

import torch
from torch.nn import functional

from losses.arguments import (
    Scalar,
    check_number,
)
from losses.binary.arguments import (
    against,
    is_one,
    known_to_be_hard,
    read_binary,
    read_probabilities,
)
from losses.binary.cross_entropy import surprises
from losses.limits import focused, share_of
from losses.precision import full_precision
from losses.reduction import Reduction, checked_price, reduce_loss
from losses.values import known_to_be_finite

__all__ = [
    "focal_loss",
    "focal_loss_on_probabilities",
]

MILD_GAMMA = 5.0
"""The largest exponent of the paper."""
MODERATE = 40.0
"""Between logits of this size no power of a probability, nor its curvature, leaves float32."""


@full_precision
def focal_loss(
    logits: torch.Tensor,
    target: torch.Tensor,
    *,
    alpha: Scalar | None = 0.25,
    gamma: Scalar = 2.0,
    pos_weight: Scalar = 1.0,
    label_smoothing: Scalar = 0.0,
    ignore_label: int | None = None,
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
        pos_weight: Factor ≥ 0 of the positive term: a number, or one per label in a tensor that
            broadcasts to the losses. It does not enter the divisor of a mean.
        label_smoothing: Share ε in [0, 1] of the target that is spread evenly over both answers: y
            becomes (1 − ε) y + ε/2.
        ignore_label: Elements with this target count nothing; `None` ignores none.
        weight: Non-negative, broadcastable to the losses; 0 removes an element. A mean divides by
            them or by the number of elements, not (as RetinaNet does) by the number of positives.
        reduction: `"none"`, `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Losses ≥ 0: one per element for `"none"`, otherwise a scalar. In the dtype that `logits` and
        a floating target promote to; computed in float32 or better.

    Raises:
        ValueError: for integer logits, shapes that do not fit, targets outside [0, 1] (seen on the
            CPU only), an α outside [0, 1], a negative γ, a negative `pos_weight`, an ε outside [0,
            1], weights that are negative, not finite (seen on the CPU only) or do not broadcast, or
            an unknown `reduction`.
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
    logits, target, weight = read_binary(
        "logits", logits, target, weight, label_smoothing, ignore_label
    )
    loss = focal_of_logits(logits, target, alpha, gamma, pos_weight)
    return reduce_loss(loss, weight, reduction)


@full_precision
def focal_loss_on_probabilities(
    probabilities: torch.Tensor,
    target: torch.Tensor,
    *,
    alpha: Scalar | None = 0.25,
    gamma: Scalar = 2.0,
    pos_weight: Scalar = 1.0,
    label_smoothing: Scalar = 0.0,
    ignore_label: int | None = None,
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
        pos_weight: Factor ≥ 0 of the positive term: a number, or one per label in a tensor that
            broadcasts to the losses. It does not enter the divisor of a mean.
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
            outside [0, 1] (seen on the CPU only), an α outside [0, 1], a negative γ, a negative
            `pos_weight`, an ε outside [0, 1], weights that are negative, not finite (seen on the
            CPU only) or do not broadcast, or an unknown `reduction`.
        TypeError: for probabilities or a weight that are no tensors, or an α or γ that is neither
            number nor tensor.

    Example:
        >>> probabilities, target = torch.tensor([0.5, 0.9]), torch.tensor([1, 1])
        >>> focal_loss_on_probabilities(probabilities, target, alpha=None, reduction="none")
        tensor([0.1733, 0.0011])

    Source: as `focal_loss`.
    """
    probabilities, target, weight = read_probabilities(
        probabilities, target, weight, label_smoothing, ignore_label
    )
    pos_weight = checked_price("pos_weight", pos_weight, target)
    loss = focal(probabilities, target, alpha, gamma, pos_weight)
    return reduce_loss(loss, weight, reduction)


def focal_of_logits(
    logits: torch.Tensor,
    target: torch.Tensor,
    alpha: Scalar | None,
    gamma: Scalar,
    pos_weight: Scalar = 1.0,
) -> torch.Tensor:
    """The losses of `focal_loss`, of tensors of one shape."""
    pos_weight = checked_price("pos_weight", pos_weight, target)
    _check_focal(alpha, gamma, target)
    positive_share, negative_share = _shares(target, alpha, pos_weight)
    mild = not isinstance(gamma, torch.Tensor) and gamma <= MILD_GAMMA
    if mild and known_to_be_hard(target) and known_to_be_finite(logits, below=MODERATE):
        # One share is 0, and the right answer's term is all.
        wrong = against(logits, target)
        # Softplus is the identity beyond its threshold, which no moderate logit reaches.
        surprise = functional.softplus(wrong, threshold=MODERATE)
        return (positive_share + negative_share) * surprise * torch.sigmoid(wrong) ** gamma
    log_p, log_not_p = functional.logsigmoid(logits), functional.logsigmoid(-logits)
    positive = _term(log_p, log_not_p, positive_share, gamma)
    negative = _term(log_not_p, log_p, negative_share, gamma)
    return positive + negative


def _term(
    log_right: torch.Tensor, log_wrong: torch.Tensor, share: torch.Tensor, gamma: Scalar
) -> torch.Tensor:
    """What its share of an answer costs, by the logs of its probability and of the other's."""
    return focused(share_of(-share, log_right), log_wrong, gamma)


def focal(
    probabilities: torch.Tensor,
    target: torch.Tensor,
    alpha: Scalar | None,
    gamma: Scalar,
    pos_weight: Scalar = 1.0,
) -> torch.Tensor:
    """The losses of `focal_loss_on_probabilities`, of tensors of one shape."""
    _check_focal(alpha, gamma, target)
    # Above 0, or a power between 0 and 1 has an infinite slope there.
    least = torch.finfo(probabilities.dtype).tiny
    positive, negative = surprises(probabilities)
    positive = positive * (1 - probabilities).clamp(min=least) ** gamma
    negative = negative * probabilities.clamp(min=least) ** gamma
    positive_share, negative_share = _shares(target, alpha, pos_weight)
    return positive_share * positive + negative_share * negative


def _check_focal(alpha: Scalar | None, gamma: Scalar, target: torch.Tensor) -> None:
    check_number("gamma", gamma, at_least=0, like=target)
    if alpha is not None:
        check_number("alpha", alpha, at_least=0, at_most=1, like=target)


def _shares(
    target: torch.Tensor, alpha: Scalar | None, pos_weight: Scalar
) -> tuple[torch.Tensor, torch.Tensor]:
    """By what the terms of the positives and of the negatives are multiplied."""
    positive = target if is_one(pos_weight) else pos_weight * target
    if alpha is None:
        return positive, 1 - target
    return alpha * positive, (1 - alpha) * (1 - target)
