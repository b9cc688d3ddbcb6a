"""What regression losses lead to: the best constants, to the last digits.

Everything is computed in float64, from the losses themselves. The losses depend on prediction −
target alone, and the functions here rely on it.
"""

from collections.abc import Callable, Sequence
from typing import Any

import torch

from catalog.record import Properties
from catalog.regression import LOSSES
from losses.regression import half_mse_loss, mse_loss

LossFunction = Callable[..., torch.Tensor]
Numbers = Sequence[float] | torch.Tensor

QUADRATIC = (mse_loss, half_mse_loss)

# fmt: off
TELEPHONE_CALLS = tuple(zip(range(1950, 1974), (
    4.4, 4.7, 4.7, 5.9, 6.6, 7.3, 8.1, 8.8, 10.6, 12.0, 13.5, 14.9,
    16.1, 21.2, 119.0, 124.0, 142.0, 159.0, 182.0, 212.0, 43.0, 24.0, 27.0, 29.0,
), strict=True))
# fmt: on
"""Year and international calls from Belgium, in millions. From 1964 to 1969 (and for part of the
years on either side) another system counted minutes instead of calls: real outliers.
P. J. Rousseeuw and A. M. Leroy, "Robust Regression and Outlier Detection", Wiley, 1987."""


def best_constant(
    function: LossFunction,
    targets: Numbers,
    weights: Numbers | None = None,
    **parameters: Any,
) -> float:
    """The one prediction for all targets that makes the (weighted) mean loss smallest.

    The mean for squared errors, a median or quantile for piecewise linear losses, the root of the
    derivative for convex ones. Where a whole interval is best, its midpoint is returned. A loss
    that is not convex is searched on a grid that holds every target, and then refined.

    Raises:
        ValueError: if there is no target, a weight is negative, or all weights are 0.
    """
    values = torch.as_tensor(targets, dtype=torch.float64)
    if values.ndim != 1 or values.numel() == 0:
        raise ValueError(f"targets must be a non-empty list; got shape {tuple(values.shape)}")
    if weights is None:
        shares = torch.ones_like(values)
    else:
        shares = torch.as_tensor(weights, dtype=torch.float64)
    if shares.shape != values.shape or (shares < 0).any() or not shares.sum() > 0:
        raise ValueError(
            "weights must be as many as the targets, not negative, and not all 0; "
            f"got {shares.tolist()}"
        )
    values, order = values[shares > 0].sort()
    shares = shares[shares > 0][order]
    shares = shares / shares.sum()

    if function in QUADRATIC:
        return (shares * values).sum().item()
    properties = properties_of(function)
    if properties.piecewise_linear:
        return _quantile(values, shares, _share_below(function, parameters))

    def slope(constants: torch.Tensor) -> torch.Tensor:
        residuals = constants[:, None] - values
        return (shares * _derivative(function, residuals, parameters)).sum(1)

    low, high = values[0].item(), values[-1].item()
    if properties.convex:
        return _root(slope, low, high)

    def mean_loss(constants: torch.Tensor) -> torch.Tensor:
        pairs = (torch.broadcast_tensors(part[:, None], values) for part in constants.split(256))
        losses = (function(*pair, reduction="none", **parameters) for pair in pairs)
        return torch.cat([(shares * each).sum(1) for each in losses])

    grid = torch.cat((values, torch.linspace(low, high, 2001, dtype=torch.float64))).unique()
    return _global_minimum(mean_loss, slope, grid)


def properties_of(function: LossFunction) -> Properties:
    """What the catalog knows of a loss; a function that it does not hold may be anything."""
    unknown = Properties(convex=False, smooth=False, bounded_gradient=False, symmetric=False)
    records = (loss for loss in LOSSES if loss.function is function)
    return next((loss.properties for loss in records), unknown)


def _share_below(function: LossFunction, parameters: dict[str, Any]) -> float:
    """The share of the targets that lie below the best constant of a piecewise linear loss: where
    the slopes on both sides of a match balance."""
    left, right = _derivative(
        function, torch.tensor([-1.0, 1.0], dtype=torch.float64), parameters
    ).tolist()
    return left / (left - right)


def _derivative(
    function: LossFunction, residual: torch.Tensor, parameters: dict[str, Any]
) -> torch.Tensor:
    """The derivative of each element's loss."""
    leaf, zero = residual.detach().requires_grad_(), torch.zeros((), dtype=torch.float64)
    total = function(leaf, zero, reduction="sum", **parameters)
    return torch.autograd.grad(total, leaf)[0]


def _quantile(values: torch.Tensor, shares: torch.Tensor, tau: float) -> float:
    """The τ-quantile of sorted values; the midpoint where the shares below make exactly τ."""
    below = shares.cumsum(0)
    index = int(torch.searchsorted(below, tau - 1e-12).clamp(max=len(values) - 1))
    if abs(below[index].item() - tau) <= 1e-12 and index + 1 < len(values):
        return (values[index] + values[index + 1]).item() / 2
    return values[index].item()


def _root(slope: Callable[[torch.Tensor], torch.Tensor], low: float, high: float) -> float:
    """Where a non-decreasing function is 0: the middle of that interval, to the last bit."""
    first = _boundary(lambda points: slope(points) < 0, low, high)
    last = _boundary(lambda points: slope(points) <= 0, low, high)
    return first + (last - first) / 2


def _boundary(is_left: Callable[[torch.Tensor], torch.Tensor], low: float, high: float) -> float:
    """The point between low and high where `is_left` turns from true to false.

    Among 256 parts at a time, for nearly all the time of a look goes to looking at all.
    """
    while True:
        points = torch.linspace(low, high, 257, dtype=torch.float64)
        right = torch.nonzero(~is_left(points))[:, 0]
        if len(right) == 0:
            return high
        if right[0] == 0:
            return low
        low, high = points[right[0] - 1].item(), points[right[0]].item()
        if not low < low + (high - low) / 2 < high:
            return high


def _global_minimum(
    mean_loss: Callable[[torch.Tensor], torch.Tensor],
    slope: Callable[[torch.Tensor], torch.Tensor],
    grid: torch.Tensor,
) -> float:
    """The lowest point between the first and the last point of the grid."""
    losses = mean_loss(grid)
    wall = losses.new_full((1,), torch.inf)
    left, right = torch.cat((wall, losses[:-1])), torch.cat((losses[1:], wall))
    valleys = torch.nonzero((losses <= left) & (losses <= right))[:, 0]
    valleys = valleys[losses[valleys].argsort()[:8]]
    found = []
    for valley in valleys.tolist():
        points = grid[max(valley - 1, 0) : valley + 2]
        # Three narrowings stop well before the square root of the precision, below which values
        # no longer tell points apart; the sign of the slope does.
        for _ in range(3):
            points = torch.linspace(points[0], points[-1], 41, dtype=torch.float64)
            lowest = int(mean_loss(points).argmin())
            best = points[lowest].item()
            points = points[max(lowest - 1, 0) : lowest + 2]
        low, high = points[0].item(), points[-1].item()
        falls, rises = slope(points[[0, -1]]).tolist()
        found.append(_root(slope, low, high) if falls < 0 < rises else best)
    candidates = torch.tensor(found, dtype=torch.float64)
    return candidates[mean_loss(candidates).argmin()].item()
