"""The absolute error, and the one that tells above from below."""

import torch

from losses.arguments import (
    Scalar,
    check_number,
)
from losses.precision import full_precision
from losses.reduction import Reduction, reduce_loss
from losses.regression.residual import residual_of

__all__ = [
    "l1_loss",
    "quantile_loss",
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
    residual = residual_of(prediction, target, weight)
    return reduce_loss(residual.abs(), weight, reduction)


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
    residual = residual_of(prediction, target, weight)
    check_number("tau", tau, above=0.0, below=1.0, like=residual)
    size = residual.abs()  # its derivative at 0 is 0, so both branches agree at the kink
    loss = torch.where(residual > 0, (1 - tau) * size, tau * size)
    return reduce_loss(loss, weight, reduction)
