"""Losses of a number: how far a prediction lies from its target.

Every function takes `prediction` and `target` of one shape and of any floating dtype, and works
with the residual r = prediction − target. A dimension of size 1 in one of the two stands for all;
either may be a single number. Both growing, as `(N, 1)` and `(N,)` would to `(N, N)`, is refused.

The result has the dtype to which prediction and target promote. It is computed and reduced in
float32 at least, also under autocast, and rounded once, at the end, so that r² does not
overflow on the way to a mean that would have fitted. Numbers such as `delta` may be 0-dimensional
tensors (learnt, or inputs of a trace) or tensors that broadcast to the losses; then the caller
answers for their range.

All raise `ValueError` for an integer tensor, for shapes that do not fit, for a number out of
its range (or one above 0 that is 0 in the dtype of the computation), for a weight that
`reduce_loss` does not take and for an unknown `reduction`, and `TypeError` for what is no tensor
or no number; each message names the argument.
`weight` and `reduction` are those of `losses.reduction.reduce_loss`.
"""

import math

import torch

from losses.arguments import Scalar, check_floating, check_number, check_shapes
from losses.precision import full_precision
from losses.reduction import Reduction, drop_weightless, reduce_loss

__all__ = [
    "barron_loss",
    "charbonnier_loss",
    "half_mse_loss",
    "huber_loss",
    "l1_loss",
    "log_cosh_loss",
    "mse_loss",
    "quantile_loss",
    "smooth_l1_loss",
]


