"""Box losses that add how far centres or corners lie apart."""

from typing import Literal

import torch

from losses.arguments import (
    Scalar,
)
from losses.boxes.geometry import measure_boxes
from losses.boxes.terms import cdiou_terms, diou_terms, mpdiou_terms, reduce_terms
from losses.precision import full_precision
from losses.reduction import Reduction

__all__ = [
    "cdiou_loss",
    "diou_loss",
    "mpdiou_loss",
]


@full_precision
def diou_loss(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Distance-IoU loss, 1 − IoU + ρ²/c², in [0, 2).

    ρ is the distance of the centres, c the diagonal of the smallest box around both. Not GIoU plus
    a term: the enclosing *area* does not occur.

    Args:
        prediction, target: Boxes `(..., 4)` as `(x1, y1, x2, y2)` with x1 < x2 and y1 < y2, in any
            unit, of shapes that broadcast: `(N, 1, 4)` with `(M, 4)` gives all N × M pairs.
            Integers are converted to a floating dtype.
        weight: Non-negative, broadcastable to the losses; 0 removes a pair.
        reduction: `"none"`, `"mean"` (by the sum of the weights; of no boxes 0) or `"sum"`.

    Returns:
        One loss per pair for `"none"`, otherwise a scalar, in the dtype that prediction and target
        promote to; computed in float32 or better.

    Raises:
        ValueError: if the boxes are complex or boolean, or not `(..., 4)`, shapes do not broadcast,
            a weight on the CPU is negative or not finite, or `reduction` is not one of its names.
            Values of boxes are not looked at, see `check_boxes`.
        TypeError: if prediction, target or weight is no tensor.

    Example:
        >>> prediction = torch.tensor([[0.0, 0.0, 2.0, 4.0]])
        >>> target = torch.tensor([[1.0, 0.0, 3.0, 4.0]])
        >>> diou_loss(prediction, target)
        tensor(0.7067)

    Source: Zhaohui Zheng, Ping Wang, Wei Liu, Jinze Li, Rongguang Ye, Dongwei Ren, "Distance-IoU
    Loss: Faster and Better Learning for Bounding Box Regression", AAAI 2020.
    """
    terms = diou_terms(measure_boxes(prediction, target, weight=weight))
    return reduce_terms(terms, weight, reduction)


@full_precision
def cdiou_loss(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    base: Literal["iou", "giou", "diou", "ciou"] = "iou",
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Control-Distance-IoU loss, L_base + Σ‖P_k − T_k‖/(4c), in [0, 2) for the base 1 − IoU.

    The sum runs over the four pairs of corresponding corners; c is the diagonal of the smallest
    box around both. Has kinks also where two corners coincide (gradient of that corner 0).

    Args:
        prediction, target: Boxes `(..., 4)` as `(x1, y1, x2, y2)` with x1 < x2 and y1 < y2, in any
            unit, of shapes that broadcast: `(N, 1, 4)` with `(M, 4)` gives all N × M pairs.
            Integers are converted to a floating dtype.
        base: The loss that the corner term is added to, here with its default parameters.
        weight: Non-negative, broadcastable to the losses; 0 removes a pair.
        reduction: `"none"`, `"mean"` (by the sum of the weights; of no boxes 0) or `"sum"`.

    Returns:
        One loss per pair for `"none"`, otherwise a scalar, in the dtype that prediction and target
        promote to; computed in float32 or better.

    Raises:
        ValueError: if the boxes are complex or boolean, or not `(..., 4)`, shapes do not broadcast,
            a weight on the CPU is negative or not finite, or `base` or `reduction` is not one of
            its names. Values of boxes are not looked at, see `check_boxes`.
        TypeError: if prediction, target or weight is no tensor.

    Example:
        >>> prediction = torch.tensor([[0.0, 0.0, 2.0, 4.0]])
        >>> target = torch.tensor([[1.0, 0.0, 3.0, 4.0]])
        >>> cdiou_loss(prediction, target)
        tensor(0.8667)
        >>> cdiou_loss(prediction, target, base="diou")
        tensor(0.9067)

    Source: Dong Chen, Duoqian Miao, "Control Distance IoU and Control Distance IoU Loss Function
    for Better Bounding Box Regression", arXiv 2103.11696 (2021). The coefficient 1 of the corner
    term follows the paper's formula as quoted by others; the authors' code uses 0.001 and leaves
    the prediction out of that term.
    """
    terms = cdiou_terms(measure_boxes(prediction, target, weight=weight), base)
    return reduce_terms(terms, weight, reduction)


@full_precision
def mpdiou_loss(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    image_size: tuple[Scalar, Scalar],
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """MPDIoU loss, 1 − IoU + (d₁² + d₂²)/(w² + h²), below 3 for boxes inside the image.

    d₁, d₂ are the distances of the left-top and of the right-bottom corners, w × h the size of the
    *image*: the loss changes when both boxes are scaled together, and its gradient grows with the
    distance of boxes that leave the image.

    Args:
        prediction, target: Boxes `(..., 4)` as `(x1, y1, x2, y2)` with x1 < x2 and y1 < y2, in any
            unit, of shapes that broadcast: `(N, 1, 4)` with `(M, 4)` gives all N × M pairs.
            Integers are converted to a floating dtype.
        image_size: Width and height of the image, above 0, in the unit of the boxes.
        weight: Non-negative, broadcastable to the losses; 0 removes a pair.
        reduction: `"none"`, `"mean"` (by the sum of the weights; of no boxes 0) or `"sum"`.

    Returns:
        One loss per pair for `"none"`, otherwise a scalar, in the dtype that prediction and target
        promote to; computed in float32 or better.

    Raises:
        ValueError: if the boxes are complex or boolean, or not `(..., 4)`, shapes do not broadcast,
            a weight on the CPU is negative or not finite, `image_size` is no pair of numbers above
            0, or `reduction` is not one of its names. Values of boxes are not looked at, see
            `check_boxes`.
        TypeError: if prediction, target or weight is no tensor, or one of `image_size` no number.

    Example:
        >>> prediction = torch.tensor([[0.0, 0.0, 2.0, 2.0]])
        >>> target = torch.tensor([[1.0, 0.0, 3.0, 2.0]])
        >>> mpdiou_loss(prediction, target, image_size=(4, 3))
        tensor(0.7467)

    Source: Siliang Ma, Yong Xu, "MPDIoU: A Loss for Efficient and Accurate Bounding Box
    Regression", arXiv 2307.07662 (2023).
    """
    terms = mpdiou_terms(measure_boxes(prediction, target, weight=weight), image_size)
    return reduce_terms(terms, weight, reduction)
