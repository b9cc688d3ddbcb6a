"""Distances between the points of two sets."""

import math
from typing import Any

import torch

from losses.arguments import (
    Scalar,
    check_floating,
    check_number,
    check_shapes,
)
from losses.limits import largest_size, length
from losses.precision import full_precision, functions_of_ones_own_work

_AT_A_TIME = {"cpu": 2**18}
"""How many gaps of coordinates a processor's cache holds; others are kept busy by 2²⁴."""
_MANY = 16
"""Up to so many times as many gaps are all held in memory."""

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
            (one finite number) or infinity, every pair of coordinates is held in memory at once; as
            another number, of large sets only some, also in the backward pass.

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
    check_number("p", p, at_least=1, infinite=True)
    if first.ndim < 2 or second.ndim < 2 or first.shape[-1] != second.shape[-1]:
        raise ValueError(
            "first and second must be (…, N, D) and (…, M, D); "
            f"got first {tuple(first.shape)}, second {tuple(second.shape)}"
        )
    if isinstance(p, torch.Tensor) and p.ndim:
        raise ValueError(f"p must be a single number; got a tensor of shape {tuple(p.shape)}")
    check_shapes({"first": first, "second": second}, event=2, alike=False)
    batch = torch.broadcast_shapes(first.shape[:-2], second.shape[:-2])
    several = math.prod(batch) * first.shape[-2] * second.shape[-2] * first.shape[-1]
    if isinstance(p, torch.Tensor):
        return _of_gaps(_gaps(first, second), p.to(first.dtype))
    if p > torch.finfo(first.dtype).max:
        p = math.inf
    many = several > _MANY * _at_a_time(first)
    if many and p < math.inf and functions_of_ones_own_work():
        first, second = first.expand(*batch, -1, -1), second.expand(*batch, -1, -1)
        return _InPieces.apply(first, second, float(p))
    return _of_gaps(_gaps(first, second), p)


def _gaps(first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
    return first.unsqueeze(-2) - second.unsqueeze(-3)


def _of_gaps(gaps: torch.Tensor, p: Scalar) -> torch.Tensor:
    if isinstance(p, torch.Tensor):
        return _minkowski(gaps, p)
    if p == 1:
        return gaps.abs().sum(-1)
    if p == 2:
        return length(gaps).squeeze(-1)
    if p == math.inf:
        return gaps.abs().amax(-1) if gaps.shape[-1] else gaps.sum(-1)
    return _minkowski(gaps, p)


class _InPieces(torch.autograd.Function):
    """Distances of many points, with all gaps of only some of them in memory at a time.

    Both directions of differentiation go over the gaps anew, for the slope of a distance d in one
    of its gaps g is sign(g) (|g| / d)^(p − 1).
    """

    generate_vmap_rule = True

    @staticmethod
    def forward(first: torch.Tensor, second: torch.Tensor, p: float) -> torch.Tensor:
        pieces = [_of_gaps(_gaps(some, second), p) for some in _pieces(first, second)]
        return torch.cat(pieces, -2)

    @staticmethod
    def setup_context(ctx: Any, inputs: Any, output: torch.Tensor) -> None:
        first, second, ctx.p = inputs
        ctx.save_for_backward(first, second, output)
        ctx.save_for_forward(first, second, output)

    @staticmethod
    def backward(ctx: Any, pull: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, None]:
        first, second, distance = ctx.saved_tensors
        pieces = _pieces(first, second)
        rows = [piece.shape[-2] for piece in pieces]
        of_first, of_second = [], torch.zeros_like(second)
        for some, far, force in zip(pieces, distance.split(rows, -2), pull.split(rows, -2),
                                    strict=True):  # fmt: skip
            forces = force.unsqueeze(-1) * _slopes(_gaps(some, second), far, ctx.p)
            of_first.append(forces.sum(-2))
            of_second = of_second - forces.sum(-3)
        return torch.cat(of_first, -2), of_second, None

    @staticmethod
    def jvp(ctx: Any, move: torch.Tensor, second_move: torch.Tensor, _: None) -> torch.Tensor:
        first, second, distance = ctx.saved_tensors
        pieces = _pieces(first, second)
        rows = [piece.shape[-2] for piece in pieces]
        moved = [
            (_slopes(_gaps(some, second), far, ctx.p) * _gaps(step, second_move)).sum(-1)
            for some, far, step in zip(pieces, distance.split(rows, -2), move.split(rows, -2),
                                       strict=True)
        ]  # fmt: skip
        return torch.cat(moved, -2)


def _pieces(first: torch.Tensor, second: torch.Tensor) -> tuple[torch.Tensor, ...]:
    """Some points of the first set at a time."""
    gaps_of_one = second.numel()  # in all batches
    return first.split(max(1, _at_a_time(first) // gaps_of_one), -2)


def _at_a_time(points: torch.Tensor) -> int:
    return _AT_A_TIME.get(points.device.type, 2**24)


def _slopes(gaps: torch.Tensor, distance: torch.Tensor, p: float) -> torch.Tensor:
    """The derivatives of the distances in their gaps; 0 where points coincide."""
    if p == 1:
        return gaps.sign()
    whole = distance.unsqueeze(-1)
    ratio = gaps / torch.where(whole == 0, 1, whole)
    if p == 2:
        return ratio
    zero = ratio == 0
    return torch.where(zero, 0, torch.where(zero, 1, ratio).abs() ** (p - 1) * gaps.sign())


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
