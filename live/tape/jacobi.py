"""Singular values of small matrices in operations that a tape knows: one-sided Jacobi.

The columns are turned against one another, two at a time, until they are orthogonal; then their
lengths are the singular values. Every pair of a sweep is turned, whether it needs it or not, and
the number of sweeps is fixed: a tape has no branches.
"""

import torch

SWEEPS = {1: 0, 2: 2, 3: 4}
"""By the number of columns; more are not for a tape. Two are orthogonal after one turn, and the
second takes what rounding has left; three are so to the last digits after four sweeps."""


def singular_value_decomposition(
    matrix: torch.Tensor, *_: object, **__: object
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """U, σ (falling) and Vᵀ of a matrix `(M, N)`, whatever else is asked for.

    As `torch.linalg.svd` gives them without the full matrices; but the columns of U whose σ is 0
    are 0, and signs may differ.

    Raises:
        ValueError: for a batch, or more than three singular values.

    Source: M. R. Hestenes, Inversion of Matrices by Biorthogonalization and Related Results,
    Journal of the Society for Industrial and Applied Mathematics 6(1), 1958.
    """
    rows, columns = matrix.shape[-2:]
    if rows < columns:
        left, values, right = singular_value_decomposition(matrix.mT)
        return right.mT, values, left.mT
    if matrix.ndim != 2 or columns not in SWEEPS:
        raise ValueError(f"a tape decomposes matrices up to rank 3; got {tuple(matrix.shape)}")
    # Each column of the matrix, above it what has been done to it: a column of V.
    both = torch.cat([torch.eye(columns, dtype=matrix.dtype), matrix])
    parts = list(both.unbind(1))
    pairs = [(i, j) for i in range(columns) for j in range(i + 1, columns)]
    for i, j in pairs * SWEEPS[columns]:
        parts[i], parts[j] = _turned(parts[i], parts[j], columns)
    for i, j in pairs:
        parts[i], parts[j] = _ordered(parts[i], parts[j], columns)
    turned = torch.stack(parts, 1)
    right, images = turned[:columns], turned[columns:]
    values = images.square().sum(0).sqrt()
    left = torch.where(values > 0, images / torch.where(values > 0, values, 1), 0)
    return left, values, right.mT


def _turned(
    first: torch.Tensor, second: torch.Tensor, above: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """Both turned in their plane so that, below the part of V, they are orthogonal."""
    one, other = first[above:], second[above:]
    product = (one * other).sum()
    difference = other.square().sum() - one.square().sum()
    # The smaller root t of t² + (difference / product) t − 1 = 0: the tangent of the angle.
    root = (difference.square() + 4 * product.square()).sqrt()
    below = difference + torch.where(difference < 0, -root, root)
    tangent = torch.where(below == 0, 0, 2 * product / torch.where(below == 0, 1, below))
    cosine = (1 + tangent.square()).rsqrt()
    sine = cosine * tangent
    return cosine * first - sine * second, sine * first + cosine * second


def _ordered(
    first: torch.Tensor, second: torch.Tensor, above: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """The longer one first."""
    right = first[above:].square().sum() >= second[above:].square().sum()
    return torch.where(right, first, second), torch.where(right, second, first)