@full_precision
def l1_loss(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Absolute error |r|, in the unit of the data: every unit of error costs the same.

    The best constant prediction is the median. The gradient is the sign of r, whatever its size,
    and 0 at the match. The numbers are those of `torch.nn.functional.l1_loss`, which warns and
    broadcasts where this one refuses.

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
        >>> prediction = torch.tensor([1.0, 2.0, 5.0])
        >>> target = torch.tensor([1.0, 0.0, 1.0])
        >>> l1_loss(prediction, target)  # (0 + 2 + 4) / 3
        tensor(2.)
        >>> l1_loss(prediction, target, weight=torch.tensor([1.0, 1.0, 0.0]))
        tensor(1.)

    Source: S. M. Stigler, "The History of Statistics", Harvard University Press, 1986 (chapter 1,
    on Boscovich and Laplace).
    """
    residual = _residual(prediction, target, weight)
    return reduce_loss(residual.abs(), weight, reduction)


@full_precision
def mse_loss(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Squared error r², in the squared unit of the data: twice the error costs four times as much.

    The best constant prediction is the mean. The gradient is 2r, so gradient descent on one value
    diverges for a learning rate above 1. The numbers are those of
    `torch.nn.functional.mse_loss`, which warns and broadcasts where this one refuses.

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
        >>> prediction = torch.tensor([1.0, 2.0, 5.0])
        >>> target = torch.tensor([1.0, 0.0, 1.0])
        >>> mse_loss(prediction, target, reduction="none")
        tensor([ 0.,  4., 16.])

    Source: A.-M. Legendre, "Nouvelles méthodes pour la détermination des orbites des comètes",
    Paris, 1805.
    """
    residual = _residual(prediction, target, weight)
    return reduce_loss(residual.square(), weight, reduction)


@full_precision
def half_mse_loss(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Half the squared error, r²/2, so that the gradient is r itself.

    Both conventions are called "the" squared error. They have the same minimum, but this one has
    half the gradient, hence twice the safe learning rate, of `mse_loss`.

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
        >>> prediction = torch.tensor([1.0, 2.0, 5.0])
        >>> target = torch.tensor([1.0, 0.0, 1.0])
        >>> half_mse_loss(prediction, target, reduction="none")
        tensor([0., 2., 8.])

    Source: C. M. Bishop, "Pattern Recognition and Machine Learning", Springer, 2006 (section 1.1).
    """
    residual = _residual(prediction, target, weight)
    return reduce_loss(residual.square() / 2, weight, reduction)


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
        beta: Where the parabola ends, in the unit of the data; above 0 and finite (for β = 0 use
            `l1_loss`). A tensor broadcasts to the losses; its range is not checked.
        weight: Non-negative, broadcastable to the losses; 0 removes an element.
        reduction: `"none"`, `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Losses ≥ 0: one per element for `"none"`, otherwise a scalar. In the dtype that prediction
        and target promote to; computed in float32 or better.

    Raises:
        ValueError: for an integer tensor, shapes that do not fit, a `beta` that is not above 0 and
            finite, weights that are negative, not finite (seen on the CPU only) or do not
            broadcast, or an unknown `reduction`.
        TypeError: for what is no tensor, or no number.

    Example:
        >>> prediction, target = torch.tensor([0.0, 1.0, 2.0, 4.0]), torch.tensor(0.0)
        >>> smooth_l1_loss(prediction, target, beta=2.0, reduction="none")
        tensor([0.0000, 0.2500, 1.0000, 3.0000])

    Source: R. Girshick, "Fast R-CNN", ICCV 2015 (with β = 1).
    """
    residual = _residual(prediction, target, weight)
    _check_length("beta", beta, residual)
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
        delta: Where the parabola ends, in the unit of the data; above 0 and finite. Statisticians
            take 1.345 standard deviations, which costs 5 % of efficiency on Gaussian data. A tensor
            broadcasts to the losses; its range is not checked.
        weight: Non-negative, broadcastable to the losses; 0 removes an element.
        reduction: `"none"`, `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Losses ≥ 0: one per element for `"none"`, otherwise a scalar. In the dtype that prediction
        and target promote to; computed in float32 or better.

    Raises:
        ValueError: for an integer tensor, shapes that do not fit, a `delta` that is not above 0 and
            finite, weights that are negative, not finite (seen on the CPU only) or do not
            broadcast, or an unknown `reduction`.
        TypeError: for what is no tensor, or no number.

    Example:
        >>> prediction, target = torch.tensor([0.0, 1.0, 2.0, 4.0]), torch.tensor(0.0)
        >>> huber_loss(prediction, target, delta=2.0, reduction="none")
        tensor([0.0000, 0.5000, 2.0000, 6.0000])

    Source: P. J. Huber, "Robust Estimation of a Location Parameter", The Annals of Mathematical
    Statistics 35(1), 1964.
    """
    residual = _residual(prediction, target, weight)
    _check_length("delta", delta, residual)
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
    residual = _residual(prediction, target, weight)
    # cosh q = 1 + (e^q − 1)² / (2 e^q) keeps the digits of a tiny q. Beyond the limit cosh r is
    # e^|r| / 2 to the last digit, and |r| − |q| is added outside the logarithm.
    limit = -math.log(torch.finfo(residual.dtype).eps) / 2
    inner = residual.clamp(-limit, limit)
    bowl = torch.log1p(torch.expm1(inner).square() / (2 * torch.exp(inner)))
    return reduce_loss(bowl + (residual - inner).abs(), weight, reduction)


@full_precision
def quantile_loss(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    tau: Scalar = 0.9,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """The pinball loss: an error below the target costs τ a unit, one above it 1 − τ.

    With r = prediction − target the loss is (1 − τ) r for r > 0 and −τ r otherwise. The best
    constant prediction is the τ-quantile of the targets: for τ = 0.9 predicting too little costs
    nine times as much as predicting too much, so the prediction settles where 90 % of the targets
    lie below it. For τ = 1/2 it is half the absolute error. The gradient at the match is 0.

    Args:
        prediction, target: Tensors of a floating dtype, in the same unit; r = prediction − target.
            Their shapes are the same, or a dimension of size 1 or a single number stands for all.
        tau: The quantile τ, strictly between 0 and 1. A tensor broadcasts to the losses; its range
            is not checked.
        weight: Non-negative, broadcastable to the losses; 0 removes an element.
        reduction: `"none"`, `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Losses ≥ 0: one per element for `"none"`, otherwise a scalar. In the dtype that prediction
        and target promote to; computed in float32 or better.

    Raises:
        ValueError: for an integer tensor, shapes that do not fit, a `tau` that is not between 0 and
            1, weights that are negative, not finite (seen on the CPU only) or do not broadcast, or
            an unknown `reduction`.
        TypeError: for what is no tensor, or no number.

    Example:
        >>> prediction, target = torch.tensor([8.0, 12.0]), torch.tensor([10.0, 10.0])
        >>> quantile_loss(prediction, target, tau=0.9, reduction="none")
        tensor([1.8000, 0.2000])

    Source: R. Koenker and G. Bassett, "Regression Quantiles", Econometrica 46(1), 1978.
    """
    residual = _residual(prediction, target, weight)
    check_number("tau", tau, above=0.0, below=1.0, like=residual)
    size = residual.abs()  # its derivative at 0 is 0, so both branches agree at the kink
    loss = torch.where(residual > 0, (1 - tau) * size, tau * size)
    return reduce_loss(loss, weight, reduction)


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
    residual = _residual(prediction, target, weight)
    _check_length("epsilon", epsilon, residual)
    # r²/(√(r² + ε²) + ε) keeps the digits that the subtraction would lose. Both are first divided
    # by the larger, so that no square overflows; this scale cancels, hence needs no derivative.
    scale = residual.abs().clamp(min=epsilon).detach()
    ratio, width = residual / scale, epsilon / scale
    root = torch.sqrt(ratio.square() + width * width)
    return reduce_loss(residual * (ratio / (root + width)), weight, reduction)


@full_precision
def barron_loss(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    alpha: Scalar = 0.0,
    scale: Scalar = 1.0,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Barron's general robust loss: one knob α from half the squared error to ignoring outliers.

    With b = |α − 2| and z = r / scale the loss is (b/α) ((z²/b + 1)^(α/2) − 1), and its limits
    where that is 0/0. Its members: α = 2 half the squared error, 1 Charbonnier, 0 Cauchy
    (ln(1 + z²/2)), −2 Geman–McClure (2z²/(z² + 4)), −∞ Welsch (1 − e^(−z²/2)). All look like z²/2
    near the match. For α < 1 the loss is not convex: the gradient of an outlier *falls* with its
    distance.

    The digits hold through α = 0 and α = 2, at α = ±∞ and for tiny residuals, and the gradients in
    the prediction and in α are finite. (Those in α diverge slowly as α approaches 2; they are cut
    off there.) Where the loss would exceed the dtype, and beyond |z| of about 1e11 in float32 and
    1e92 in float64, it levels off.

    Args:
        prediction, target: Tensors of a floating dtype, in the same unit; r = prediction − target.
            Their shapes are the same, or a dimension of size 1 or a single number stands for all.
        alpha: The shape α, any number, ±∞ included, or a tensor that broadcasts to the losses.
        scale: The residual at which the bowl ends, in the unit of the data; above 0 and finite. A
            tensor broadcasts to the losses; its range is not checked.
        weight: Non-negative, broadcastable to the losses; 0 removes an element.
        reduction: `"none"`, `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Losses ≥ 0: one per element for `"none"`, otherwise a scalar. In the dtype that prediction
        and target promote to; computed in float32 or better.

    Raises:
        ValueError: for an integer tensor, shapes that do not fit, a NaN as `alpha`, a `scale` that
            is not above 0 and finite, weights that are negative, not finite (seen on the CPU only)
            or do not broadcast, or an unknown `reduction`.
        TypeError: for what is no tensor, or no number.

    Example:
        >>> prediction, target = torch.tensor([2.0]), torch.tensor([0.0])
        >>> barron_loss(prediction, target, alpha=0.0)  # ln 3
        tensor(1.0986)
        >>> barron_loss(prediction, target, alpha=-float("inf"))  # 1 − e⁻²
        tensor(0.8647)

    Source: J. T. Barron, "A General and Adaptive Robust Loss Function", CVPR 2019.
    """
    residual = _residual(prediction, target, weight)
    check_number("alpha", alpha, like=residual)
    _check_length("scale", scale, residual)
    limits = torch.finfo(residual.dtype)
    shape = _as_tensor(alpha, residual).clamp(-(limits.eps**-1.25), limits.eps**-1.25)
    bend = (shape - 2).abs().clamp(min=limits.eps)
    ratio = (residual / scale).clamp(-(limits.max**0.3), limits.max**0.3)
    # With g = ln(z²/b + 1) and u = α g / 2 the loss is (b/α) (e^u − 1). Once b is kept off 0, α = 2
    # is no longer special; α = 0 is, as (b g / 2) · (e^u − 1)/u shows, a removable singularity.
    # e^|u| must stay within the dtype, so g ends where |u| reaches 90 % of that.
    ceiling = 1.8 * math.log(limits.max) / shape.abs().clamp(min=1e-3)
    growth = torch.minimum(torch.log1p(ratio.square() / bend), ceiling)
    exponent = shape / 2 * growth
    small = exponent.abs() < limits.eps**0.25
    series = 1 + exponent / 2 * (1 + exponent / 3 * (1 + exponent / 4))
    # The derivative of expm1 is computed as expm1 + 1, which far below 0 has no digits left.
    rise = torch.where(exponent < -1, torch.exp(exponent) - 1, torch.expm1(exponent))
    loss = torch.where(
        small, bend / 2 * growth * series, bend / torch.where(small, 1, shape) * rise
    )
    return reduce_loss(loss, weight, reduction)


def _as_tensor(number: Scalar, like: torch.Tensor) -> torch.Tensor:
    """The number as a tensor in the dtype of `like`, and on its device if it is not one yet."""
    if isinstance(number, torch.Tensor):
        return number.to(like.dtype)
    largest = torch.finfo(like.dtype).max
    number = min(max(number, -largest), largest)
    return torch.full((), number, dtype=like.dtype, device=like.device)


def _clamped(residual: torch.Tensor, bound: Scalar) -> torch.Tensor:
    # torch's stubs know a number and a tensor, but no union of the two.
    return residual.clamp(-bound, bound)  # type: ignore[arg-type]


def _residual(
    prediction: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None
) -> torch.Tensor:
    """The residual; 0, where every loss here is smooth or takes a slope of 0, without a weight."""
    check_floating(prediction=prediction, target=target)
    check_shapes({"prediction": prediction, "target": target})
    (residual,) = drop_weightless(weight, prediction - target)
    return residual


def _check_length(name: str, value: Scalar, residual: torch.Tensor) -> None:
    """Above 0, and finite in the dtype that the residual is computed in."""
    most = torch.finfo(residual.dtype).max
    check_number(name, value, above=0.0, at_most=most, like=residual)
