"""Box losses that bend another one: they move its weight to better or to worse boxes."""

from typing import Literal

import torch

from losses.arguments import (
    Scalar,
)
from losses.boxes.geometry import measure_boxes
from losses.boxes.terms import (
    alpha_iou_terms,
    focal_eiou_terms,
    iou_terms,
    reduce_terms,
    wiou_terms,
)
from losses.precision import full_precision
from losses.reduction import Reduction

__all__ = [
    "alpha_iou_loss",
    "focal_eiou_loss",
    "inner_iou_loss",
    "wiou_loss",
]


@full_precision
def alpha_iou_loss(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    alpha: Scalar = 3.0,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """α-IoU loss, 1 − IoU^α, in [0, 1].

    Args:
        prediction, target: Boxes `(..., 4)` as `(x1, y1, x2, y2)` with x1 < x2 and y1 < y2, in any
            unit, of shapes that broadcast: `(N, 1, 4)` with `(M, 4)` gives all N × M pairs.
            Integers are converted to a floating dtype.
        alpha: α > 0. Above 1, boxes of high IoU get more gradient; 1 gives `iou_loss`; below 1,
            boxes of low IoU do, without bound as IoU approaches 0 (at 0 the gradient is 0).
        weight: Non-negative, broadcastable to the losses; 0 removes a pair.
        reduction: `"none"`, `"mean"` (by the sum of the weights; of no boxes 0) or `"sum"`.

    Returns:
        One loss per pair for `"none"`, otherwise a scalar, in the dtype that prediction and target
        promote to; computed in float32 or better.

    Raises:
        ValueError: if the boxes are complex or boolean, or not `(..., 4)`, shapes do not broadcast,
            a weight on the CPU is negative or not finite, `alpha` is not above 0, or `reduction` is
            not one of its names. Values of boxes are not looked at, see `check_boxes`.
        TypeError: if prediction, target or weight is no tensor, or `alpha` no number.

    Example:
        >>> prediction = torch.tensor([[0.0, 0.0, 2.0, 2.0]])
        >>> target = torch.tensor([[1.0, 0.0, 3.0, 2.0]])
        >>> alpha_iou_loss(prediction, target, alpha=1.0)
        tensor(0.6667)
        >>> alpha_iou_loss(prediction, target, alpha=2.0)
        tensor(0.8889)

    Source: Jiabo He, Sarah Erfani, Xingjun Ma, James Bailey, Ying Chi, Xian-Sheng Hua, "Alpha-IoU:
    A Family of Power Intersection over Union Losses for Bounding Box Regression", NeurIPS 2021.
    """
    terms = alpha_iou_terms(measure_boxes(prediction, target, weight=weight), alpha)
    return reduce_terms(terms, weight, reduction)


@full_precision
def focal_eiou_loss(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    gamma: Scalar = 0.5,
    focusing: Literal["detached", "differentiated", "normalised"] = "detached",
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Focal-EIoU loss, IoU^γ · EIoU, in [0, 0.82) for γ = 0.5 (found numerically).

    The weight turns *down* boxes of low IoU, the opposite of the focal loss: a box that does not
    overlap has loss 0 and gradient 0. Pair it with an assigner that passes overlapping boxes only.

    Args:
        prediction, target: Boxes `(..., 4)` as `(x1, y1, x2, y2)` with x1 < x2 and y1 < y2, in any
            unit, of shapes that broadcast: `(N, 1, 4)` with `(M, 4)` gives all N × M pairs.
            Integers are converted to a floating dtype.
        gamma: γ ≥ 0; 0 gives `eiou_loss`.
        focusing: `"detached"` treats the weight as a constant in the backward pass.
            `"differentiated"` does not, and then pushes *against* overlap while
            IoU < γ · EIoU; at IoU = 0, where that gradient is infinite, it is set to 0.
            `"normalised"` divides the constant weights by their mean over the batch, so that the
            mean loss is Σ IoU^γ EIoU / Σ IoU^γ (with `weight`, both sums and the mean are
            weighted); a batch without any overlap gives 0.
        weight: Non-negative, broadcastable to the losses; 0 removes a pair.
        reduction: `"none"`, `"mean"` (by the sum of the weights; of no boxes 0) or `"sum"`.

    Returns:
        One loss per pair for `"none"`, otherwise a scalar, in the dtype that prediction and target
        promote to; computed in float32 or better.

    Raises:
        ValueError: if the boxes are complex or boolean, or not `(..., 4)`, shapes do not broadcast,
            a weight on the CPU is negative or not finite, `gamma` is negative, or `focusing` or
            `reduction` is not one of its names. Values of boxes are not looked at, see
            `check_boxes`.
        TypeError: if prediction, target or weight is no tensor, or `gamma` no number.

    Example:
        >>> prediction = torch.tensor([[0.0, 0.0, 2.0, 4.0]])
        >>> target = torch.tensor([[0.0, 0.0, 4.0, 4.0]])
        >>> focal_eiou_loss(prediction, target, gamma=1.0)
        tensor(0.3906)

    Source: Yi-Fan Zhang, Weiqiang Ren, Zhang Zhang, Zhen Jia, Liang Wang, Tieniu Tan, "Focal and
    Efficient IOU Loss for Accurate Bounding Box Regression", arXiv 2101.08158 (2021),
    Neurocomputing 506 (2022). Whether the paper detaches the weight was not verified; the detached
    form is the one that trains.
    """
    geometry = measure_boxes(prediction, target, weight=weight)
    terms = focal_eiou_terms(geometry, gamma, focusing, weight)
    return reduce_terms(terms, weight, reduction)


@full_precision
def inner_iou_loss(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    ratio: Scalar = 0.75,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Inner-IoU loss, 1 − IoU of both boxes scaled about their own centres, in [0, 1].

    The paper adds it to other losses as L_base + IoU − IoU_inner, that is, puts the inner IoU in
    the place of IoU and keeps the penalties of the original boxes. With L_base = 1 − IoU this is
    the loss here; for another base add `inner_iou_loss(…) − iou_loss(…)` to it.

    Args:
        prediction, target: Boxes `(..., 4)` as `(x1, y1, x2, y2)` with x1 < x2 and y1 < y2, in any
            unit, of shapes that broadcast: `(N, 1, 4)` with `(M, 4)` gives all N × M pairs.
            Integers are converted to a floating dtype.
        ratio: Scale > 0. Below 1 the boxes part sooner (steeper near a match), above 1 later, so
            that boxes which do not quite touch still have a gradient; 1 gives `iou_loss`.
        weight: Non-negative, broadcastable to the losses; 0 removes a pair.
        reduction: `"none"`, `"mean"` (by the sum of the weights; of no boxes 0) or `"sum"`.

    Returns:
        One loss per pair for `"none"`, otherwise a scalar, in the dtype that prediction and target
        promote to; computed in float32 or better.

    Raises:
        ValueError: if the boxes are complex or boolean, or not `(..., 4)`, shapes do not broadcast,
            a weight on the CPU is negative or not finite, `ratio` is not above 0, or `reduction` is
            not one of its names. Values of boxes are not looked at, see `check_boxes`.
        TypeError: if prediction, target or weight is no tensor, or `ratio` no number.

    Example:
        >>> prediction = torch.tensor([[0.0, 0.0, 2.0, 2.0]])
        >>> target = torch.tensor([[2.0, 0.0, 4.0, 2.0]])
        >>> inner_iou_loss(prediction, target, ratio=1.0)
        tensor(1.)
        >>> inner_iou_loss(prediction, target, ratio=2.0)
        tensor(0.6667)

    Source: Hao Zhang, Cong Xu, Shuaijie Zhang, "Inner-IoU: More Effective Intersection over Union
    Loss with Auxiliary Bounding Box", arXiv 2311.02877 (2023).
    """
    terms = iou_terms(measure_boxes(prediction, target, scale=ratio, weight=weight))
    return reduce_terms(terms, weight, reduction)


@full_precision
def wiou_loss(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Wise-IoU loss, version 1, exp(ρ²/c²)(1 − IoU), in [0, e).

    c² is a constant in the backward pass, so that no gradient inflates the enclosing box. Versions
    2 and 3 weigh by a running mean over the training and are not functions of two boxes.

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
        >>> wiou_loss(prediction, target)
        tensor(0.6939)

    Source: Zanjia Tong, Yuhang Chen, Zewei Xu, Rong Yu, "Wise-IoU: Bounding Box Regression Loss
    with Dynamic Focusing Mechanism", arXiv 2301.10051 (2023).
    """
    terms = wiou_terms(measure_boxes(prediction, target, weight=weight))
    return reduce_terms(terms, weight, reduction)
