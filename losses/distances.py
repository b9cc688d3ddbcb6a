"""Norms of matrices, distances between points and between codes.

Where a norm has a kink, the gradient is the shortest of the slopes that fit there: 0 at a
difference of 0, and for the nuclear norm nothing along directions that the matrix does not have.
The second derivative is right wherever there is one, also where other singular values coincide; at
a kink it is finite.

Matrices, points or codes that are compared have the same shape; a dimension of size 1 in one of
them stands for all, and one may be a single sample. The result has the dtype to which the tensors
promote (the default dtype, if all are integers). It is computed in float32 at least, also under
autocast, and rounded once, at the end.
"""

import math

import torch

from losses import spectra
from losses.arguments import Scalar, check_floating, check_number, check_shapes
from losses.classification import differs
from losses.limits import length
from losses.precision import full_precision
from losses.reduction import Reduction, drop_weightless, reduce_loss
from losses.values import check_finite

__all__ = [
    "frobenius_norm",
    "hamming_count",
    "hamming_distance",
    "l1_penalty",
    "l1_shrinkage",
    "l2_penalty",
    "l2_shrinkage",
    "nuclear_norm",
    "pairwise_distance",
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


@full_precision
def hamming_distance(
    first: torch.Tensor,
    second: torch.Tensor,
    *,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Share of the places at which two codes differ.

    Its gradient is 0 everywhere: it serves to search and to score, not to train.

    Args:
        first: Codes `(…, D)` of any dtype.
        second: Codes of a shape that broadcasts with `first`; may be a single one.
        weight: Non-negative, finite weights of the pairs, broadcastable to `(…)`; 0 removes a pair.
            `None` weighs all alike.
        reduction: `"none"` (one value per pair), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Values in [0, 1] in the floating dtype that the arguments promote to, or the default dtype
        if both are integers. Codes without places do not differ: 0.

    Raises:
        ValueError: for no dimension, shapes that do not fit, a negative or infinite weight or one
            that does not broadcast, or an unknown `reduction`.
        TypeError: for a weight that is no tensor.

    Example:
        >>> hamming_distance(torch.tensor([1, 0, 1, 1]), torch.tensor([1, 1, 1, 1]))
        tensor(0.2500)

    Source: R. W. Hamming, Error detecting and error correcting codes, Bell System Technical
    Journal 29(2), 1950.
    """
    places = _places(first, second, weight)
    share = places.sum(-1) / max(places.shape[-1], 1)
    return reduce_loss(share, weight, reduction)


@full_precision
def hamming_count(
    first: torch.Tensor,
    second: torch.Tensor,
    *,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Number of places at which two codes differ: `hamming_distance` times their length.

    Args:
        first: Codes `(…, D)` of any dtype.
        second: Codes of a shape that broadcasts with `first`; may be a single one.
        weight: Non-negative, finite weights of the pairs, broadcastable to `(…)`; 0 removes a pair.
            `None` weighs all alike.
        reduction: `"none"` (one value per pair), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Values in [0, D], places, in the floating dtype that the arguments promote to, or the
        default dtype if both are integers.

    Raises:
        ValueError: for no dimension, shapes that do not fit, a negative or infinite weight or one
            that does not broadcast, or an unknown `reduction`.
        TypeError: for a weight that is no tensor.

    Example:
        >>> hamming_count(torch.tensor([1, 0, 1, 1]), torch.tensor([1, 1, 1, 0]))
        tensor(2.)

    Source: as `hamming_distance`.
    """
    places = _places(first, second, weight)
    return reduce_loss(places.sum(-1), weight, reduction)


@full_precision
def l1_penalty(weights: torch.Tensor, *, strength: Scalar) -> torch.Tensor:
    """λ Σ|w|: a price on weights that sends the unneeded ones to exactly 0.

    Args:
        weights: Weights w of any shape.
        strength: λ ≥ 0.

    Returns:
        A number ≥ 0 in the dtype of `weights`, computed in float32 or better; the gradient at w = 0
        is 0.

    Raises:
        ValueError: for integer weights or a negative λ.
        TypeError: for what is no tensor, or a λ that is no number.

    Example:
        >>> l1_penalty(torch.tensor([1.0, -2.0]), strength=0.5)
        tensor(1.5000)

    Source: R. Tibshirani, Regression Shrinkage and Selection via the Lasso, J. Royal Statistical
    Society B 58(1), 1996.
    """
    check_floating(weights=weights)
    total = weights.abs().sum()
    check_number("strength", strength, at_least=0, like=total)
    return strength * total


@full_precision
def l2_penalty(weights: torch.Tensor, *, strength: Scalar) -> torch.Tensor:
    """λ Σw²: a price on weights that makes all of them smaller and none of them 0.

    An optimiser's `weight_decay` d adds d·w to the gradient, so it stands for λ = d/2.

    Args:
        weights: Weights w of any shape.
        strength: λ ≥ 0.

    Returns:
        A number ≥ 0 in the dtype of `weights`, computed in float32 or better.

    Raises:
        ValueError: for integer weights or a negative λ.
        TypeError: for what is no tensor, or a λ that is no number.

    Example:
        >>> l2_penalty(torch.tensor([1.0, -2.0]), strength=0.5)
        tensor(2.5000)

    Source: A. E. Hoerl, R. W. Kennard, Ridge Regression: Biased Estimation for Nonorthogonal
    Problems, Technometrics 12(1), 1970.
    """
    check_floating(weights=weights)
    total = weights.square().sum()
    check_number("strength", strength, at_least=0, like=total)
    return strength * total


@full_precision
def l1_shrinkage(weights: torch.Tensor, *, strength: Scalar, rate: Scalar = 1.0) -> torch.Tensor:
    """The step that an L1 penalty takes: every weight moves to 0 by ηλ and stops there.

    It minimises ½ (v − w)² / η + λ|v|, exactly, where a gradient step would jump over 0.

    Args:
        weights: Weights w of any shape.
        strength: λ ≥ 0 of the penalty.
        rate: Learning rate η ≥ 0 of the step.

    Returns:
        The new weights, of the shape and dtype of `weights`; computed in float32 or better.

    Raises:
        ValueError: for integer weights, a negative λ or a negative η.
        TypeError: for what is no tensor, or a λ or η that is no number.

    Example:
        >>> l1_shrinkage(torch.tensor([3.0, -2.0, 0.5]), strength=1.0)
        tensor([ 2., -1.,  0.])

    Source: I. Daubechies, M. Defrise, C. De Mol, An iterative thresholding algorithm for linear
    inverse problems with a sparsity constraint, Comm. Pure and Applied Mathematics 57(11), 2004.
    """
    _check_step(weights, strength, rate)
    return weights.sign() * (weights.abs() - rate * strength).clamp(min=0)


@full_precision
def l2_shrinkage(weights: torch.Tensor, *, strength: Scalar, rate: Scalar = 1.0) -> torch.Tensor:
    """The step that an L2 penalty takes: every weight is divided by 1 + 2ηλ.

    It minimises ½ (v − w)² / η + λv². No weight reaches 0.

    Args:
        weights: Weights w of any shape.
        strength: λ ≥ 0 of the penalty.
        rate: Learning rate η ≥ 0 of the step.

    Returns:
        The new weights, of the shape and dtype of `weights`; computed in float32 or better.

    Raises:
        ValueError: for integer weights, a negative λ or a negative η.
        TypeError: for what is no tensor, or a λ or η that is no number.

    Example:
        >>> l2_shrinkage(torch.tensor([3.0, -1.5]), strength=1.0)
        tensor([ 1.0000, -0.5000])

    Source: N. Parikh, S. Boyd, Proximal Algorithms, Foundations and Trends in Optimization 1(3),
    2014.
    """
    _check_step(weights, strength, rate)
    return weights / (1 + 2 * rate * strength)


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


def _minkowski(gaps: torch.Tensor, p: Scalar) -> torch.Tensor:
    # The largest gap is taken out, or a high power would overflow or vanish.
    sizes = gaps.abs()
    largest = sizes.amax(-1, keepdim=True) if gaps.shape[-1] else sizes.sum(-1, keepdim=True)
    scale = torch.where(largest == 0, 1, largest).detach()
    ratio = sizes / scale
    zero = ratio == 0
    # The second derivative of a power at 0 is infinite for p < 2, 2 for p = 2, and 0 for p > 2.
    at_zero = (p == 2) * (gaps / scale).square() if isinstance(p, torch.Tensor) else 0
    powers = torch.where(zero, at_zero, torch.where(zero, 1, ratio) ** p)
    total = powers.sum(-1)
    root = torch.where(total == 0, 1, total) ** (1 / p)
    return torch.where(total == 0, 0, root * scale.squeeze(-1))


def _places(first: torch.Tensor, second: torch.Tensor, weight: torch.Tensor | None) -> torch.Tensor:
    if first.ndim == 0 and second.ndim == 0:
        raise ValueError("first and second must have at least 1 dimension; got two single values")
    check_shapes({"first": first, "second": second}, event=1)
    return differs(*drop_weightless(weight, first, second, dim=(-1,)))


def _check_step(weights: torch.Tensor, strength: Scalar, rate: Scalar) -> None:
    check_floating(weights=weights)
    check_number("strength", strength, at_least=0, like=weights)
    check_number("rate", rate, at_least=0, like=weights)
