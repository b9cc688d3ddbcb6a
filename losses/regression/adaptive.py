"""Barron's loss as the likelihood of a density, so that its shape and scale can be learnt."""

import math

import torch

from losses.arguments import Scalar, check_number
from losses.precision import full_precision
from losses.reduction import Reduction, reduce_loss
from losses.regression.barron import barron_loss
from losses.regression.residual import check_length, residual_of

__all__ = ["barron_nll_loss"]

STEP = 1 / 16
"""Of the sum that stands for the integral, in u; 1/16 leaves an error of 3e-9 for α in [0, 6]."""


@full_precision
def barron_nll_loss(
    prediction: torch.Tensor,
    target: torch.Tensor,
    *,
    alpha: Scalar = 1.0,
    scale: Scalar = 1.0,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Barron's loss with its normalising term: minus the log of the density that belongs to it.

    ρ(r, α, c) + ln c + ln Z(α), where Z(α) is the integral of e^(−ρ(x, α, 1)) over all x. With ρ
    alone a model that may choose α and c takes the α that forgives most and a c without end; here
    both have their price, and can be learnt. α = 2 is the normal distribution with standard
    deviation c, α = 0 a Cauchy distribution, whose tails are the heaviest that have a density.

    The value may be below 0, as that of any density. Z is a sum over 400 to 640 points for every
    number in `alpha`, with a relative error of at most 3e-9 for α up to 6. Far out it levels off,
    as `barron_loss` does.

    Args:
        prediction, target: Tensors of a floating dtype, in the same unit; r = prediction − target.
            Their shapes are the same, or a dimension of size 1 or a single number stands for all.
        alpha: The shape α ≥ 0 and finite, or a tensor that broadcasts to the losses, whose range is
            not checked.
        scale: The scale c, in the unit of the data; above 0 and finite. A tensor broadcasts to the
            losses; its range is not checked.
        weight: Non-negative, broadcastable to the losses; 0 removes an element.
        reduction: `"none"`, `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Nats: one number per element for `"none"`, otherwise a scalar. In the dtype that prediction
        and target promote to; computed in float32 or better.

    Raises:
        ValueError: for an integer tensor, shapes that do not fit, an `alpha` that is below 0 or not
            finite, a `scale` that is not above 0 and finite, weights that are negative, not finite
            (seen on the CPU only) or do not broadcast, or an unknown `reduction`.
        TypeError: for what is no tensor, or no number.

    Example:
        >>> prediction, target = torch.tensor([1.0]), torch.tensor([0.0])
        >>> barron_nll_loss(prediction, target, alpha=2.0)  # (1 + ln 2π) / 2
        tensor(1.4189)
        >>> barron_nll_loss(prediction, target, alpha=0.0)  # ln(3/2) + ln(π √2)
        tensor(1.8968)

    Source: J. T. Barron, "A General and Adaptive Robust Loss Function", CVPR 2019.
    """
    residual = residual_of(prediction, target, weight)
    limits = torch.finfo(residual.dtype)
    check_number("alpha", alpha, at_least=0, at_most=limits.max, like=residual)
    check_length("scale", scale, residual)
    nothing = torch.zeros_like(residual)
    density = barron_loss(residual, nothing, alpha=alpha, scale=scale, reduction="none")
    price = torch.log(torch.ones_like(residual) * scale) + log_partition(alpha, residual)
    return reduce_loss(density + price, weight, reduction)


def log_partition(alpha: Scalar, like: torch.Tensor) -> torch.Tensor:
    """ln Z(α), in the shape of `alpha` and the dtype of `like`.

    With x = √2 sinh u the integrand falls at least as fast as e^(−|u|), and a plain sum over evenly
    spaced u is exact to many digits, because the integrand is analytic.
    """
    end = 24 if like.dtype == torch.float32 else 40  # where e^(−u) is nothing beside 1
    u = torch.arange(0, end, STEP, dtype=like.dtype, device=like.device)
    log_slope = u + torch.log1p(torch.exp(-2 * u)) - math.log(2) / 2  # ln(√2 cosh u)
    # The middle counts once, all others twice.
    log_slope = torch.where(u == 0, log_slope - math.log(2), log_slope)
    if isinstance(alpha, torch.Tensor):
        u, log_slope = (one.reshape(-1, *[1] * alpha.ndim) for one in (u, log_slope))
        u = u.expand(-1, *alpha.shape)
    x = math.sqrt(2) * torch.sinh(u)
    loss = barron_loss(x, torch.zeros_like(x), alpha=alpha, reduction="none")
    return torch.logsumexp(log_slope - loss, 0) + math.log(2 * STEP)
