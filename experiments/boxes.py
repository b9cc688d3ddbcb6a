"""Races of boxes: in which numbers they descend, and how long it takes them."""

from collections.abc import Callable

import torch

from losses.boxes import box_iou, centre_to_corners, corners_to_centre

Change = Callable[[torch.Tensor], torch.Tensor]

COORDINATES: dict[str, tuple[Change, Change]] = {
    "corner": (torch.clone, torch.clone),
    "centre": (corners_to_centre, centre_to_corners),
}
"""The numbers that a box can descend in, each with the way from corners to them, and back.

`(x1, y1, x2, y2)`, or `(centre x, centre y, width, height)`. A step in one is another step than one
in the other, so a race without the name of the coordinates says nothing.
"""


def steps_to_iou(path: torch.Tensor, target: torch.Tensor, threshold: float = 0.9) -> torch.Tensor:
    """The number of steps after which IoU first exceeds the threshold; −1 where it never does.

    Args:
        path: Boxes `(steps + 1, ..., 4)` as `descend` returns them.
        target: Boxes `(..., 4)`.
        threshold: In [0, 1).

    Returns:
        int64 `(...)`.
    """
    reached = box_iou(path, target) > threshold
    first = reached.to(torch.uint8).argmax(0)
    return torch.where(reached.any(0), first, -1)
