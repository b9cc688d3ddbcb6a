"""Penalties on weights, and the step that each takes."""

import torch

from losses.arguments import (
    Scalar,
    check_floating,
    check_number,
)
from losses.precision import full_precision

__all__ = [
    "l1_penalty",
    "l1_shrinkage",
    "l2_penalty",
    "l2_shrinkage",
]


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


def _check_step(weights: torch.Tensor, strength: Scalar, rate: Scalar) -> None:
    check_floating(weights=weights)
    check_number("strength", strength, at_least=0, like=weights)
    check_number("rate", rate, at_least=0, like=weights)
