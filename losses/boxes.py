"""Losses between bounding boxes.

All of them are called alike, `loss(prediction, target, *, weight=None, reduction="mean")`:

- `prediction`, `target`: boxes `(..., 4)`, `(x1, y1, x2, y2)` with x1 < x2 and y1 < y2, in any
  unit, of broadcastable shapes: `(N, 1, 4)` with `(M, 4)` gives all N × M pairs.
- `weight`: one non-negative weight per pair, broadcastable to the losses.
- `reduction`: `"none"` returns one loss per pair, `"sum"` the sum, `"mean"` the mean, weighted
  with the weights; the mean of no boxes is 0.
- The result has the dtype of the boxes. float16 and bfloat16 are computed and reduced in float32.
- `ValueError` for an integer dtype, a last dimension other than 4, shapes that do not broadcast, a
  hyper-parameter or a name that is not allowed; `TypeError` for boxes or weights that are no
  tensors and hyper-parameters that are no numbers. Values of boxes are not looked at, because a GPU
  would have to wait: call `check_boxes` where data enters.

None is convex; all have kinks, where edges of the two boxes align or where the boxes touch. Where
two edges align, the gradient is the mean of both sides, so that it is exactly 0 at a match.

Degenerate boxes (see `losses.box_geometry`) give finite losses, except for `log_iou_loss`, and
identical boxes give 0, be they points. Gradients stay bounded: with s the larger of the two widths
(the width of the enclosing box if both are 0), |∂L/∂x| ≤ 10/s for the default parameters, and 0 if
s is 0; the same holds for y and heights. The exceptions:

- `log_iou_loss` divides by IoU;
- `ciou_loss` may add 4/(π√(w² + h²)), which grows as the *prediction* shrinks; at a point it is 0;
- the angle of `siou_loss` couples the axes: the smaller positive s bounds both;
- `mpdiou_loss` divides by the image, not by the boxes;
- powers of IoU below 1 (`alpha_iou_loss`, `focal_eiou_loss` with `focusing="differentiated"`) are
  steep as IoU approaches 0.
"""

from functools import reduce
from operator import add
from typing import Literal

import torch

from losses.arguments import Scalar, check_number
from losses.box_geometry import (
    box_iou,
    centre_to_corners,
    check_boxes,
    corners_to_centre,
    measure_boxes,
)
from losses.box_terms import (
    Terms,
    alpha_iou_terms,
    cdiou_terms,
    ciou_terms,
    diou_terms,
    eiou_terms,
    focal_eiou_terms,
    giou_terms,
    iou_terms,
    log_iou_terms,
    mpdiou_terms,
    shape_iou_terms,
    siou_terms,
    wiou_terms,
)
from losses.precision import full_precision
from losses.reduction import Reduction, reduce_loss

__all__ = [
    "alpha_iou_loss",
    "box_iou",
    "cdiou_loss",
    "centre_to_corners",
    "check_boxes",
    "ciou_loss",
    "corners_to_centre",
    "diou_loss",
    "eiou_loss",
    "focal_eiou_loss",
    "giou_loss",
    "inner_iou_loss",
    "iou_loss",
    "log_iou_loss",
    "mpdiou_loss",
    "shape_iou_loss",
    "siou_loss",
    "wiou_loss",
]


