"""Sets of embeddings, kept on the circle."""

import torch


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
