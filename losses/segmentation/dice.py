"""The Dice loss, alone and with cross-entropy."""

from typing import Literal

import torch

from losses.arguments import (
    Scalar,
    check_choice,
    check_number,
)
from losses.binary.cross_entropy import bce
from losses.precision import full_precision
from losses.reduction import Reduction, checked_price, reduce_loss
from losses.segmentation.masks import Dimensions, average, ratio, read_masks
from losses.segmentation.soft_errors import wrong_and_whole

__all__ = [
    "dice_bce_loss",
    "dice_loss",
]

Denominator = Literal["sum", "squares"]

DENOMINATORS = ("sum", "squares")


@full_precision
def dice_loss(
    probabilities: torch.Tensor,
    target: torch.Tensor,
    *,
    denominator: Denominator = "sum",
    smoothing: Scalar = 1.0,
    dim: Dimensions = (-2, -1),
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """1 minus twice the overlap over the two areas: 1 − (2 Σpg + ε) / (Σp + Σg + ε).

    Its size does not depend on how much background there is. For hard masks it is 1 − F1; for
    probabilities it is a stand-in for that, and pushes them to 0 and 1.

    An empty target with an empty prediction costs 0. With ε > 0 an empty target still pulls every
    false positive down, with a gradient of ε / (Σp + ε)²: at ε = 1 that is useful, at 1e-6 it is a
    cliff beside a plateau. With ε = 0 it costs 1, whatever the prediction, with gradient 0.

    Args:
        probabilities: Foreground probabilities p in [0, 1], after the sigmoid, such as `(…, H, W)`.
        target: Mask g in [0, 1], of any dtype, in the shape of `probabilities`; a dimension of size
            1 in one of the two stands for all.
        denominator: `"sum"` for Σp + Σg; `"squares"` for Σp² + Σg², which is what the V-Net paper
            has. Equal on hard masks, but with squares an unsure pixel costs less.
        smoothing: ε ≥ 0, in pixels; 1 is Laplace's.
        dim: Dimensions that make up one mask: the last two for pictures, (-3, -2, -1) for volumes;
            with 0 added, a whole batch is one big mask.
        weight: Non-negative, finite weights of the masks, broadcastable to the shape without `dim`;
            0 removes a mask. `None` weighs all alike.
        reduction: `"none"` (one value per mask), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Values in [0, 1], in the dtype that `probabilities` and a floating `target` promote to;
        computed in float32 or better.

    Raises:
        ValueError: for integer probabilities, values outside [0, 1], shapes that do not fit, a
            `dim` that is not there, a negative ε, an unknown denominator, a negative or infinite
            weight or one that does not broadcast, or an unknown `reduction`.
        TypeError: for probabilities or a weight that are no tensors, or an ε that is no number.

    Example:
        >>> probabilities, target = torch.tensor([[1.0, 1.0]]), torch.tensor([[1, 0]])
        >>> dice_loss(probabilities, target, smoothing=0.0)
        tensor(0.3333)
        >>> dice_loss(probabilities, target, smoothing=1.0)
        tensor(0.2500)

    Source: F. Milletari, N. Navab, S.-A. Ahmadi, V-Net, 3DV 2016 (with squares). Coefficient:
    L. R. Dice, Ecology 26(3), 1945; T. Sørensen, Biologiske Skrifter 5, 1948.
    """
    check_choice("denominator", denominator, DENOMINATORS)
    prediction, mask = read_masks(probabilities, target, weight, dim)
    loss = _dice(prediction, mask, smoothing, dim, denominator)
    return reduce_loss(loss, weight, reduction)


@full_precision
def dice_bce_loss(
    probabilities: torch.Tensor,
    target: torch.Tensor,
    *,
    dice_weight: Scalar = 1.0,
    bce_weight: Scalar = 1.0,
    smoothing: Scalar = 1.0,
    dim: Dimensions = (-2, -1),
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Dice and pixelwise cross-entropy together: the shape from one, a steady slope from the other.

    Args:
        probabilities: Foreground probabilities p in [0, 1], after the sigmoid, such as `(…, H, W)`;
            the ends behave as in `bce_loss`.
        target: Mask g in [0, 1], of any dtype, in the shape of `probabilities`; a dimension of size
            1 in one of the two stands for all.
        dice_weight: Factor ≥ 0 of the Dice loss.
        bce_weight: Factor ≥ 0 of the binary cross-entropy.
        smoothing: ε ≥ 0 of the Dice loss, in pixels.
        dim: Dimensions that make up one mask: the last two for pictures, (-3, -2, -1) for volumes;
            with 0 added, a whole batch is one big mask.
        weight: Non-negative, finite weights of the masks, broadcastable to the shape without `dim`;
            0 removes a mask. `None` weighs all alike.
        reduction: `"none"` (one value per mask), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Values ≥ 0 in the dtype that `probabilities` and a floating `target` promote to; computed in
        float32 or better.

    Raises:
        ValueError: for integer probabilities, values outside [0, 1], shapes that do not fit, a
            `dim` that is not there, a negative ε or factor, a negative or infinite weight or one
            that does not broadcast, or an unknown `reduction`.
        TypeError: for probabilities or a weight that are no tensors, or an ε or factor that is no
            number.

    Example:
        >>> probabilities, target = torch.tensor([[0.5, 0.5]]), torch.tensor([[1, 0]])
        >>> dice_bce_loss(probabilities, target, smoothing=0.0)  # 1/2 + ln 2
        tensor(1.1931)

    Source: F. Isensee, P. F. Jaeger, S. A. A. Kohl, J. Petersen, K. H. Maier-Hein, nnU-Net, Nature
    Methods 18, 2021, uses the plain sum.
    """
    prediction, mask = read_masks(probabilities, target, weight, dim)
    cross_entropy = average(bce(prediction, mask), dim)
    dice_weight = checked_price("dice_weight", dice_weight, cross_entropy)
    bce_weight = checked_price("bce_weight", bce_weight, cross_entropy)
    dice = _dice(prediction, mask, smoothing, dim)
    return reduce_loss(dice_weight * dice + bce_weight * cross_entropy, weight, reduction)


def _dice(
    prediction: torch.Tensor,
    mask: torch.Tensor,
    smoothing: Scalar,
    dim: Dimensions,
    denominator: Denominator = "sum",
) -> torch.Tensor:
    if denominator == "squares":
        errors = ((prediction - mask) ** 2).sum(dim)
        areas = (prediction * prediction + mask * mask).sum(dim)
    else:
        errors, area = wrong_and_whole(prediction, mask, dim)
        areas = area + mask.sum(dim)
    check_number("smoothing", smoothing, at_least=0, like=areas)
    return ratio(errors, areas + smoothing)
