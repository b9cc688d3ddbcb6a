"""Distances between the points of two sets."""

import math

import torch

from losses.arguments import (
    Scalar,
    check_floating,
    check_number,
    check_shapes,
)
from losses.limits import largest_size, length
from losses.precision import full_precision

__all__ = [
    "pairwise_distance",
]


@full_precision
def pairwise_distance(
    first: torch.Tensor, second: torch.Tensor, *, p: Scalar = 2.0
) -> torch.Tensor:
    """Minkowski distance of every point of one set to every point of another.

    Identical points are at a distance of exactly 0 with a gradient of 0. (The fast way, by a
    matrix product, gets neither: it is not used.) Not to be confused with PyTorch's function of
    this name, which pairs the rows, adds 1e-6 and is therefore neither 0 nor symmetric.

    Args:
        first: Points `(…, N, D)`, in any unit.
        second: Points `(…, M, D)`, in the same unit.
        p: Order ≥ 1: 1 city blocks, 2 straight lines, infinity the largest coordinate. As a tensor
            (one finite number), every pair of coordinates is held in memory at once.

    Returns:
        Distances ≥ 0, `(…, N, M)`, in the dtype that `first` and `second` promote to; computed in
        float32 or better.

    Raises:
        ValueError: for integer points (cast them: `cdist` has no integer form either), shapes that
            do not fit, or p < 1, where the triangle inequality fails.
        TypeError: for what is no tensor, or a p that is no number.

    Example:
        >>> first, second = torch.tensor([[0.0, 0.0]]), torch.tensor([[3.0, 4.0], [0.0, 1.0]])
        >>> pairwise_distance(first, second)
        tensor([[5., 1.]])
        >>> pairwise_distance(first, second, p=1)
        tensor([[7., 1.]])

    Source: H. Minkowski, Geometrie der Zahlen, 1896.
    """
    check_floating(first=first, second=second)
    check_number("p", p, at_least=1)
    if first.ndim < 2 or second.ndim < 2 or first.shape[-1] != second.shape[-1]:
        raise ValueError(
            "first and second must be (…, N, D) and (…, M, D); "
            f"got first {tuple(first.shape)}, second {tuple(second.shape)}"
        )
    if isinstance(p, torch.Tensor) and p.ndim:
        raise ValueError(f"p must be a single number; got a tensor of shape {tuple(p.shape)}")
    check_shapes({"first": first, "second": second}, event=2, alike=False)
    gaps = first.unsqueeze(-2) - second.unsqueeze(-3)
    if isinstance(p, torch.Tensor):
        return _minkowski(gaps, p.to(gaps.dtype))
    if p == 1:
        return gaps.abs().sum(-1)
    if p == 2:
        return length(gaps).squeeze(-1)
    if p == math.inf:
        return gaps.abs().amax(-1) if gaps.shape[-1] else gaps.sum(-1)
    return _minkowski(gaps, p)


def _minkowski(gaps: torch.Tensor, p: Scalar) -> torch.Tensor:
    # The largest gap is taken out, or a high power would overflow or vanish.
    scale = largest_size(gaps, -1)
    ratio = gaps.abs() / scale
    zero = ratio == 0
    # The second derivative of a power at 0 is infinite for p < 2, 2 for p = 2, and 0 for p > 2.
    at_zero = (p == 2) * (gaps / scale).square() if isinstance(p, torch.Tensor) else 0
    powers = torch.where(zero, at_zero, torch.where(zero, 1, ratio) ** p)
    total = powers.sum(-1)
    root = torch.where(total == 0, 1, total) ** (1 / p)
    return torch.where(total == 0, 0, root * scale.squeeze(-1))
