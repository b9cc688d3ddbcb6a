"""The geometry that the box losses share: sides, overlap, enclosing box, centres.

A box is `(x1, y1, x2, y2)` in its last dimension, left-top and right-bottom corner, in any unit.
Everything below works on *unbound* coordinates (one tensor per coordinate), so that a compiler can
fuse a loss into a single pass, and everything is branch-free.

What counts for boxes that are not proper rectangles:

- A box without area (a point, a segment) has no overlap with anything, except that *identical*
  boxes have an IoU of 1 whatever their size. Where the union has no area, IoU has no gradient.
- An inverted side (`x2 < x1`) counts as a side of length 0 at `x1`. Its gradient is that of a box
  which has just closed, so that gradient descent can open it again. `check_boxes` refuses such
  boxes where data enters; the losses do not look at values, because a GPU would have to wait.
- A coordinate that is NaN makes the losses of its pair NaN, so that the fault is seen.
- There is no absolute epsilon anywhere: boxes of 1e-4 and of 1e4 units are measured alike.
"""

from typing import NamedTuple

import torch

from losses.arguments import check_broadcastable, check_floating
from losses.precision import full_precision
from losses.reduction import drop_weightless


class BoxGeometry(NamedTuple):
    """Pairs of boxes, measured: one tensor per quantity, all of one shape.

    left … target_bottom: the corners.
    width … target_height: the sides, never negative.
    enclosing_width, enclosing_height: the sides of the smallest box around both.
    intersection, union: areas. iou: their ratio, in [0, 1].
    """

    left: torch.Tensor
    top: torch.Tensor
    right: torch.Tensor
    bottom: torch.Tensor
    target_left: torch.Tensor
    target_top: torch.Tensor
    target_right: torch.Tensor
    target_bottom: torch.Tensor
    width: torch.Tensor
    height: torch.Tensor
    target_width: torch.Tensor
    target_height: torch.Tensor
    enclosing_width: torch.Tensor
    enclosing_height: torch.Tensor
    intersection: torch.Tensor
    union: torch.Tensor
    iou: torch.Tensor


def measure_boxes(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    scale: float | torch.Tensor | None = None,
    weight: torch.Tensor | None = None,
) -> BoxGeometry:
    """Measure pairs of boxes, in the dtype that they have.

    Args:
        prediction, target: Boxes `(..., 4)` of broadcastable shapes.
        scale: Scale both boxes about their own centres by this factor first.
        weight: Weights of the pairs; those of weight 0 are measured as points at the origin.

    Raises:
        ValueError: if a tensor is not floating, holds no boxes, or the shapes do not broadcast.
    """
    _check_four_numbers("x1, y1, x2, y2", prediction=prediction, target=target)
    check_broadcastable({"prediction": prediction, "target": target})
    prediction, target = drop_weightless(weight, prediction, target, dim=(-1,))
    corners, target_corners = _corners(prediction), _corners(target)
    if scale is not None:
        corners, target_corners = _scaled(corners, scale), _scaled(target_corners, scale)
    return _measure(corners, target_corners)


def _corners(boxes: torch.Tensor) -> tuple[torch.Tensor, ...]:
    left, top, right, bottom = boxes.unbind(-1)
    return left, top, _not_before(right, left), _not_before(bottom, top)


def _not_before(last: torch.Tensor, first: torch.Tensor) -> torch.Tensor:
    # max(first, last), but with the gradient of `last` alone, exact in value: the added difference
    # is 0. The gradient of the maximum would leave an inverted side inverted for ever.
    return torch.maximum(first, last).detach() + (last - last.detach())


def _scaled(
    corners: tuple[torch.Tensor, ...], scale: float | torch.Tensor
) -> tuple[torch.Tensor, ...]:
    left, top, right, bottom = corners
    centre_x, centre_y = (left + right) / 2, (top + bottom) / 2
    reach_x, reach_y = scale * (right - left) / 2, scale * (bottom - top) / 2
    return centre_x - reach_x, centre_y - reach_y, centre_x + reach_x, centre_y + reach_y


