"""Box losses that also compare sides or aspect ratios."""

from typing import Literal

import torch

from losses.arguments import (
    Scalar,
)
from losses.boxes.geometry import measure_boxes
from losses.boxes.terms import ciou_terms, eiou_terms, reduce_terms, shape_iou_terms, siou_terms
from losses.precision import full_precision
from losses.reduction import Reduction

__all__ = [
    "ciou_loss",
    "eiou_loss",
    "shape_iou_loss",
    "siou_loss",
]


@full_precision
def ciou_loss(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    trade_off: Literal["constant", "gated", "differentiated"] = "constant",
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Complete-IoU loss, 1 − IoU + ρ²/c² + αv, in [0, 2.5).

    v = (4/π²)(atan(W/H) − atan(w/h))² compares the aspect ratios of target (W, H) and prediction
    (w, h), α = v/(1 − IoU + v) weighs it. No rotation is involved.

    Args:
        prediction, target: Boxes `(..., 4)` as `(x1, y1, x2, y2)` with x1 < x2 and y1 < y2, in any
            unit, of shapes that broadcast: `(N, 1, 4)` with `(M, 4)` gives all N × M pairs.
            Integers are converted to a floating dtype.
        trade_off: Implementations disagree about α in the backward pass. `"constant"` treats it
            as a constant (the first paper's code, torchvision); `"gated"` also sets it to 0, and
            with it the value of the term, where IoU < 0.5 (the journal version); in
            `"differentiated"` the gradient runs through it. The value differs for `"gated"` only.
        weight: Non-negative, broadcastable to the losses; 0 removes a pair.
        reduction: `"none"`, `"mean"` (by the sum of the weights; of no boxes 0) or `"sum"`.

    Returns:
        One loss per pair for `"none"`, otherwise a scalar, in the dtype that prediction and target
        promote to; computed in float32 or better.

    Raises:
        ValueError: if the boxes are complex or boolean, or not `(..., 4)`, shapes do not broadcast,
            a weight on the CPU is negative or not finite, or `trade_off` or `reduction` is not one
            of its names. Values of boxes are not looked at, see `check_boxes`.
        TypeError: if prediction, target or weight is no tensor.

    Example:
        >>> prediction = torch.tensor([[0.0, 0.0, 4.0, 2.0]])
        >>> target = torch.tensor([[0.0, 0.0, 2.0, 4.0]])
        >>> ciou_loss(prediction, target)
        tensor(0.7629)
        >>> ciou_loss(prediction, target, trade_off="gated")
        tensor(0.7292)

    Source: Zhaohui Zheng, Ping Wang, Wei Liu, Jinze Li, Rongguang Ye, Dongwei Ren, "Distance-IoU
    Loss: Faster and Better Learning for Bounding Box Regression", AAAI 2020. Gate: Zheng, Wang,
    Ren, Liu, Ye, Hu, Zuo, IEEE Transactions on Cybernetics 52(8) (arXiv 2005.03572).
    """
    terms = ciou_terms(measure_boxes(prediction, target, weight=weight), trade_off)
    return reduce_terms(terms, weight, reduction)


@full_precision
def eiou_loss(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Efficient-IoU loss, 1 − IoU + ρ²/c² + (w − W)²/C_w² + (h − H)²/C_h², in [0, 3.25).

    Compares width and height one by one, over the sides C_w, C_h of the enclosing box, where CIoU
    compares their ratio. Other losses share the abbreviation ("Extended IoU" in mmdetection).

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
        >>> target = torch.tensor([[0.0, 0.0, 4.0, 4.0]])
        >>> eiou_loss(prediction, target)
        tensor(0.7812)

    Source: Yi-Fan Zhang, Weiqiang Ren, Zhang Zhang, Zhen Jia, Liang Wang, Tieniu Tan, "Focal and
    Efficient IOU Loss for Accurate Bounding Box Regression", arXiv 2101.08158 (2021),
    Neurocomputing 506 (2022).
    """
    terms = eiou_terms(measure_boxes(prediction, target, weight=weight))
    return reduce_terms(terms, weight, reduction)


@full_precision
def siou_loss(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    theta: Scalar = 4.0,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """SIoU loss, 1 − IoU + (Δ + Ω)/2, in [0, 2.03) for θ = 4.

    Δ = Σ 1 − exp(−γρ_t) over t = x, y, with ρ_t the squared offset of the centres over the squared
    enclosing side and γ = 2 − sin 2α, α the angle of the line through the centres: an offset
    along an axis costs most. Ω = Σ (1 − exp(−ω_t))^θ over width and height, with ω_t the
    difference of the sides over the larger one.

    mmdetection's default has the opposite sign in the exponent of Δ, which rewards distance.

    Args:
        prediction, target: Boxes `(..., 4)` as `(x1, y1, x2, y2)` with x1 < x2 and y1 < y2, in any
            unit, of shapes that broadcast: `(N, 1, 4)` with `(M, 4)` gives all N × M pairs.
            Integers are converted to a floating dtype.
        theta: θ ≥ 1, how little small differences of the sides matter.
        weight: Non-negative, broadcastable to the losses; 0 removes a pair.
        reduction: `"none"`, `"mean"` (by the sum of the weights; of no boxes 0) or `"sum"`.

    Returns:
        One loss per pair for `"none"`, otherwise a scalar, in the dtype that prediction and target
        promote to; computed in float32 or better.

    Raises:
        ValueError: if the boxes are complex or boolean, or not `(..., 4)`, shapes do not broadcast,
            a weight on the CPU is negative or not finite, `theta` is below 1, or `reduction` is not
            one of its names. Values of boxes are not looked at, see `check_boxes`.
        TypeError: if prediction, target or weight is no tensor, or `theta` no number.

    Example:
        >>> prediction = torch.tensor([[1.0, 0.0, 3.0, 4.0]])
        >>> target = torch.tensor([[0.0, 0.0, 4.0, 4.0]])
        >>> siou_loss(prediction, target, theta=1.0)
        tensor(0.6967)

    Source: Zhora Gevorgyan, "SIoU Loss: More Powerful Learning for Bounding Box Regression",
    arXiv 2205.12740 (2022).
    """
    terms = siou_terms(measure_boxes(prediction, target, weight=weight), theta)
    return reduce_terms(terms, weight, reduction)


@full_precision
def shape_iou_loss(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    scale: Scalar = 0.0,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Shape-IoU loss, in [0, 2.16) for scale 0: distance and shape weighted by the target's shape.

    1 − IoU + (h'Δx² + w'Δy²)/c² + ½ Σ (1 − exp(−ω_t))⁴ with w' = 2W^s/(W^s + H^s),
    h' = 2H^s/(W^s + H^s), ω_w = h'|w − W|/max(w, W) and ω_h = w'|h − H|/max(h, H), where W × H is
    the target: an offset along the short side of the target costs more. The weights are constants
    in the backward pass. A target without any side has weights of 1.

    Args:
        prediction, target: Boxes `(..., 4)` as `(x1, y1, x2, y2)` with x1 < x2 and y1 < y2, in any
            unit, of shapes that broadcast: `(N, 1, 4)` with `(M, 4)` gives all N × M pairs.
            Integers are converted to a floating dtype.
        scale: s ≥ 0; 0 weighs both directions alike.
        weight: Non-negative, broadcastable to the losses; 0 removes a pair.
        reduction: `"none"`, `"mean"` (by the sum of the weights; of no boxes 0) or `"sum"`.

    Returns:
        One loss per pair for `"none"`, otherwise a scalar, in the dtype that prediction and target
        promote to; computed in float32 or better.

    Raises:
        ValueError: if the boxes are complex or boolean, or not `(..., 4)`, shapes do not broadcast,
            a weight on the CPU is negative or not finite, `scale` is negative, or `reduction` is
            not one of its names. Values of boxes are not looked at, see `check_boxes`.
        TypeError: if prediction, target or weight is no tensor, or `scale` no number.

    Example:
        >>> prediction = torch.tensor([[0.0, 3.0, 3.0, 4.0]])
        >>> target = torch.tensor([[0.0, 0.0, 3.0, 1.0]])
        >>> shape_iou_loss(prediction, target)
        tensor(1.3600)
        >>> shape_iou_loss(prediction, target, scale=1.0)
        tensor(1.5400)

    Source: Hao Zhang, Shuaijie Zhang, "Shape-IoU: More Accurate Metric considering Bounding Box
    Shape and Scale", arXiv 2312.17663 (2023).
    """
    terms = shape_iou_terms(measure_boxes(prediction, target, weight=weight), scale)
    return reduce_terms(terms, weight, reduction)
