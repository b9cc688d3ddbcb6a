"""One sample's loss, the cost of a data set and the objective of a training, on a straight line.

The line ŷ = w·x + b is fitted to a few points by gradient descent. The *loss* is what one sample
pays, the *cost* reduces the losses of all to one number, the *objective* is what is minimised: the
cost and a price on the weight. The reduction (sum, mean, half-mean) leaves the minimum of the cost
where it is, but scales the gradient, and with it the learning rates that still converge.
"""

import torch

from losses.arguments import Scalar, check_choice
from losses.distances import l2_penalty
from losses.reduction import Reduction
from losses.regression import half_mse_loss, mse_loss

REDUCTIONS = ("mean", "sum", "half_mean")
POINTS = (
    (-3.0, -1.6), (-2.2, -1.9), (-1.2, -0.2), (-0.4, -0.5),
    (0.5, 0.9), (1.3, 0.6), (2.1, 2.3), (3.0, 1.9),
)  # fmt: skip


def objective(
    line: torch.Tensor,
    points: torch.Tensor,
    sample: torch.Tensor,
    *,
    strength: Scalar,
    reduction: str,
) -> dict[str, torch.Tensor]:
    """Everything that one look at the training shows.

    Args:
        line: (w, b), slope and intercept.
        points: (n, 2), the data.
        sample: (n,), 1 at the sample that is looked at, 0 elsewhere.
        strength: λ of the penalty λw²; the intercept costs nothing, as is usual.
        reduction: One of `REDUCTIONS`: mean, sum or half the mean of the squared residuals.

    Returns:
        "value" (the objective), "cost", "penalty", the sample's "loss", "x", "y" and "prediction",
        all "predictions" and "losses", and the "safe_rate" below which gradient descent converges.
    """
    check_choice("reduction", reduction, REDUCTIONS)
    x, y = points.unbind(-1)
    predictions = line[0] * x + line[1]
    function = half_mse_loss if reduction == "half_mean" else mse_loss
    of_losses: Reduction = "sum" if reduction == "sum" else "mean"
    losses = function(predictions, y, reduction="none")
    cost = function(predictions, y, reduction=of_losses)
    penalty = l2_penalty(line[:1], strength=strength)
    return {
        "value": cost + penalty,
        "cost": cost,
        "penalty": penalty,
        "losses": losses,
        "predictions": predictions,
        "loss": (losses * sample).sum(),
        "x": (x * sample).sum(),
        "y": (y * sample).sum(),
        "prediction": (predictions * sample).sum(),
        "safe_rate": _safe_rate(x, strength, reduction),
    }


def _safe_rate(x: torch.Tensor, strength: Scalar, reduction: str) -> torch.Tensor:
    """2 over the largest eigenvalue of the Hessian [[Σx² + λ', Σx], [Σx, n]], suitably scaled.

    Gradient descent on a quadratic shrinks every error by 1 − rate · eigenvalue at each step.
    """
    scale = {"mean": 2 / x.numel(), "sum": 2.0, "half_mean": 1 / x.numel()}[reduction]
    first = scale * (x * x).sum() + 2 * strength
    second = torch.full_like(first, scale * x.numel())
    mixed = scale * x.sum()
    half = (first - second) / 2
    return 2 / ((first + second) / 2 + (half * half + mixed * mixed).sqrt())