def _measure(
    corners: tuple[torch.Tensor, ...], target_corners: tuple[torch.Tensor, ...]
) -> BoxGeometry:
    left, top, right, bottom = corners
    target_left, target_top, target_right, target_bottom = target_corners
    width, height = right - left, bottom - top
    target_width, target_height = target_right - target_left, target_bottom - target_top
    # Negative where the boxes are apart: then it is the gap between them.
    overlap_x = torch.minimum(right, target_right) - torch.maximum(left, target_left)
    overlap_y = torch.minimum(bottom, target_bottom) - torch.maximum(top, target_top)
    # max(a, b) = a + b − min(a, b) spares the other four extrema. No digits are lost: the result
    # is at least half the sum.
    enclosing_width = width + target_width - overlap_x
    enclosing_height = height + target_height - overlap_y
    intersection = overlap_x.clamp(min=0) * overlap_y.clamp(min=0)
    union = width * height + target_width * target_height - intersection
    identical = (enclosing_width - overlap_x) + (enclosing_height - overlap_y) == 0
    # Double where: the branch that is not taken must not divide by zero either, or the gradient
    # would be NaN.
    no_area = union == 0
    ratio = intersection / torch.where(no_area, 1, union)
    iou = torch.where(no_area, identical.to(ratio.dtype), ratio)
    return BoxGeometry(
        left, top, right, bottom, target_left, target_top, target_right, target_bottom,
        width, height, target_width, target_height,
        enclosing_width, enclosing_height, intersection, union, iou,
    )  # fmt: skip


def nonzero(denominator: torch.Tensor) -> torch.Tensor:
    """The denominator, which is never negative, or 1 where it is 0.

    For ratios whose numerator is 0 there, and has no gradient there, so that 0/0 becomes 0.
    """
    return torch.where(denominator == 0, 1, denominator)


def enclosing_area(geometry: BoxGeometry) -> torch.Tensor:
    """C, the area of the smallest box around both."""
    return geometry.enclosing_width * geometry.enclosing_height


def diagonal_squared(geometry: BoxGeometry) -> torch.Tensor:
    """c², the squared diagonal of the smallest box around both."""
    width, height = geometry.enclosing_width, geometry.enclosing_height
    return width * width + height * height


def centre_offset(geometry: BoxGeometry) -> tuple[torch.Tensor, torch.Tensor]:
    """Horizontal and vertical distance of the prediction's centre from the target's, signed."""
    g = geometry
    offset_x = (g.left - g.target_left) + (g.right - g.target_right)
    offset_y = (g.top - g.target_top) + (g.bottom - g.target_bottom)
    return offset_x / 2, offset_y / 2


def centre_distance_squared(geometry: BoxGeometry) -> torch.Tensor:
    """ρ², the squared distance of the two centres."""
    offset_x, offset_y = centre_offset(geometry)
    return offset_x * offset_x + offset_y * offset_y


