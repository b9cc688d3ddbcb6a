"""Losses of every pixel from logits, averaged over a mask: a sure mistake keeps its full slope."""

import torch

from losses.arguments import Scalar, check_number
from losses.binary.cross_entropy import bce_of_logits
from losses.binary.focal import focal_of_logits
from losses.limits import share_of
from losses.precision import full_precision
from losses.reduction import Reduction, checked_price, reduce_loss
from losses.segmentation.masks import Dimensions, read_logits
from losses.segmentation.overlap_with_logits import dice_of_logits

__all__ = [
    "dice_bce_with_logits_loss",
    "pixel_bce_with_logits_loss",
    "pixel_focal_with_logits_loss",
]


@full_precision
def pixel_bce_with_logits_loss(
    logits: torch.Tensor,
    target: torch.Tensor,
    *,
    pos_weight: Scalar = 1.0,
    label_smoothing: Scalar = 0.0,
    ignore_label: int | None = None,
    dim: Dimensions = (-2, -1),
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """`bce_with_logits_loss` of every pixel, averaged over the pixels of the mask that count.

    The gradient of a pixel is sigmoid(z) − g over their number: 1 for a logit of 18 on background,
    where `pixel_bce_loss` of the rounded sigmoid has lost it.

    Args:
        logits: Scores z before the sigmoid, unbounded, such as `(…, H, W)`.
        target: Mask g in [0, 1], of any dtype, in the shape of `logits`; a dimension of size 1 in
            one of the two stands for all.
        pos_weight: Factor ≥ 0 of the positive term: a number, or a tensor that broadcasts to the
            pixels. It does not enter the divisor of a mean.
        label_smoothing: Share ε in [0, 1] of the target that is spread evenly over both answers: g
            becomes (1 − ε) g + ε/2.
        ignore_label: Pixels with this target count nothing; `None` ignores none.
        dim: Dimensions that make up one mask: the last two for pictures, (-3, -2, -1) for volumes;
            with 0 added, a whole batch is one big mask.
        weight: Non-negative, finite weights of the masks, broadcastable to the shape without `dim`;
            0 removes a mask. `None` weighs all alike.
        reduction: `"none"` (one value per mask), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Nats per pixel, ≥ 0, in the dtype that `logits` and a floating `target` promote to; computed
        in float32 or better. 0 for a mask whose pixels are all ignored.

    Raises:
        ValueError: for integer logits, a target outside [0, 1], shapes that do not fit, a `dim`
            that is not there, a negative `pos_weight`, an ε outside [0, 1], a negative or infinite
            weight or one that does not broadcast, or an unknown `reduction`.
        TypeError: for logits or a weight that are no tensors, or a `pos_weight` or ε that is no
            number.

    Example:
        >>> logits, target = torch.tensor([[0.0, 18.0]]), torch.tensor([[1, 0]])
        >>> pixel_bce_with_logits_loss(logits, target)  # (ln 2 + 18) / 2
        tensor(9.3466)

    Source: as `pixel_bce_loss`.
    """
    logits, mask, counts = read_logits(logits, target, weight, dim, ignore_label)
    mask = _smoothed(mask, label_smoothing)
    loss = _average(bce_of_logits(logits, mask, pos_weight), counts, dim)
    return reduce_loss(loss, weight, reduction)


@full_precision
def pixel_focal_with_logits_loss(
    logits: torch.Tensor,
    target: torch.Tensor,
    *,
    alpha: Scalar | None = 0.25,
    gamma: Scalar = 2.0,
    pos_weight: Scalar = 1.0,
    label_smoothing: Scalar = 0.0,
    ignore_label: int | None = None,
    dim: Dimensions = (-2, -1),
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """`focal_loss` of every pixel, averaged over the pixels of the mask that count.

    Args:
        logits: Scores z before the sigmoid, unbounded, such as `(…, H, W)`.
        target: Mask g in [0, 1], of any dtype, in the shape of `logits`; a dimension of size 1 in
            one of the two stands for all.
        alpha: Factor α in [0, 1] of the object's pixels, 1 − α of the background's; `None` leaves
            both as they are.
        gamma: Focusing exponent γ ≥ 0; 0 gives the (α-weighted) cross-entropy.
        pos_weight: Factor ≥ 0 of the positive term: a number, or a tensor that broadcasts to the
            pixels. It does not enter the divisor of a mean.
        label_smoothing: Share ε in [0, 1] of the target that is spread evenly over both answers: g
            becomes (1 − ε) g + ε/2.
        ignore_label: Pixels with this target count nothing; `None` ignores none.
        dim: Dimensions that make up one mask: the last two for pictures, (-3, -2, -1) for volumes;
            with 0 added, a whole batch is one big mask.
        weight: Non-negative, finite weights of the masks, broadcastable to the shape without `dim`;
            0 removes a mask. `None` weighs all alike.
        reduction: `"none"` (one value per mask), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Losses per pixel, ≥ 0, in the dtype that `logits` and a floating `target` promote to;
        computed in float32 or better. 0 for a mask whose pixels are all ignored.

    Raises:
        ValueError: for integer logits, a target outside [0, 1], shapes that do not fit, a `dim`
            that is not there, an α outside [0, 1], a negative γ or `pos_weight`, an ε outside [0,
            1], a negative or infinite weight or one that does not broadcast, or an unknown
            `reduction`.
        TypeError: for logits or a weight that are no tensors, or an α, γ, `pos_weight` or ε that is
            no number.

    Example:
        >>> logits, target = torch.tensor([[0.0, 0.0]]), torch.tensor([[1, 0]])
        >>> pixel_focal_with_logits_loss(logits, target)  # half of (1/2)² ln 2
        tensor(0.0866)

    Source: as `focal_loss`.
    """
    logits, mask, counts = read_logits(logits, target, weight, dim, ignore_label)
    mask = _smoothed(mask, label_smoothing)
    loss = _average(focal_of_logits(logits, mask, alpha, gamma, pos_weight), counts, dim)
    return reduce_loss(loss, weight, reduction)


@full_precision
def dice_bce_with_logits_loss(
    logits: torch.Tensor,
    target: torch.Tensor,
    *,
    dice_weight: Scalar = 1.0,
    bce_weight: Scalar = 1.0,
    smoothing: Scalar = 1.0,
    pos_weight: Scalar = 1.0,
    ignore_label: int | None = None,
    dim: Dimensions = (-2, -1),
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """`dice_with_logits_loss` and `pixel_bce_with_logits_loss` together.

    Args:
        logits: Scores z before the sigmoid, unbounded, such as `(…, H, W)`.
        target: Mask g in [0, 1], of any dtype, in the shape of `logits`; a dimension of size 1 in
            one of the two stands for all.
        dice_weight: Factor ≥ 0 of the Dice loss.
        bce_weight: Factor ≥ 0 of the binary cross-entropy.
        smoothing: ε ≥ 0 of the Dice loss, in pixels.
        pos_weight: Factor ≥ 0 of the positive term of the cross-entropy: a number, or a tensor that
            broadcasts to the pixels.
        ignore_label: Pixels with this target count nothing; `None` ignores none.
        dim: Dimensions that make up one mask: the last two for pictures, (-3, -2, -1) for volumes;
            with 0 added, a whole batch is one big mask.
        weight: Non-negative, finite weights of the masks, broadcastable to the shape without `dim`;
            0 removes a mask. `None` weighs all alike.
        reduction: `"none"` (one value per mask), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Values ≥ 0 in the dtype that `logits` and a floating `target` promote to; computed in
        float32 or better. 0 for a mask whose pixels are all ignored.

    Raises:
        ValueError: for integer logits, a target outside [0, 1], shapes that do not fit, a `dim`
            that is not there, a negative ε or factor, a negative or infinite weight or one that
            does not broadcast, or an unknown `reduction`.
        TypeError: for logits or a weight that are no tensors, or an ε or factor that is no number.

    Example:
        >>> logits, target = torch.tensor([[0.0, 0.0]]), torch.tensor([[1, 0]])
        >>> dice_bce_with_logits_loss(logits, target, smoothing=0.0)  # 1/2 + ln 2
        tensor(1.1931)

    Source: as `dice_bce_loss`.
    """
    logits, mask, counts = read_logits(logits, target, weight, dim, ignore_label)
    cross_entropy = _average(bce_of_logits(logits, mask, pos_weight), counts, dim)
    dice_weight = checked_price("dice_weight", dice_weight, cross_entropy)
    bce_weight = checked_price("bce_weight", bce_weight, cross_entropy)
    dice = dice_of_logits(logits, mask, counts, smoothing, dim)
    losses = dice_weight * dice + share_of(bce_weight, cross_entropy)
    return reduce_loss(losses, weight, reduction)


def _smoothed(mask: torch.Tensor, label_smoothing: Scalar) -> torch.Tensor:
    check_number("label_smoothing", label_smoothing, at_least=0, at_most=1, like=mask)
    return mask + label_smoothing * (0.5 - mask)


def _average(pixels: torch.Tensor, counts: torch.Tensor, dim: Dimensions) -> torch.Tensor:
    """The mean over the pixels that count; 0 if none does."""
    return (pixels * counts).sum(dim) / counts.sum(dim).clamp(min=1)
