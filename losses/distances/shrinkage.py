"""The proximal step of each norm of a matrix: where it takes a difference, 0 included.

A norm has a kink at 0 and, but for Frobenius, elsewhere too. A gradient step of a fixed size hops
about there for ever; a proximal step, as `l1_shrinkage` takes for weights, stops at it.
"""

from collections.abc import Callable

import torch

from losses.arguments import Scalar, check_floating, check_number
from losses.limits import length
from losses.precision import full_precision, matrix_product
from losses.values import check_finite


@full_precision
def frobenius_norm_shrinkage(difference: torch.Tensor, *, rate: Scalar = 1.0) -> torch.Tensor:
    """The step that a Frobenius norm takes: the whole difference gets shorter by η, down to 0.

    It minimises ½ ‖X − D‖² / η + ‖X‖, exactly. All cells reach 0 in the same step.

    Args:
        difference: Matrices D `(…, M, N)`, prediction − target.
        rate: Learning rate η ≥ 0 of the step.

    Returns:
        The new differences X, of the shape and dtype of `difference`; computed in float32 or
        better.

    Raises:
        ValueError: for integer matrices, fewer than two dimensions, or a negative η.
        TypeError: for what is no tensor, or an η that is no number.

    Example:
        >>> frobenius_norm_shrinkage(torch.tensor([[3.0, 0.0], [0.0, 4.0]]), rate=2.5)
        tensor([[1.5000, 0.0000],
                [0.0000, 2.0000]])

    Source: N. Parikh, S. Boyd, Proximal Algorithms, Foundations and Trends in Optimization 1(3),
    2014, section 6.5.1.
    """
    _check_step(difference, rate)
    return shortened(difference, rate, dim=(-2, -1))


@full_precision
def row_norm_shrinkage(difference: torch.Tensor, *, rate: Scalar = 1.0) -> torch.Tensor:
    """The step that a mean of row lengths takes: every row gets shorter by η / M, down to 0.

    It minimises ½ ‖X − D‖² / η + (1/M) Σᵢ ‖xᵢ‖, exactly. Short rows reach 0 first.

    Args:
        difference: Matrices D `(…, M, N)`, prediction − target.
        rate: Learning rate η ≥ 0 of the step.

    Returns:
        The new differences X, of the shape and dtype of `difference`; computed in float32 or
        better.

    Raises:
        ValueError: for integer matrices, fewer than two dimensions, or a negative η.
        TypeError: for what is no tensor, or an η that is no number.

    Example:
        >>> row_norm_shrinkage(torch.tensor([[3.0, 4.0], [0.0, 1.0]]), rate=5.0)
        tensor([[1.5000, 2.0000],
                [0.0000, 0.0000]])

    Source: M. Yuan, Y. Lin, Model selection and estimation in regression with grouped variables,
    J. Royal Statistical Society B 68(1), 2006.
    """
    _check_step(difference, rate)
    return shortened(difference, rate / max(1, difference.shape[-2]), dim=-1)


@full_precision
def spectral_norm_shrinkage(difference: torch.Tensor, *, rate: Scalar = 1.0) -> torch.Tensor:
    """The step that a spectral norm takes: the largest singular values are cut to one height.

    It minimises ½ ‖X − D‖² / η + σ₁(X), exactly: what is cut off adds up to η, and what lies below
    stays as it is.

    Args:
        difference: Matrices D `(…, M, N)`, prediction − target.
        rate: Learning rate η ≥ 0 of the step.

    Returns:
        The new differences X, of the shape and dtype of `difference`; computed in float32 or
        better.

    Raises:
        ValueError: for integer matrices, fewer than two dimensions, matrices that are not finite,
            or a negative η.
        TypeError: for what is no tensor, or an η that is no number.

    Example:
        >>> spectral_norm_shrinkage(torch.tensor([[3.0, 0.0], [0.0, 4.0]]), rate=2.0)
        tensor([[2.5000, 0.0000],
                [0.0000, 2.5000]])

    Source: N. Parikh, S. Boyd, Proximal Algorithms, Foundations and Trends in Optimization 1(3),
    2014, section 6.7.
    """
    return _of_singular_values(difference, rate, cut)


@full_precision
def nuclear_norm_shrinkage(difference: torch.Tensor, *, rate: Scalar = 1.0) -> torch.Tensor:
    """The step that a nuclear norm takes: every singular value falls by η and stops at 0.

    It minimises ½ ‖X − D‖² / η + Σᵢ σᵢ(X), exactly. A direction that has reached 0 is gone: the
    rank falls. Known as singular value thresholding.

    Args:
        difference: Matrices D `(…, M, N)`, prediction − target.
        rate: Learning rate η ≥ 0 of the step.

    Returns:
        The new differences X, of the shape and dtype of `difference`; computed in float32 or
        better.

    Raises:
        ValueError: for integer matrices, fewer than two dimensions, matrices that are not finite,
            or a negative η.
        TypeError: for what is no tensor, or an η that is no number.

    Example:
        >>> nuclear_norm_shrinkage(torch.tensor([[3.0, 0.0], [0.0, 4.0]]), rate=3.0)
        tensor([[0., 0.],
                [0., 1.]])

    Source: J.-F. Cai, E. J. Candès, Z. Shen, A Singular Value Thresholding Algorithm for Matrix
    Completion, SIAM Journal on Optimization 20(4), 2010.
    """
    return _of_singular_values(difference, rate, softened)


def shortened(
    vectors: torch.Tensor, by: Scalar, *, dim: int | tuple[int, ...] = -1
) -> torch.Tensor:
    """Vectors with a length that is less by so much, down to 0."""
    size = length(vectors, dim=dim)
    return vectors * ((size - by).clamp(min=0) / torch.where(size == 0, 1, size))


def softened(values: torch.Tensor, rate: Scalar) -> torch.Tensor:
    """Singular values, each less by the rate, down to 0."""
    return (values - rate).clamp(min=0)


def cut(values: torch.Tensor, rate: Scalar) -> torch.Tensor:
    """Falling singular values, cut to the height at which the rate is what is cut off."""
    counts = torch.arange(1, values.shape[-1] + 1, dtype=values.dtype, device=values.device)
    height = ((values.cumsum(-1) - rate) / counts).amax(-1, keepdim=True).clamp(min=0)
    return values.minimum(height)


def recomposed(left: torch.Tensor, values: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    """The matrix U diag(σ) Vᵀ of `left` U, singular values σ and `right` Vᵀ."""
    return matrix_product(left * values.unsqueeze(-2), right)


def _of_singular_values(
    difference: torch.Tensor,
    rate: Scalar,
    step: Callable[[torch.Tensor, Scalar], torch.Tensor],
) -> torch.Tensor:
    _check_step(difference, rate)
    check_finite(difference=difference)
    if 0 in difference.shape[-2:]:
        return difference
    left, values, right = torch.linalg.svd(difference, full_matrices=False)
    return recomposed(left, step(values, rate), right)


def _check_step(difference: torch.Tensor, rate: Scalar) -> None:
    check_floating(difference=difference)
    if difference.ndim < 2:
        raise ValueError(
            f"difference must have at least 2 dimensions; got shape {tuple(difference.shape)}"
        )
    check_number("rate", rate, at_least=0, like=difference)
