"""Gradient descent of boxes: where does each loss move a box, and how long does it take?"""

from collections.abc import Callable
from typing import Literal

import torch

from losses.arguments import Scalar, check_choice
from losses.boxes import box_iou, centre_to_corners, corners_to_centre

Coordinates = Literal["corner", "centre"]
COORDINATES = ("corner", "centre")


def descend(
    function: Callable[..., torch.Tensor],
    start: torch.Tensor,
    target: torch.Tensor,
    *,
    rate: Scalar,
    steps: int,
    coordinates: Coordinates = "corner",
    **parameters: Scalar | str | tuple[Scalar, Scalar],
) -> torch.Tensor:
    """Follow plain gradient descent, p ← p − rate · ∇L, from a box, or from many at once.

    The path depends on the numbers that are descended in: a step in centre and size is another
    step than one in corners, so a race without the name of the coordinates says nothing.

    Args:
        function: A loss of `losses.boxes`. Every pair of boxes descends on its own.
        start: Boxes `(..., 4)`, as corners, whatever the coordinates.
        target: Boxes `(..., 4)` as corners, broadcastable to `start`.
        rate: Step size.
        steps: Number of steps, at least 0.
        coordinates: `"corner"` descends in `(x1, y1, x2, y2)`, `"centre"` in
            `(centre x, centre y, width, height)`.
        parameters: Passed on to `function`.

    Returns:
        The boxes before the first and after every step, as corners, `(steps + 1, ..., 4)`, float64.

    Raises:
        ValueError: for unknown coordinates or a negative number of steps.
    """
    check_choice("coordinates", coordinates, COORDINATES)
    if steps < 0:
        raise ValueError(f"steps must be at least 0; got {steps}")
    start, target = torch.broadcast_tensors(start.double(), target.double())
    shape = start.shape
    in_centre = coordinates == "centre"

    def loss(point: torch.Tensor, goal: torch.Tensor) -> torch.Tensor:
        box = centre_to_corners(point) if in_centre else point
        return function(box, goal, reduction="sum", **parameters)

    gradient = torch.func.vmap(torch.func.grad(loss))
    point = (corners_to_centre(start) if in_centre else start).reshape(-1, 4)
    goal = target.reshape(-1, 4)
    path = [point]
    for _ in range(steps):
        point = point - rate * gradient(point, goal)
        path.append(point)
    points = torch.stack(path)
    return (centre_to_corners(points) if in_centre else points).reshape(steps + 1, *shape)


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
