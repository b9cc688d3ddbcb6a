"""The regression losses and their derivatives once more, in numpy, straight from the definitions.

Written piecewise and with the obvious formulas on purpose: slow, branching, inexact for tiny
residuals, and sharing nothing with the package.
"""

from typing import Any

import numpy as np

Array = Any


def _barron(r: Array, alpha: float, scale: float) -> Array:
    square = (r / scale) ** 2
    if alpha == -np.inf:
        return 1 - np.exp(-square / 2)
    if alpha == 0:
        return np.log(square / 2 + 1)
    if alpha == 2:
        return square / 2
    if alpha == np.inf:
        return np.exp(square / 2) - 1
    bend = abs(alpha - 2)
    return bend / alpha * ((square / bend + 1) ** (alpha / 2) - 1)


def _barron_slope(r: Array, alpha: float, scale: float) -> Array:
    square = (r / scale) ** 2
    if np.isinf(alpha):
        return r / scale**2 * np.exp(np.sign(alpha) * square / 2)
    if alpha == 2:
        return r / scale**2
    return r / scale**2 * (square / abs(alpha - 2) + 1) ** (alpha / 2 - 1)


VALUES = {
    "l1_loss": lambda r: np.abs(r),
    "mse_loss": lambda r: r * r,
    "half_mse_loss": lambda r: 0.5 * r * r,
    "smooth_l1_loss": lambda r, beta: np.where(
        np.abs(r) < beta, r * r / (2 * beta), np.abs(r) - beta / 2
    ),
    "huber_loss": lambda r, delta: np.where(
        np.abs(r) <= delta, r * r / 2, delta * (np.abs(r) - delta / 2)
    ),
    "log_cosh_loss": lambda r: np.logaddexp(r, -r) - np.log(2),
    "quantile_loss": lambda r, tau: np.maximum(-tau * r, (1 - tau) * r),
    "charbonnier_loss": lambda r, epsilon: np.hypot(r, epsilon) - epsilon,
    "barron_loss": _barron,
}

SLOPES = {
    "l1_loss": lambda r: np.sign(r),
    "mse_loss": lambda r: 2 * r,
    "half_mse_loss": lambda r: r,
    "smooth_l1_loss": lambda r, beta: np.clip(r / beta, -1, 1),
    "huber_loss": lambda r, delta: np.clip(r, -delta, delta),
    "log_cosh_loss": lambda r: np.tanh(r),
    "quantile_loss": lambda r, tau: np.select([r > 0, r < 0], [1 - tau, -tau], 0.0),
    "charbonnier_loss": lambda r, epsilon: r / np.hypot(r, epsilon),
    "barron_loss": _barron_slope,
}
