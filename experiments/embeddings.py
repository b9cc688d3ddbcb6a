"""Sets of embeddings: kept on the circle, and moved by gradient descent."""

from collections.abc import Callable

import torch

from losses.arguments import Scalar


def on_circle(points: torch.Tensor) -> torch.Tensor:
    """The points `(…, D)` at length 1; the origin, which has no direction, goes to the first axis.

    Where points have length 1 already, the gradient through this is that of `along_circle`.
    """
    squared = (points * points).sum(-1, keepdim=True)
    first = (torch.arange(points.shape[-1], device=points.device) == 0).to(points.dtype)
    # Double where: neither branch may divide by zero, or the gradient would be NaN.
    return torch.where(squared == 0, first, points / torch.where(squared == 0, 1, squared).sqrt())


def along_circle(points: torch.Tensor, gradient: torch.Tensor) -> torch.Tensor:
    """The gradient `(…, D)` at points of length 1 without its part along the radius: descent along
    what is left stays on the circle, to first order."""
    return gradient - (gradient * points).sum(-1, keepdim=True) * points


def descend(
    function: Callable[..., torch.Tensor],
    start: torch.Tensor,
    *,
    rate: Scalar,
    steps: int,
    circle: bool = False,
    **parameters: Scalar | str,
) -> torch.Tensor:
    """Follow plain gradient descent of all points of a set, p ← p − rate · ∇L.

    Args:
        function: A loss of points, from `catalog`.
        start: Points `(K, D)`.
        rate: Step size.
        steps: Number of steps, at least 0.
        circle: Whether the points stay on the circle: the gradient loses its part along the
            radius, and each step ends with `on_circle`.
        parameters: Passed on to `function`.

    Returns:
        The points before the first and after every step, `(steps + 1, K, D)`, float64.

    Raises:
        ValueError: for a negative number of steps.
    """
    if steps < 0:
        raise ValueError(f"steps must be at least 0; got {steps}")
    keep = on_circle if circle else torch.clone
    gradient = torch.func.grad(lambda points: function(keep(points), **parameters))
    path = [keep(start.double())]
    for _ in range(steps):
        path.append(keep(path[-1] - rate * gradient(path[-1])))
    return torch.stack(path)
