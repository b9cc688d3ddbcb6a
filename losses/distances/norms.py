"""Norms of the difference of two matrices."""

import torch

from losses.arguments import (
    check_floating,
    check_shapes,
)
from losses.distances import spectra
from losses.limits import length
from losses.precision import full_precision
from losses.reduction import Reduction, drop_weightless, reduce_loss
from losses.values import check_finite

__all__ = [
    "frobenius_norm",
    "nuclear_norm",
    "row_norm",
    "spectral_norm",
]


@full_precision
def frobenius_norm(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Frobenius norm of the difference: the matrix read as one long vector, and its length.

    It is √(Σ (x − y)²) over all elements. It has the minimiser of the mean squared error, of which
    it is √(number of elements · MSE).

    Args:
        prediction: Matrices `(…, M, N)`, in any unit.
        target: Matrices in the same unit, of a shape that broadcasts with `prediction`; may be a
            single one.
        weight: Non-negative, finite weights of the matrices, broadcastable to the losses; 0 removes
            a matrix. `None` weighs all alike.
        reduction: `"none"` (one value per matrix), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Values ≥ 0 in the unit of the matrices, in the dtype that `prediction` and `target` promote
        to; computed in float32 or better. The gradient at 0 is 0.

    Raises:
        ValueError: for integer matrices, fewer than two dimensions, shapes that do not fit, a
            negative or infinite weight or one that does not broadcast, or an unknown `reduction`.
        TypeError: for what is no tensor.

    Example:
        >>> prediction = torch.tensor([[3.0, 0.0], [0.0, 4.0]])
        >>> frobenius_norm(prediction, torch.zeros(2, 2))
        tensor(5.)

    Source: G. H. Golub, C. F. Van Loan, Matrix Computations, 4th edition, 2013, section 2.3.
    """
    difference = _difference(prediction, target, weight, dimensions=2)
    norm = length(difference, dim=(-2, -1)).squeeze((-2, -1))
    return reduce_loss(norm, weight, reduction)


@full_precision
def row_norm(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Mean length of the rows of the difference: the mean Euclidean distance of paired points.

    A row that is far off pulls with the same force as one that is nearly right, so a few wild
    samples do not rule the rest. (`norm(…, dim=-1)` computes this, not the Frobenius norm.)

    Args:
        prediction: Points `(…, D)`, in any unit, one a row.
        target: Points in the same unit, of a shape that broadcasts with `prediction`; may be a
            single one.
        weight: Non-negative, finite weights of the rows, broadcastable to the losses; 0 removes a
            row. `None` weighs all alike.
        reduction: `"none"` (one value per row), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Values ≥ 0 in the unit of the points, in the dtype that `prediction` and `target` promote
        to; computed in float32 or better. The gradient of a row of zeros is 0.

    Raises:
        ValueError: for integer points, no dimension, shapes that do not fit, a negative or infinite
            weight or one that does not broadcast, or an unknown `reduction`.
        TypeError: for what is no tensor.

    Example:
        >>> prediction = torch.tensor([[3.0, 4.0], [0.0, 1.0]])
        >>> row_norm(prediction, torch.zeros(2, 2), reduction="none")
        tensor([5., 1.])
        >>> row_norm(prediction, torch.zeros(2, 2))
        tensor(3.)

    Source: C. Ding, D. Zhou, X. He, H. Zha, R1-PCA: rotational invariant L1-norm principal
    component analysis for robust subspace factorization, ICML 2006.
    """
    difference = _difference(prediction, target, weight, dimensions=1)
    norm = length(difference).squeeze(-1)
    return reduce_loss(norm, weight, reduction)


@full_precision
def spectral_norm(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Largest singular value of the difference: the most by which it can stretch a vector.

    Args:
        prediction: Matrices `(…, M, N)`, in any unit.
        target: Matrices in the same unit, of a shape that broadcasts with `prediction`; may be a
            single one.
        weight: Non-negative, finite weights of the matrices, broadcastable to the losses; 0 removes
            a matrix. `None` weighs all alike.
        reduction: `"none"` (one value per matrix), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Values ≥ 0 in the unit of the matrices, in the dtype that `prediction` and `target` promote
        to; computed in float32 or better. Singular values that share the maximum share its
        gradient; at a difference of 0 it is 0.

    Raises:
        ValueError: for integer matrices, fewer than two dimensions, shapes that do not fit,
            matrices that are not finite, a negative or infinite weight or one that does not
            broadcast, or an unknown `reduction`.
        TypeError: for what is no tensor.

    Example:
        >>> prediction = torch.tensor([[3.0, 0.0], [0.0, 4.0]])
        >>> spectral_norm(prediction, torch.zeros(2, 2))
        tensor(4.)

    Source: G. H. Golub, C. F. Van Loan, Matrix Computations, 4th edition, 2013, section 2.3.
    """
    norm = _of_singular_values(prediction, target, weight, spectra.share_of_largest)
    return reduce_loss(norm, weight, reduction)


@full_precision
def nuclear_norm(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Sum of the singular values of the difference: the convex stand-in for its rank.

    As the sum of absolute values makes entries vanish, this makes whole directions vanish. It
    lies between the Frobenius norm (equal at rank 1) and √rank times that.

    Args:
        prediction: Matrices `(…, M, N)`, in any unit.
        target: Matrices in the same unit, of a shape that broadcasts with `prediction`; may be a
            single one.
        weight: Non-negative, finite weights of the matrices, broadcastable to the losses; 0 removes
            a matrix. `None` weighs all alike.
        reduction: `"none"` (one value per matrix), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Values ≥ 0 in the unit of the matrices, in the dtype that `prediction` and `target` promote
        to; computed in float32 or better. The gradient is U Vᵀ over the singular values that are
        not 0 up to rounding; where there are others it is the shortest subgradient.

    Raises:
        ValueError: for integer matrices, fewer than two dimensions, shapes that do not fit,
            matrices that are not finite, a negative or infinite weight or one that does not
            broadcast, or an unknown `reduction`.
        TypeError: for what is no tensor.

    Example:
        >>> prediction = torch.tensor([[3.0, 0.0], [0.0, 4.0]])
        >>> nuclear_norm(prediction, torch.zeros(2, 2))
        tensor(7.)

    Source: M. Fazel, H. Hindi, S. P. Boyd, A rank minimization heuristic with application to
    minimum order system approximation, American Control Conference 2001.
    """
    norm = _of_singular_values(prediction, target, weight, spectra.one_of_each)
    return reduce_loss(norm, weight, reduction)


def singular_values(prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Singular values of the difference, falling, with 0 for those that are 0 up to rounding.

    Args:
        prediction: Matrices `(…, M, N)`.
        target: Matrices, broadcastable to `prediction`.

    Returns:
        Values `(…, min(M, N))`, in float32 for half precision, else in the dtype of `prediction`.

    Raises:
        ValueError: as `spectral_norm`.

    Source: as `spectral_norm`.
    """
    difference = _difference(prediction, target, None, dimensions=2, finite=True)
    if 0 in difference.shape[-2:]:
        return difference.sum((-2, -1)).unsqueeze(-1)
    values = torch.linalg.svdvals(difference)
    return torch.where(spectra.is_rounding(values, difference), 0, values)


def _difference(
    prediction: torch.Tensor,
    target: torch.Tensor,
    weight: torch.Tensor | None,
    *,
    dimensions: int,
    finite: bool = False,
) -> torch.Tensor:
    """The difference; 0 where there is no weight."""
    check_floating(prediction=prediction, target=target)
    check_shapes({"prediction": prediction, "target": target}, event=dimensions)
    if max(prediction.ndim, target.ndim) < dimensions:
        raise ValueError(
            f"prediction must have at least {dimensions} dimension{'s'[: dimensions - 1]}; "
            f"got shape {tuple(prediction.shape)}"
        )
    inner = tuple(range(-dimensions, 0))
    prediction, target = drop_weightless(weight, prediction, target, dim=inner)
    if finite:
        check_finite(prediction=prediction, target=target)
    return prediction - target


def _of_singular_values(
    prediction: torch.Tensor,
    target: torch.Tensor,
    weight: torch.Tensor | None,
    slopes: spectra.Slopes,
) -> torch.Tensor:
    difference = _difference(prediction, target, weight, dimensions=2, finite=True)
    if 0 in difference.shape[-2:]:
        return difference.sum((-2, -1))
    return spectra.weighted_sum(difference, slopes)
