"""Loss functions in plain PyTorch: `from losses import huber_loss`."""

from losses.regression import (
    barron_loss,
    charbonnier_loss,
    half_mse_loss,
    huber_loss,
    l1_loss,
    log_cosh_loss,
    mse_loss,
    quantile_loss,
    smooth_l1_loss,
)

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
