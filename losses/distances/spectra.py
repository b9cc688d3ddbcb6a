"""Weighted sums of the singular values of a matrix, and derivatives that outlast coincidences."""

from collections.abc import Callable

import torch

from losses.precision import matrix_product

Slopes = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
"""The factor of each singular value, as a constant: from the values, falling, and the matrix."""


def share_of_largest(values: torch.Tensor, matrix: torch.Tensor) -> torch.Tensor:
    """1 for the largest, shared where some are the largest up to rounding; 0 if all are 0."""
    largest = values.amax(-1, keepdim=True)
    alike = (largest - values <= _rounding(values, matrix)) & (largest > 0)
    sharing = alike.to(values.dtype)  # the quotient of two booleans would be float32
    return sharing / sharing.sum(-1, keepdim=True).clamp(min=1)


def one_of_each(values: torch.Tensor, matrix: torch.Tensor) -> torch.Tensor:
    """1 for all that are not 0 up to rounding."""
    return is_rounding(values, matrix).logical_not().to(values.dtype)


def is_rounding(values: torch.Tensor, matrix: torch.Tensor) -> torch.Tensor:
    """Which singular values are 0 up to rounding."""
    return values <= _rounding(values, matrix)


def weighted_sum(matrix: torch.Tensor, slopes: Slopes) -> torch.Tensor:
    """Σ c_i σ_i of matrices `(…, M, N)`, with first and second derivatives.

    Those of the single σ_i divide by differences of singular values, 0/0 where two coincide; those
    of the sum need not. So the matrix is split into what it is and what moves, E, which is 0, and
    the sum is expanded in E to second order. With M = UᵀEV and its symmetric and skew parts:
    Σ c_i (σ_i + M_ii) + ⅛ Σ_ij ((c_i − c_j)/(σ_i − σ_j) (M_ij + M_ji)²
    + (c_i + c_j)/(σ_i + σ_j) (M_ij − M_ji)²), and what leaves the rows or columns of a matrix that
    is not square. Derivatives of the third order are not in it: they come out as 0.

    Source: A. S. Lewis, H. S. Sendov, Twice differentiable spectral functions, SIAM Journal on
    Matrix Analysis and Applications 23(2), 2001.
    """
    fixed = matrix.detach()
    left, values, right = torch.linalg.svd(fixed, full_matrices=False)
    factors = slopes(values, fixed)
    moving = matrix - fixed
    moving_right = matrix_product(moving, right.mT)
    moving_left = matrix_product(left.mT, moving)
    inner = matrix_product(moving_left, right.mT)
    symmetric, skew = inner + inner.mT, inner - inner.mT
    bend = _ratio(_outer_sum(factors, -factors), _outer_sum(values, -values))
    turn = _ratio(_outer_sum(factors, factors), _outer_sum(values, values))
    within = (bend * symmetric.square() + turn * skew.square()).sum((-2, -1)) / 8
    squares = inner.square()
    outside = moving_right.square().sum(-2) - squares.sum(-2)
    outside = outside + moving_left.square().sum(-1) - squares.sum(-1)
    first = factors * (values + inner.diagonal(dim1=-2, dim2=-1))
    return (first + _ratio(factors, values) * outside / 2).sum(-1) + within


def _outer_sum(here: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
    return here.unsqueeze(-1) + there.unsqueeze(-2)


def _rounding(values: torch.Tensor, matrix: torch.Tensor) -> torch.Tensor:
    relative = max(matrix.shape[-2:]) * torch.finfo(values.dtype).eps
    return relative * values.amax(-1, keepdim=True)


def _ratio(above: torch.Tensor, below: torch.Tensor) -> torch.Tensor:
    """The ratio; 0 where it is 0/0, and finite of subnormal values: 0 times it is 0."""
    most = torch.finfo(below.dtype).max
    ratio = (above / torch.where(below == 0, 1, below)).clamp(-most, most)
    return torch.where(above == 0, 0, ratio)