@full_precision
def box_iou(prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Intersection over union (the Jaccard index of two boxes), the metric, in [0, 1].

    Boxes are compared one to one, with broadcasting: `(N, 4)` with `(N, 4)` gives `(N,)`. For all
    pairs, as in `torchvision.ops.box_iou`, pass `(N, 1, 4)` and `(M, 4)`, which gives `(N, M)`.

    Args:
        prediction, target: Boxes `(..., 4)` as `(x1, y1, x2, y2)` with x1 < x2 and y1 < y2, in any
            unit, of shapes that broadcast.

    Returns:
        One IoU per pair, in the dtype that prediction and target promote to; computed in float32
        or better. 0 for boxes that do not overlap and for boxes without area; 1 for identical
        boxes, also without area.

    Raises:
        ValueError: if a tensor is not floating or not `(..., 4)`, or the shapes do not broadcast.
            Values are not looked at, see `check_boxes`.
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
def corners_to_centre(boxes: torch.Tensor) -> torch.Tensor:
    """`(x1, y1, x2, y2)` to `(centre x, centre y, width, height)`, along the last dimension.

    Undone by `centre_to_corners`, up to rounding.

    Args:
        boxes: Boxes `(..., 4)` as `(x1, y1, x2, y2)`, in any unit.

    Returns:
        Boxes as `(centre x, centre y, width, height)`, of the same shape, unit and dtype; computed
        in float32 or better.

    Raises:
        ValueError: if the tensor is not floating or its last dimension is not 4. Values are not
            looked at.
        TypeError: if `boxes` is no tensor.

    Example:
        >>> corners_to_centre(torch.tensor([0.0, 0.0, 4.0, 2.0]))
        tensor([2., 1., 4., 2.])
    """
    _check_four_numbers("x1, y1, x2, y2", boxes=boxes)
    x1, y1, x2, y2 = boxes.unbind(-1)
    return torch.stack(((x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1), -1)


@full_precision
def centre_to_corners(boxes: torch.Tensor) -> torch.Tensor:
    """`(centre x, centre y, width, height)` to `(x1, y1, x2, y2)`, along the last dimension.

    Undone by `corners_to_centre`, up to rounding.

    Args:
        boxes: Boxes `(..., 4)` as `(centre x, centre y, width, height)`, in any unit.

    Returns:
        Boxes as `(x1, y1, x2, y2)`, of the same shape, unit and dtype; computed in float32 or
        better.

    Raises:
        ValueError: if the tensor is not floating or its last dimension is not 4. Values are not
            looked at.
        TypeError: if `boxes` is no tensor.

    Example:
        >>> centre_to_corners(torch.tensor([2.0, 1.0, 4.0, 2.0]))
        tensor([0., 0., 4., 2.])
    """
    _check_four_numbers("centre x, centre y, width, height", boxes=boxes)
    x, y, width, height = boxes.unbind(-1)
    return torch.stack((x - width / 2, y - height / 2, x + width / 2, y + height / 2), -1)


def check_boxes(**boxes: torch.Tensor) -> None:
    """Refuse boxes that are not rectangles, where data enters (this looks at values).

    A side of length 0 is allowed: annotations hold such boxes, and the losses can take them.

    Args:
        boxes: Boxes `(..., 4)` as `(x1, y1, x2, y2)`, in any unit, by keyword: the names stand in
            the message. On a GPU this waits for the values.

    Returns:
        `None`, if all boxes are finite with x1 <= x2 and y1 <= y2.

    Raises:
        ValueError: naming the argument, the first bad box, its coordinates, and what is allowed;
            also if a tensor is not floating or not `(..., 4)`.
        TypeError: if an argument is no tensor.

    Example:
        >>> check_boxes(prediction=torch.tensor([[0.0, 0.0, 2.0, 2.0]]))
        >>> check_boxes(target=torch.tensor([[0.0, 0.0, 2.0, 2.0], [3.0, 0.0, 1.0, 2.0]]))
        Traceback (most recent call last):
        ...
        ValueError: target[1] must be finite with x1 <= x2 and y1 <= y2; got (3.0, 0.0, 1.0, 2.0)
    """
    _check_four_numbers("x1, y1, x2, y2", **boxes)
    for name, given in boxes.items():
        proper = given.isfinite().all(-1) & (given[..., :2] <= given[..., 2:]).all(-1)
        if not proper.all():
            index = tuple((~proper).nonzero()[0].tolist())
            place = f"[{', '.join(map(str, index))}]" if index else ""
            raise ValueError(
                f"{name}{place} must be finite with x1 <= x2 and y1 <= y2; "
                f"got {tuple(given[index].tolist())}"
            )


def _check_four_numbers(meaning: str, **boxes: torch.Tensor) -> None:
    check_floating(**boxes)
    for name, given in boxes.items():
        if given.ndim == 0 or given.shape[-1] != 4:
            shape = tuple(given.shape)
            raise ValueError(f"{name} must have shape (..., 4), ({meaning}); got {shape}")
