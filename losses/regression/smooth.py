"""Losses that are a parabola near the target and a line far from it."""

import math

import torch

from losses.arguments import (
    Scalar,
)
from losses.precision import full_precision
from losses.reduction import Reduction, reduce_loss
from losses.regression.residual import check_length, residual_of

__all__ = [
    "charbonnier_loss",
    "huber_loss",
    "log_cosh_loss",
    "smooth_l1_loss",
]


@full_precision
def smooth_l1_loss(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    beta: Scalar = 1.0,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """A parabola r²/(2β) near the target, |r| − β/2 beyond β: slope ±1 outside, whatever β.

    This is `huber_loss(delta=beta) / beta`. The two are equal at 1 and part elsewhere: as β grows,
    this one flattens towards 0 while Huber becomes r²/2; as β shrinks, this one becomes |r| while
    Huber shrinks to 0.

    Args:
        prediction, target: Tensors of a floating dtype, in the same unit; r = prediction − target.
            Their shapes are the same, or a dimension of size 1 or a single number stands for all.
        beta: Where the parabola ends, in the unit of the data; finite and not negative. The number
            0 gives the limit |r|. A tensor broadcasts to the losses; it must be above 0, which is
            not checked.
        weight: Non-negative, broadcastable to the losses; 0 removes an element.
        reduction: `"none"`, `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Losses ≥ 0: one per element for `"none"`, otherwise a scalar. In the dtype that prediction
        and target promote to; computed in float32 or better.

    Raises:
        ValueError: for an integer tensor, shapes that do not fit, a `beta` that is negative or not
            finite, weights that are negative, not finite (seen on the CPU only) or do not
            broadcast, or an unknown `reduction`.
        TypeError: for what is no tensor, or no number.

    Example:
        >>> prediction, target = torch.tensor([0.0, 1.0, 2.0, 4.0]), torch.tensor(0.0)
        >>> smooth_l1_loss(prediction, target, beta=2.0, reduction="none")
        tensor([0.0000, 0.2500, 1.0000, 3.0000])

    Source: R. Girshick, "Fast R-CNN", ICCV 2015 (with β = 1).
    """
    residual = residual_of(prediction, target, weight)
    if not isinstance(beta, torch.Tensor) and beta == 0:
        return reduce_loss(residual.abs(), weight, reduction)
    check_length("beta", beta, residual)
    inner = _clamped(residual, beta)
    return reduce_loss(inner / beta * (residual - inner / 2), weight, reduction)


@full_precision
def huber_loss(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    delta: Scalar = 1.0,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """The parabola r²/2 near the target, the tangent line δ(|r| − δ/2) beyond δ.

    The gradient is r, clamped to ±δ. See `smooth_l1_loss` for how the two differ.

    Args:
        prediction, target: Tensors of a floating dtype, in the same unit; r = prediction − target.
            Their shapes are the same, or a dimension of size 1 or a single number stands for all.
        delta: Where the parabola ends, in the unit of the data; above 0. Statisticians take 1.345
            standard deviations, which costs 5 % of efficiency on Gaussian data. The number ∞ gives
            the limit r²/2. A tensor broadcasts to the losses; its range is not checked.
        weight: Non-negative, broadcastable to the losses; 0 removes an element.
        reduction: `"none"`, `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Losses ≥ 0: one per element for `"none"`, otherwise a scalar. In the dtype that prediction
        and target promote to; computed in float32 or better.

    Raises:
        ValueError: for an integer tensor, shapes that do not fit, a `delta` that is not above 0 or,
            but for ∞, too large for the dtype, weights that are negative, not finite (seen on the
            CPU only) or do not broadcast, or an unknown `reduction`.
        TypeError: for what is no tensor, or no number.

    Example:
        >>> prediction, target = torch.tensor([0.0, 1.0, 2.0, 4.0]), torch.tensor(0.0)
        >>> huber_loss(prediction, target, delta=2.0, reduction="none")
        tensor([0.0000, 0.5000, 2.0000, 6.0000])

    Source: P. J. Huber, "Robust Estimation of a Location Parameter", The Annals of Mathematical
    Statistics 35(1), 1964.
    """
    residual = residual_of(prediction, target, weight)
    if not isinstance(delta, torch.Tensor) and delta == math.inf:
        return reduce_loss(residual.square() / 2, weight, reduction)
    check_length("delta", delta, residual)
    # With q = r clamped to ±δ both pieces are q (r − q/2): no branch, and no |r| whose second
    # derivative at 0 would be lost.
    inner = _clamped(residual, delta)
    return reduce_loss(inner * (residual - inner / 2), weight, reduction)


@full_precision
def log_cosh_loss(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """ln cosh r: r²/2 near the target, |r| − ln 2 far from it, smooth in between.

    The gradient is tanh r. The change of regime lies at about one unit of residual, so the unit
    of the data matters. Exact to the last digits for tiny residuals, and finite for huge ones.

    Args:
        prediction, target: Tensors of a floating dtype, in the same unit; r = prediction − target.
            Their shapes are the same, or a dimension of size 1 or a single number stands for all.
        weight: Non-negative, broadcastable to the losses; 0 removes an element.
        reduction: `"none"`, `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Losses ≥ 0: one per element for `"none"`, otherwise a scalar. In the dtype that prediction
        and target promote to; computed in float32 or better.

    Raises:
        ValueError: for an integer tensor, shapes that do not fit, weights that are negative, not
            finite (seen on the CPU only) or do not broadcast, or an unknown `reduction`.
        TypeError: for what is no tensor.

    Example:
        >>> prediction, target = torch.tensor([0.0, 1.0, 10.0]), torch.tensor(0.0)
        >>> log_cosh_loss(prediction, target, reduction="none")  # 9.3069 is 10 − ln 2
        tensor([0.0000, 0.4338, 9.3069])

    Source: P. J. Green, "Bayesian Reconstructions from Emission Tomography Data Using a Modified
    EM Algorithm", IEEE Transactions on Medical Imaging 9(1), 1990 (as a potential); R. A. Saleh and
    A. K. Md. E. Saleh, "Statistical Properties of the log-cosh Loss Function Used in Machine
    Learning", arXiv 2208.04564, 2022.
    """
    residual = residual_of(prediction, target, weight)
    # cosh q = 1 + (e^q − 1)² / (2 e^q) keeps the digits of a tiny q. Beyond the limit cosh r is
    # e^|r| / 2 to the last digit, and |r| − |q| is added outside the logarithm.
    limit = -math.log(torch.finfo(residual.dtype).eps) / 2
    inner = residual.clamp(-limit, limit)
    bowl = torch.log1p(torch.expm1(inner).square() / (2 * torch.exp(inner)))
    return reduce_loss(bowl + (residual - inner).abs(), weight, reduction)


@full_precision
def charbonnier_loss(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    epsilon: Scalar = 1.0,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """√(r² + ε²) − ε: an absolute error whose kink is rounded off over a width ε.

    Many write the loss without the "− ε"; here it is 0 at the match. It is also called pseudo-Huber
    (divided by its δ = ε). Near the target it is r²/(2ε), far away |r| − ε.

    Args:
        prediction, target: Tensors of a floating dtype, in the same unit; r = prediction − target.
            Their shapes are the same, or a dimension of size 1 or a single number stands for all.
        epsilon: The width of the rounding, in the unit of the data; above 0 and finite. Image
            restoration takes about 1e-3 for intensities between 0 and 1. A tensor broadcasts to the
            losses; its range is not checked.
        weight: Non-negative, broadcastable to the losses; 0 removes an element.
        reduction: `"none"`, `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Losses ≥ 0: one per element for `"none"`, otherwise a scalar. In the dtype that prediction
        and target promote to; computed in float32 or better.

    Raises:
        ValueError: for an integer tensor, shapes that do not fit, an `epsilon` that is not above 0
            and finite, weights that are negative, not finite (seen on the CPU only) or do not
            broadcast, or an unknown `reduction`.
        TypeError: for what is no tensor, or no number.

    Example:
        >>> prediction, target = torch.tensor([0.0, 4.0]), torch.tensor([0.0, 0.0])
        >>> charbonnier_loss(prediction, target, epsilon=3.0, reduction="none")  # √(16 + 9) − 3
        tensor([0., 2.])

    Source: P. Charbonnier, L. Blanc-Féraud, G. Aubert and M. Barlaud, "Two Deterministic
    Half-Quadratic Regularization Algorithms for Computed Imaging", ICIP 1994.
    """
    residual = residual_of(prediction, target, weight)
    check_length("epsilon", epsilon, residual)
    # r²/(√(r² + ε²) + ε) keeps the digits that the subtraction would lose. Both are first divided
    # by the larger, so that no square overflows; this scale cancels, hence needs no derivative. Of
    # an infinite r its finite part q is taken, and |r − q| added.
    most = torch.finfo(residual.dtype).max
    inner = residual.clamp(-most, most)
    scale = inner.abs().clamp(min=epsilon).detach()
    ratio, width = inner / scale, epsilon / scale
    root = torch.sqrt(ratio.square() + width * width)
    loss = inner * (ratio / (root + width)) + (residual - inner).abs()
    return reduce_loss(loss, weight, reduction)


def _clamped(residual: torch.Tensor, bound: Scalar) -> torch.Tensor:
    # torch's stubs know a number and a tensor, but no union of the two.
    return residual.clamp(-bound, bound)  # type: ignore[arg-type]
