"""Overlap losses of masks, from logits: the sigmoid is applied inside."""

import torch

from losses.arguments import Scalar, check_choice, check_number
from losses.precision import full_precision
from losses.reduction import Reduction, reduce_loss
from losses.segmentation.dice import DENOMINATORS, Denominator
from losses.segmentation.masks import Dimensions, ratio, read_logits
from losses.segmentation.tversky import tversky_of_counts

__all__ = [
    "dice_with_logits_loss",
    "tversky_with_logits_loss",
]


@full_precision
def dice_with_logits_loss(
    logits: torch.Tensor,
    target: torch.Tensor,
    *,
    denominator: Denominator = "sum",
    smoothing: Scalar = 1.0,
    ignore_label: int | None = None,
    dim: Dimensions = (-2, -1),
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """`dice_loss` of sigmoid(logits), with both p and 1 − p computed from the logit.

    Where p rounds to 1, what is missing keeps its digits. The gradient still holds the slope
    p (1 − p) of the sigmoid and vanishes where the model is sure, be it wrong: for training add a
    cross-entropy, as `dice_bce_with_logits_loss` does.

    Args:
        logits: Scores z before the sigmoid, unbounded, such as `(…, H, W)`.
        target: Mask g in [0, 1], of any dtype, in the shape of `logits`; a dimension of size 1 in
            one of the two stands for all.
        denominator: `"sum"` for Σp + Σg; `"squares"` for Σp² + Σg².
        smoothing: ε ≥ 0, in pixels; what it does to empty masks is told in `dice_loss`.
        ignore_label: Pixels with this target count nothing; `None` ignores none.
        dim: Dimensions that make up one mask: the last two for pictures, (-3, -2, -1) for volumes;
            with 0 added, a whole batch is one big mask.
        weight: Non-negative, finite weights of the masks, broadcastable to the shape without `dim`;
            0 removes a mask. `None` weighs all alike.
        reduction: `"none"` (one value per mask), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Values in [0, 1], in the dtype that `logits` and a floating `target` promote to; computed in
        float32 or better. 0 for a mask whose pixels are all ignored.

    Raises:
        ValueError: for integer logits, a target outside [0, 1], shapes that do not fit, a `dim`
            that is not there, a negative ε, an unknown denominator, a negative or infinite weight
            or one that does not broadcast, or an unknown `reduction`.
        TypeError: for logits or a weight that are no tensors, or an ε that is no number.

    Example:
        >>> logits, target = torch.tensor([[0.0, 0.0]]), torch.tensor([[1, 0]])
        >>> dice_with_logits_loss(logits, target, smoothing=0.0)
        tensor(0.5000)
        >>> dice_with_logits_loss(logits, torch.tensor([[1, 255]]), ignore_label=255)  # 0.5 / 2.5
        tensor(0.2000)

    Source: as `dice_loss`.
    """
    check_choice("denominator", denominator, DENOMINATORS)
    logits, mask, counts = read_logits(logits, target, weight, dim, ignore_label)
    loss = dice_of_logits(logits, mask, counts, smoothing, dim, denominator)
    return reduce_loss(loss, weight, reduction)


@full_precision
def tversky_with_logits_loss(
    logits: torch.Tensor,
    target: torch.Tensor,
    *,
    fp_weight: Scalar = 0.3,
    fn_weight: Scalar = 0.7,
    smoothing: Scalar = 1.0,
    ignore_label: int | None = None,
    dim: Dimensions = (-2, -1),
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """`tversky_loss` of sigmoid(logits), with both p and 1 − p computed from the logit.

    Prices of 1 and 1 make it the Jaccard loss, ½ and ½ the Dice loss (with twice the ε).

    Args:
        logits: Scores z before the sigmoid, unbounded, such as `(…, H, W)`.
        target: Mask g in [0, 1], of any dtype, in the shape of `logits`; a dimension of size 1 in
            one of the two stands for all.
        fp_weight: a ≥ 0, price of a false positive, Σ p (1 − g).
        fn_weight: b ≥ 0, price of a false negative, Σ (1 − p) g.
        smoothing: ε ≥ 0, in pixels; what it does to empty masks is told in `dice_loss`.
        ignore_label: Pixels with this target count nothing; `None` ignores none.
        dim: Dimensions that make up one mask: the last two for pictures, (-3, -2, -1) for volumes;
            with 0 added, a whole batch is one big mask.
        weight: Non-negative, finite weights of the masks, broadcastable to the shape without `dim`;
            0 removes a mask. `None` weighs all alike.
        reduction: `"none"` (one value per mask), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Values in [0, 1], in the dtype that `logits` and a floating `target` promote to; computed in
        float32 or better. 0 for a mask whose pixels are all ignored.

    Raises:
        ValueError: for integer logits, a target outside [0, 1], shapes that do not fit, a `dim`
            that is not there, a negative ε or price, a negative or infinite weight or one that does
            not broadcast, or an unknown `reduction`.
        TypeError: for logits or a weight that are no tensors, or an ε or price that is no number.

    Example:
        >>> logits, target = torch.tensor([[0.0, 0.0]]), torch.tensor([[1, 0]])
        >>> tversky_with_logits_loss(logits, target, smoothing=0.0)  # (0.15 + 0.35) / 1
        tensor(0.5000)

    Source: as `tversky_loss`.
    """
    logits, mask, counts = read_logits(logits, target, weight, dim, ignore_label)
    hits, alarms, misses = _soft_counts(*_sigmoids(logits, counts), mask, dim)
    loss = tversky_of_counts(hits, alarms, misses, fp_weight, fn_weight, smoothing)
    return reduce_loss(loss, weight, reduction)


def dice_of_logits(
    logits: torch.Tensor,
    mask: torch.Tensor,
    counts: torch.Tensor,
    smoothing: Scalar,
    dim: Dimensions,
    denominator: Denominator = "sum",
) -> torch.Tensor:
    """The Dice losses of masks whose pixels count or not."""
    present, absent = _sigmoids(logits, counts)
    hits, alarms, misses = _soft_counts(present, absent, mask, dim)
    check_number("smoothing", smoothing, at_least=0, like=hits)
    if denominator == "squares":
        errors = (present * (1 - mask) - absent * mask).square().sum(dim)
        areas = (present * present + mask * mask).sum(dim)
        return ratio(errors, areas + smoothing)
    return ratio(alarms + misses, 2 * hits + alarms + misses + smoothing)


def _sigmoids(logits: torch.Tensor, counts: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """p and 1 − p of the pixels that count; 0 for both of the others."""
    return torch.sigmoid(logits) * counts, torch.sigmoid(-logits) * counts


def _soft_counts(
    present: torch.Tensor, absent: torch.Tensor, mask: torch.Tensor, dim: Dimensions
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """True positives, false positives and false negatives."""
    hits, alarms, misses = present * mask, present * (1 - mask), absent * mask
    return hits.sum(dim), alarms.sum(dim), misses.sum(dim)
