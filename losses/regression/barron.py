"""Barron's general robust loss."""

import math

import torch

from losses.arguments import (
    Scalar,
    check_number,
)
from losses.precision import full_precision
from losses.reduction import Reduction, reduce_loss
from losses.regression.residual import check_length, residual_of

__all__ = [
    "barron_loss",
]


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
    residual = residual_of(prediction, target, weight)
    check_number("alpha", alpha, infinite=True, like=residual)
    check_length("scale", scale, residual)
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
