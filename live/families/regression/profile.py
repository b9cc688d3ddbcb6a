"""A loss of regression in one picture: its curve on the map."""

import torch

from catalog import Loss


def profile(loss: Loss) -> tuple[torch.Tensor, torch.Tensor]:
    """The loss against the residual."""
    residual = torch.linspace(-3, 3, 61, dtype=torch.float64)
    return residual, loss.call(residual, torch.zeros_like(residual), reduction="none")
