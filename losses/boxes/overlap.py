"""How much of two boxes overlaps: IoU, the losses 1 − IoU and −ln IoU, and GIoU."""

import torch

from losses.boxes.geometry import measure_boxes
from losses.boxes.terms import giou_terms, iou_terms, log_iou_terms, reduce_terms
from losses.precision import full_precision
from losses.reduction import Reduction

__all__ = [
    "box_iou",
    "giou_loss",
    "iou_loss",
    "log_iou_loss",
]


@full_precision
def box_iou(prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Intersection over union (the Jaccard index of two boxes), the metric, in [0, 1].

    Boxes are compared one to one, with broadcasting: `(N, 4)` with `(N, 4)` gives `(N,)`. For all
    pairs, as in `torchvision.ops.box_iou`, pass `(N, 1, 4)` and `(M, 4)`, which gives `(N, M)`.

    Args:
        prediction, target: Boxes `(..., 4)` as `(x1, y1, x2, y2)` with x1 < x2 and y1 < y2, in any
            unit, of shapes that broadcast. Integers are converted to a floating dtype.

    Returns:
        One IoU per pair, in the dtype that prediction and target promote to; computed in float32
        or better. 0 for boxes that do not overlap and for boxes without area; 1 for identical
        boxes, also without area.

    Raises:
        ValueError: if a tensor is complex or boolean, or not `(..., 4)`, or the shapes do not
            broadcast. Values are not looked at, see `check_boxes`.
        TypeError: if prediction or target is no tensor.

    Example:
        >>> prediction = torch.tensor([[0.0, 0.0, 2.0, 2.0]])
        >>> target = torch.tensor([[1.0, 0.0, 3.0, 2.0], [0.0, 0.0, 2.0, 2.0]])
        >>> box_iou(prediction, target)
        tensor([0.3333, 1.0000])

    Source: P. Jaccard, 1901, who compared sets of plants by it.
    """
    return measure_boxes(prediction, target).iou


@full_precision
def iou_loss(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """IoU (Jaccard) loss, 1 − IoU, in [0, 1].

    Flat at 1, with a gradient of exactly 0, wherever the boxes do not overlap.

    Often credited to UnitBox, whose own form is `log_iou_loss`.

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
        >>> prediction = torch.tensor([[0.0, 0.0, 2.0, 2.0]])
        >>> target = torch.tensor([[1.0, 0.0, 3.0, 2.0]])
        >>> iou_loss(prediction, target)
        tensor(0.6667)

    Source: Jiahui Yu, Yuning Jiang, Zhangyang Wang, Zhimin Cao, Thomas Huang, "UnitBox: An
    Advanced Object Detection Network", ACM Multimedia 2016.
    """
    terms = iou_terms(measure_boxes(prediction, target, weight=weight))
    return reduce_terms(terms, weight, reduction)


@full_precision
def log_iou_loss(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """The IoU loss of UnitBox, −ln IoU, in [0, ∞].

    Where IoU is 0 it is +∞, as the formula says, with a gradient of 0 (never NaN). A weight of 0
    takes such a box out of a sum or a mean.

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
        >>> prediction = torch.tensor([[0.0, 0.0, 2.0, 2.0]])
        >>> target = torch.tensor([[1.0, 0.0, 3.0, 2.0]])
        >>> log_iou_loss(prediction, target)
        tensor(1.0986)

    Source: Jiahui Yu, Yuning Jiang, Zhangyang Wang, Zhimin Cao, Thomas Huang, "UnitBox: An
    Advanced Object Detection Network", ACM Multimedia 2016.
    """
    terms = log_iou_terms(measure_boxes(prediction, target, weight=weight))
    return reduce_terms(terms, weight, reduction)


@full_precision
def giou_loss(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Generalized-IoU loss, 1 − IoU + (C − U)/C, in [0, 2).

    C is the area of the smallest box around both, U the area of their union. Equals `iou_loss`
    where one box contains the other.

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
        >>> prediction = torch.tensor([[0.0, 0.0, 2.0, 2.0]])
        >>> target = torch.tensor([[3.0, 0.0, 5.0, 2.0]])
        >>> giou_loss(prediction, target)
        tensor(1.2000)

    Source: Hamid Rezatofighi, Nathan Tsoi, JunYoung Gwak, Amir Sadeghian, Ian Reid, Silvio
    Savarese, "Generalized Intersection over Union: A Metric and a Loss for Bounding Box
    Regression", CVPR 2019.
    """
    terms = giou_terms(measure_boxes(prediction, target, weight=weight))
    return reduce_terms(terms, weight, reduction)
