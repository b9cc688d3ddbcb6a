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

from losses.arguments import (
    check_broadcastable,
    check_number,
)
from losses.boxes.formats import read_boxes
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
        scale: Scale both boxes about their own centres by this factor > 0 first: the `ratio` of
            `inner_iou_loss`.
        weight: Weights of the pairs; those of weight 0 are measured as points at the origin.

    Raises:
        ValueError: if a tensor is complex or boolean, holds no boxes, or the shapes do not
            broadcast.
    """
    prediction, target = read_boxes("x1, y1, x2, y2", prediction=prediction, target=target)
    check_broadcastable({"prediction": prediction, "target": target})
    prediction, target = drop_weightless(weight, prediction, target, dim=(-1,))
    corners, target_corners = _corners(prediction), _corners(target)
    if scale is not None:
        pairs, _ = torch.broadcast_tensors(corners[0], target_corners[0])
        check_number("ratio", scale, above=0, like=pairs)
        corners, target_corners = _scaled(corners, scale), _scaled(target_corners, scale)
    return _measure(corners, target_corners)


def _corners(boxes: torch.Tensor) -> tuple[torch.Tensor, ...]:
    left, top, right, bottom = by_coordinate(boxes)
    return left, top, _not_before(right, left), _not_before(bottom, top)


def by_coordinate(boxes: torch.Tensor) -> tuple[torch.Tensor, ...]:
    """One tensor per coordinate, in the way that suits who reads them.

    Compiled for a CPU, boxes are copied so that one coordinate lies after the other: steps of four
    numbers cannot be vectorised, and least of all where the gradient is written, so that one copy
    each way makes the whole pass more than twice as fast. Boxes that lie so already stay.

    Compiled for a GPU, each coordinate is selected by itself. What unbinds them is gathered again
    in the backward pass by a kernel that reads every intermediate result once for each coordinate,
    and lets the compiler keep the ordered corners beside the boxes: a third more time altogether.
    """
    if torch.compiler.is_compiling() and boxes.device.type != "cpu":
        return tuple(boxes.select(-1, coordinate) for coordinate in range(4))
    if torch.compiler.is_compiling() and boxes.ndim > 1:
        boxes = boxes.mT.contiguous().mT
    return boxes.unbind(-1)


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