def _reduced(terms: Terms, weight: torch.Tensor | None, reduction: Reduction) -> torch.Tensor:
    return reduce_loss(reduce(add, terms.values()), weight, reduction)


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
        weight: Non-negative, broadcastable to the losses; 0 removes a pair.
        reduction: `"none"`, `"mean"` (by the sum of the weights; of no boxes 0) or `"sum"`.

    Returns:
        One loss per pair for `"none"`, otherwise a scalar, in the dtype that prediction and target
        promote to; computed in float32 or better.

    Raises:
        ValueError: if the boxes are not floating or not `(..., 4)`, shapes do not broadcast, a
            weight on the CPU is negative or not finite, or `reduction` is not one of its names.
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
    return _reduced(terms, weight, reduction)


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
        weight: Non-negative, broadcastable to the losses; 0 removes a pair.
        reduction: `"none"`, `"mean"` (by the sum of the weights; of no boxes 0) or `"sum"`.

    Returns:
        One loss per pair for `"none"`, otherwise a scalar, in the dtype that prediction and target
        promote to; computed in float32 or better.

    Raises:
        ValueError: if the boxes are not floating or not `(..., 4)`, shapes do not broadcast, a
            weight on the CPU is negative or not finite, or `reduction` is not one of its names.
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
    return _reduced(terms, weight, reduction)


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
        weight: Non-negative, broadcastable to the losses; 0 removes a pair.
        reduction: `"none"`, `"mean"` (by the sum of the weights; of no boxes 0) or `"sum"`.

    Returns:
        One loss per pair for `"none"`, otherwise a scalar, in the dtype that prediction and target
        promote to; computed in float32 or better.

    Raises:
        ValueError: if the boxes are not floating or not `(..., 4)`, shapes do not broadcast, a
            weight on the CPU is negative or not finite, or `reduction` is not one of its names.
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
    return _reduced(terms, weight, reduction)


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
        weight: Non-negative, broadcastable to the losses; 0 removes a pair.
        reduction: `"none"`, `"mean"` (by the sum of the weights; of no boxes 0) or `"sum"`.

    Returns:
        One loss per pair for `"none"`, otherwise a scalar, in the dtype that prediction and target
        promote to; computed in float32 or better.

    Raises:
        ValueError: if the boxes are not floating or not `(..., 4)`, shapes do not broadcast, a
            weight on the CPU is negative or not finite, or `reduction` is not one of its names.
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
    return _reduced(terms, weight, reduction)


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
        ValueError: if the boxes are not floating or not `(..., 4)`, shapes do not broadcast, a
            weight on the CPU is negative or not finite, or `trade_off` or `reduction` is not one of
            its names. Values of boxes are not looked at, see `check_boxes`.
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
    return _reduced(terms, weight, reduction)


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
        weight: Non-negative, broadcastable to the losses; 0 removes a pair.
        reduction: `"none"`, `"mean"` (by the sum of the weights; of no boxes 0) or `"sum"`.

    Returns:
        One loss per pair for `"none"`, otherwise a scalar, in the dtype that prediction and target
        promote to; computed in float32 or better.

    Raises:
        ValueError: if the boxes are not floating or not `(..., 4)`, shapes do not broadcast, a
            weight on the CPU is negative or not finite, or `reduction` is not one of its names.
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
    return _reduced(terms, weight, reduction)


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
        ValueError: if the boxes are not floating or not `(..., 4)`, shapes do not broadcast, a
            weight on the CPU is negative or not finite, `gamma` is negative, or `focusing` or
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
    return _reduced(terms, weight, reduction)


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
        base: The loss that the corner term is added to, here with its default parameters.
        weight: Non-negative, broadcastable to the losses; 0 removes a pair.
        reduction: `"none"`, `"mean"` (by the sum of the weights; of no boxes 0) or `"sum"`.

    Returns:
        One loss per pair for `"none"`, otherwise a scalar, in the dtype that prediction and target
        promote to; computed in float32 or better.

    Raises:
        ValueError: if the boxes are not floating or not `(..., 4)`, shapes do not broadcast, a
            weight on the CPU is negative or not finite, or `base` or `reduction` is not one of its
            names. Values of boxes are not looked at, see `check_boxes`.
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
    return _reduced(terms, weight, reduction)


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
        theta: θ ≥ 1, how little small differences of the sides matter.
        weight: Non-negative, broadcastable to the losses; 0 removes a pair.
        reduction: `"none"`, `"mean"` (by the sum of the weights; of no boxes 0) or `"sum"`.

    Returns:
        One loss per pair for `"none"`, otherwise a scalar, in the dtype that prediction and target
        promote to; computed in float32 or better.

    Raises:
        ValueError: if the boxes are not floating or not `(..., 4)`, shapes do not broadcast, a
            weight on the CPU is negative or not finite, `theta` is below 1, or `reduction` is not
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
    return _reduced(terms, weight, reduction)


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
        weight: Non-negative, broadcastable to the losses; 0 removes a pair.
        reduction: `"none"`, `"mean"` (by the sum of the weights; of no boxes 0) or `"sum"`.

    Returns:
        One loss per pair for `"none"`, otherwise a scalar, in the dtype that prediction and target
        promote to; computed in float32 or better.

    Raises:
        ValueError: if the boxes are not floating or not `(..., 4)`, shapes do not broadcast, a
            weight on the CPU is negative or not finite, or `reduction` is not one of its names.
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
    return _reduced(terms, weight, reduction)


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
        image_size: Width and height of the image, above 0, in the unit of the boxes.
        weight: Non-negative, broadcastable to the losses; 0 removes a pair.
        reduction: `"none"`, `"mean"` (by the sum of the weights; of no boxes 0) or `"sum"`.

    Returns:
        One loss per pair for `"none"`, otherwise a scalar, in the dtype that prediction and target
        promote to; computed in float32 or better.

    Raises:
        ValueError: if the boxes are not floating or not `(..., 4)`, shapes do not broadcast, a
            weight on the CPU is negative or not finite, `image_size` is no pair of numbers above 0,
            or `reduction` is not one of its names. Values of boxes are not looked at, see
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
    return _reduced(terms, weight, reduction)


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
        alpha: α > 0. Above 1, boxes of high IoU get more gradient; 1 gives `iou_loss`; below 1,
            boxes of low IoU do, without bound as IoU approaches 0 (at 0 the gradient is 0).
        weight: Non-negative, broadcastable to the losses; 0 removes a pair.
        reduction: `"none"`, `"mean"` (by the sum of the weights; of no boxes 0) or `"sum"`.

    Returns:
        One loss per pair for `"none"`, otherwise a scalar, in the dtype that prediction and target
        promote to; computed in float32 or better.

    Raises:
        ValueError: if the boxes are not floating or not `(..., 4)`, shapes do not broadcast, a
            weight on the CPU is negative or not finite, `alpha` is not above 0, or `reduction` is
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
    return _reduced(terms, weight, reduction)


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
        ratio: Scale > 0. Below 1 the boxes part sooner (steeper near a match), above 1 later, so
            that boxes which do not quite touch still have a gradient; 1 gives `iou_loss`.
        weight: Non-negative, broadcastable to the losses; 0 removes a pair.
        reduction: `"none"`, `"mean"` (by the sum of the weights; of no boxes 0) or `"sum"`.

    Returns:
        One loss per pair for `"none"`, otherwise a scalar, in the dtype that prediction and target
        promote to; computed in float32 or better.

    Raises:
        ValueError: if the boxes are not floating or not `(..., 4)`, shapes do not broadcast, a
            weight on the CPU is negative or not finite, `ratio` is not above 0, or `reduction` is
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
    geometry = measure_boxes(prediction, target, scale=ratio, weight=weight)
    check_number("ratio", ratio, above=0, like=geometry.iou)
    terms = iou_terms(geometry)
    return _reduced(terms, weight, reduction)


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
        scale: s ≥ 0; 0 weighs both directions alike.
        weight: Non-negative, broadcastable to the losses; 0 removes a pair.
        reduction: `"none"`, `"mean"` (by the sum of the weights; of no boxes 0) or `"sum"`.

    Returns:
        One loss per pair for `"none"`, otherwise a scalar, in the dtype that prediction and target
        promote to; computed in float32 or better.

    Raises:
        ValueError: if the boxes are not floating or not `(..., 4)`, shapes do not broadcast, a
            weight on the CPU is negative or not finite, `scale` is negative, or `reduction` is not
            one of its names. Values of boxes are not looked at, see `check_boxes`.
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
    return _reduced(terms, weight, reduction)
