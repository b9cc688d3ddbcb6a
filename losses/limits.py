"""Products and lengths at the edges of their range, where the plain formula has no answer.

0 · ∞ is NaN, a square leaves the range of float32 long before its root does, and the root has no
slope at 0. What stands here has the value of the limit, and derivatives of first and second order
that are right where they exist and finite where they do not.
"""

import math

import torch


def share_of(share: torch.Tensor, term: torch.Tensor) -> torch.Tensor:
    """share · term for a term that is never below 0, and 0 for a share of 0 of infinity."""
    nothing = (share == 0) & (term == math.inf)
    return share * torch.where(nothing, 0, term)


def length(vectors: torch.Tensor, *, dim: int | tuple[int, ...] = -1) -> torch.Tensor:
    """Euclidean length; the dimension is kept, with size 1.

    At 0, where the length has a kink, its gradient is 0 and its curvature finite. In float32 the
    largest coordinate is taken out, or the length of (2e19, 0) would be infinite and that of
    (1e-23, 0) zero; float64 has the range for the squares of whatever is measured.
    """
    if vectors.dtype == torch.float64:
        return _root_of_squares(vectors, dim)
    scale = _largest(vectors, dim)
    return scale * _root_of_squares(vectors / scale, dim)


def unit_vectors(vectors: torch.Tensor) -> torch.Tensor:
    """The vectors of the last dimension at length 1; a zero vector stays one."""
    vectors = vectors / _largest(vectors, -1)
    size = _root_of_squares(vectors, -1)
    return vectors / (size + (size == 0))


def _largest(vectors: torch.Tensor, dim: int | tuple[int, ...]) -> torch.Tensor:
    """The largest size of a coordinate, as a constant; 1 if all are 0, or there is none."""
    sizes = vectors.detach().abs()
    if vectors.numel() == 0:  # which has no largest
        return sizes.sum(dim, keepdim=True) + 1
    largest = sizes.amax(dim, keepdim=True)
    return largest + (largest == 0)


def _root_of_squares(vectors: torch.Tensor, dim: int | tuple[int, ...]) -> torch.Tensor:
    squares = (vectors * vectors).sum(dim, keepdim=True)
    nothing = squares == 0  # √(0 + 1) − 1 is 0 as well, and has all its derivatives
    return (squares + nothing).sqrt() - nothing.to(squares.dtype)
