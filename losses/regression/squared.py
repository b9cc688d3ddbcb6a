"""The squared error and its half."""

import torch

from losses.precision import full_precision
from losses.reduction import Reduction, reduce_loss
from losses.regression.residual import residual_of

__all__ = [
    "half_mse_loss",
    "mse_loss",
]


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
    residual = residual_of(prediction, target, weight)
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
    residual = residual_of(prediction, target, weight)
    return reduce_loss(residual.square() / 2, weight, reduction)
