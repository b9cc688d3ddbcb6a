"""Products and lengths at the edges of their range, where the plain formula has no answer.

0 · ∞ is NaN, a square leaves the range of float32 long before its root does, and the root has no
slope at 0. What stands here has the value of the limit, and derivatives of first and second order
that are right where they exist and finite where they do not.
"""

import torch

from losses.arguments import Scalar
from losses.values import known_to_be_finite, value_range, values_are_readable

MODERATE = 100.0
"""Up to here the slopes of a term and of its focus can be told apart in float32."""
_FEW = 128
"""Vectors for which it does not matter how often they are read."""


def share_of(share: Scalar, term: torch.Tensor) -> torch.Tensor:
    """share · term, and 0 for a share of 0 of infinity."""
    if known_to_be_finite(term):
        return share * term
    nothing = torch.where(term.abs() == torch.inf, share, 1) == 0
    return share * torch.where(nothing, 0, term)


def focused(term: torch.Tensor, log_wrong: torch.Tensor, gamma: Scalar) -> torch.Tensor:
    """The term of an answer times the probability of the wrong ones to the power γ, by its log."""
    if known_to_be_finite(term, below=MODERATE) and known_to_be_finite(log_wrong):
        return term * torch.exp(gamma * log_wrong)
    # The lowest finite number instead of −∞: γ = 0 times it is 0, not NaN.
    focus = torch.exp(gamma * log_wrong.clamp(min=torch.finfo(log_wrong.dtype).min))
    # Where the term is infinite, or nearly so, the focus has arrived at 1: its slope there is 0,
    # not 0 · ∞.
    arrived = (term == torch.inf) | (log_wrong == 0)
    return term * torch.where(arrived, focus.detach(), focus)


def length(vectors: torch.Tensor, *, dim: int | tuple[int, ...] = -1) -> torch.Tensor:
    """Euclidean length; the dimension is kept, with size 1.

    At 0, where the length has a kink, its gradient is 0 and its curvature finite. In float32 the
    largest coordinate is taken out, or the length of (2e19, 0) would be infinite and that of
    (1e-23, 0) zero; float64 has the range for the squares of whatever is measured. A vector with
    an infinite coordinate is infinitely long, and its gradient NaN: it has no direction.
    """
    if vectors.dtype == torch.float64:
        return _root_of_squares(vectors, dim)
    scale = largest_size(vectors, dim)
    return scale * _root_of_squares(vectors / scale, dim)


def unit_vectors(vectors: torch.Tensor) -> torch.Tensor:
    """The vectors of the last dimension at length 1; a zero vector stays one."""
    if _are_many(vectors):
        squares = (vectors * vectors).sum(-1, keepdim=True)
        least, most = value_range(squares)
        if least > 1e-30 and most < 1e30:  # far from 0 and from the ends of the range
            return vectors / squares.sqrt()
    vectors = vectors / largest_size(vectors, -1)
    size = _root_of_squares(vectors, -1)
    return vectors / (size + (size == 0))


def largest_size(vectors: torch.Tensor, dim: int | tuple[int, ...]) -> torch.Tensor:
    """The largest size of a coordinate, finite, as a constant; 1 if all are 0, or none is there."""
    sizes = vectors.detach().abs()
    if vectors.numel() == 0:  # which has no largest
        return sizes.sum(dim, keepdim=True) + 1
    largest = sizes.amax(dim, keepdim=True).clamp(max=torch.finfo(sizes.dtype).max)
    return largest + (largest == 0)


def _are_many(vectors: torch.Tensor) -> bool:
    """Whether it pays to read them. A few are treated as a trace treats them, to the last bit: at a
    kink that decides the slope."""
    return values_are_readable(vectors) and vectors.shape[:-1].numel() > _FEW


def _root_of_squares(vectors: torch.Tensor, dim: int | tuple[int, ...]) -> torch.Tensor:
    squares = (vectors * vectors).sum(dim, keepdim=True)
    nothing = squares == 0  # √(0 + 1) − 1 is 0 as well, and has all its derivatives
    return (squares + nothing).sqrt() - nothing.to(squares.dtype)
