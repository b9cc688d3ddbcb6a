"""Losses of every pixel, averaged over a mask."""

import torch

from losses.arguments import (
    Scalar,
)
from losses.binary.cross_entropy import bce
from losses.binary.focal import focal
from losses.precision import full_precision
from losses.reduction import Reduction, reduce_loss
from losses.segmentation.masks import Dimensions, average, read_masks

__all__ = [
    "pixel_bce_loss",
    "pixel_focal_loss",
]


@full_precision
def pixel_bce_loss(
    probabilities: torch.Tensor,
    target: torch.Tensor,
    *,
    dim: Dimensions = (-2, -1),
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Binary cross-entropy of every pixel, averaged over the mask.

    Every pixel counts alike, so a large background outvotes a small object.

    Args:
        probabilities: Foreground probabilities p in [0, 1], after the sigmoid, such as `(…, H, W)`;
            the ends behave as in `bce_loss`.
        target: Mask g in [0, 1], of any dtype, in the shape of `probabilities`; a dimension of size
            1 in one of the two stands for all.
        dim: Dimensions that make up one mask: the last two for pictures, (-3, -2, -1) for volumes;
            with 0 added, a whole batch is one big mask.
        weight: Non-negative, finite weights of the masks, broadcastable to the shape without `dim`;
            0 removes a mask. `None` weighs all alike.
        reduction: `"none"` (one value per mask), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Nats per pixel, ≥ 0, in the dtype that `probabilities` and a floating `target` promote to;
        computed in float32 or better. 0 for a mask without pixels.

    Raises:
        ValueError: for integer probabilities, values outside [0, 1], shapes that do not fit, a
            `dim` that is not there, a negative or infinite weight or one that does not broadcast,
            or an unknown `reduction`.
        TypeError: for probabilities or a weight that are no tensors.

    Example:
        >>> probabilities, target = torch.tensor([[0.5, 0.5]]), torch.tensor([[1, 0]])
        >>> pixel_bce_loss(probabilities, target)  # ln 2
        tensor(0.6931)

    Source: as `bce_loss`; on pixels: O. Ronneberger, P. Fischer, T. Brox, U-Net, MICCAI 2015.
    """
    prediction, mask = read_masks(probabilities, target, weight, dim)
    loss = average(bce(prediction, mask), dim)
    return reduce_loss(loss, weight, reduction)


@full_precision
def pixel_focal_loss(
    probabilities: torch.Tensor,
    target: torch.Tensor,
    *,
    alpha: Scalar | None = 0.25,
    gamma: Scalar = 2.0,
    dim: Dimensions = (-2, -1),
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Focal loss of every pixel, averaged over the mask: the easy background falls silent.

    Args:
        probabilities: Foreground probabilities p in [0, 1], after the sigmoid, such as `(…, H, W)`;
            the ends behave as in `bce_loss`.
        target: Mask g in [0, 1], of any dtype, in the shape of `probabilities`; a dimension of size
            1 in one of the two stands for all.
        alpha: Factor α in [0, 1] of the foreground, 1 − α of the background; `None` for none.
        gamma: Focusing exponent γ ≥ 0; 0 is the cross-entropy.
        dim: Dimensions that make up one mask: the last two for pictures, (-3, -2, -1) for volumes;
            with 0 added, a whole batch is one big mask.
        weight: Non-negative, finite weights of the masks, broadcastable to the shape without `dim`;
            0 removes a mask. `None` weighs all alike.
        reduction: `"none"` (one value per mask), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        A loss per pixel, ≥ 0, in the dtype that `probabilities` and a floating `target` promote to;
        computed in float32 or better. 0 for a mask without pixels.

    Raises:
        ValueError: for integer probabilities, values outside [0, 1], shapes that do not fit, a
            `dim` that is not there, α outside [0, 1], a negative γ, a negative or infinite weight
            or one that does not broadcast, or an unknown `reduction`.
        TypeError: for probabilities or a weight that are no tensors, or an α or γ that is no
            number.

    Example:
        >>> probabilities, target = torch.tensor([[0.5, 0.5]]), torch.tensor([[1, 0]])
        >>> pixel_focal_loss(probabilities, target, alpha=None, gamma=2.0)  # ln 2 / 4
        tensor(0.1733)

    Source: T.-Y. Lin, P. Goyal, R. Girshick, K. He, P. Dollár, Focal Loss for Dense Object
    Detection, ICCV 2017.
    """
    prediction, mask = read_masks(probabilities, target, weight, dim)
    loss = average(focal(prediction, mask, alpha, gamma), dim)
    return reduce_loss(loss, weight, reduction)
