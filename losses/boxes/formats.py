"""Boxes as they are written down: by their corners or by their centre, and a check of them."""

from typing import Literal

import torch

from losses.arguments import check_choice, check_tensor
from losses.precision import full_precision

BoxFormat = Literal["xyxy", "xywh", "cxcywh"]

_FORMATS = {
    "xyxy": "x1, y1, x2, y2",
    "xywh": "x1, y1, width, height",
    "cxcywh": "centre x, centre y, width, height",
}

__all__ = [
    "box_convert",
    "centre_to_corners",
    "check_boxes",
    "corners_to_centre",
]


@full_precision
def corners_to_centre(boxes: torch.Tensor) -> torch.Tensor:
    """`(x1, y1, x2, y2)` to `(centre x, centre y, width, height)`, along the last dimension.

    Undone by `centre_to_corners`, up to rounding.

    Args:
        boxes: Boxes `(..., 4)` as `(x1, y1, x2, y2)`, in any unit; integers are converted to the
            default dtype.

    Returns:
        Boxes as `(centre x, centre y, width, height)`, of the same shape, unit and dtype; computed
        in float32 or better.

    Raises:
        ValueError: if the tensor is complex or boolean, or its last dimension is not 4. Values are
            not looked at.
        TypeError: if `boxes` is no tensor.

    Example:
        >>> corners_to_centre(torch.tensor([0.0, 0.0, 4.0, 2.0]))
        tensor([2., 1., 4., 2.])
    """
    (boxes,) = read_boxes("x1, y1, x2, y2", boxes=boxes)
    x1, y1, x2, y2 = boxes.unbind(-1)
    return torch.stack(((x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1), -1)


@full_precision
def centre_to_corners(boxes: torch.Tensor) -> torch.Tensor:
    """`(centre x, centre y, width, height)` to `(x1, y1, x2, y2)`, along the last dimension.

    Undone by `corners_to_centre`, up to rounding.

    Args:
        boxes: Boxes `(..., 4)` as `(centre x, centre y, width, height)`, in any unit; integers are
            converted to the default dtype.

    Returns:
        Boxes as `(x1, y1, x2, y2)`, of the same shape, unit and dtype; computed in float32 or
        better.

    Raises:
        ValueError: if the tensor is complex or boolean, or its last dimension is not 4. Values are
            not looked at.
        TypeError: if `boxes` is no tensor.

    Example:
        >>> centre_to_corners(torch.tensor([2.0, 1.0, 4.0, 2.0]))
        tensor([0., 0., 4., 2.])
    """
    (boxes,) = read_boxes("centre x, centre y, width, height", boxes=boxes)
    x, y, width, height = boxes.unbind(-1)
    return torch.stack((x - width / 2, y - height / 2, x + width / 2, y + height / 2), -1)


@full_precision
def box_convert(boxes: torch.Tensor, *, in_fmt: BoxFormat, out_fmt: BoxFormat) -> torch.Tensor:
    """Boxes of one format in another, along the last dimension.

    The names are those of `torchvision.ops.box_convert`: the losses here take `"xyxy"`, COCO's
    annotations are `"xywh"`, YOLO's are `"cxcywh"`.

    Args:
        boxes: Boxes `(..., 4)` in the format `in_fmt`, in any unit; integers are converted to the
            default dtype.
        in_fmt: `"xyxy"` for (x1, y1, x2, y2), `"xywh"` for (x1, y1, width, height), `"cxcywh"` for
            (centre x, centre y, width, height).
        out_fmt: One of these, too.

    Returns:
        Boxes of the same shape, unit and dtype, in the format `out_fmt`; computed in float32 or
        better.

    Raises:
        ValueError: for an unknown format, a complex or boolean tensor, or one whose last dimension
            is not 4. Values are not looked at.
        TypeError: if `boxes` is no tensor.

    Example:
        >>> box_convert(torch.tensor([1.0, 2.0, 4.0, 2.0]), in_fmt="xywh", out_fmt="xyxy")
        tensor([1., 2., 5., 4.])
    """
    check_choice("in_fmt", in_fmt, [*_FORMATS])
    check_choice("out_fmt", out_fmt, [*_FORMATS])
    (boxes,) = read_boxes(_FORMATS[in_fmt], boxes=boxes)
    if in_fmt == out_fmt:
        return boxes
    place, size = boxes.split(2, -1)
    if in_fmt == "xyxy":
        size = size - place
    elif in_fmt == "cxcywh":
        place = place - size / 2
    if out_fmt == "xyxy":
        size = place + size
    elif out_fmt == "cxcywh":
        place = place + size / 2
    return torch.cat((place, size), -1)


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
            also if a tensor is complex or boolean, or not `(..., 4)`.
        TypeError: if an argument is no tensor.

    Example:
        >>> check_boxes(prediction=torch.tensor([[0.0, 0.0, 2.0, 2.0]]))
        >>> check_boxes(target=torch.tensor([[0.0, 0.0, 2.0, 2.0], [3.0, 0.0, 1.0, 2.0]]))
        Traceback (most recent call last):
        ...
        ValueError: target[1] must be finite with x1 <= x2 and y1 <= y2; got (3.0, 0.0, 1.0, 2.0)
    """
    read_boxes("x1, y1, x2, y2", **boxes)
    for name, given in boxes.items():
        proper = given.isfinite().all(-1) & (given[..., :2] <= given[..., 2:]).all(-1)
        if not proper.all():
            index = tuple((~proper).nonzero()[0].tolist())
            place = f"[{', '.join(map(str, index))}]" if index else ""
            raise ValueError(
                f"{name}{place} must be finite with x1 <= x2 and y1 <= y2; "
                f"got {tuple(given[index].tolist())}"
            )


def read_boxes(meaning: str, **boxes: torch.Tensor) -> list[torch.Tensor]:
    """The boxes, checked, in one floating dtype: integers in that of the others, or the default."""
    for name, given in boxes.items():
        check_tensor(name, given)
        if given.dtype == torch.bool or given.is_complex():
            raise ValueError(f"{name} must have a floating or integer dtype; got {given.dtype}")
        if given.ndim == 0 or given.shape[-1] != 4:
            shape = tuple(given.shape)
            raise ValueError(f"{name} must have shape (..., 4), ({meaning}); got {shape}")
    floating = [given.dtype for given in boxes.values() if given.is_floating_point()]
    default = torch.promote_types(torch.get_default_dtype(), torch.float32)
    dtype = floating[0] if floating else default
    return [given if given.is_floating_point() else given.to(dtype) for given in boxes.values()]
