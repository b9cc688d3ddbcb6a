"""A loss of segmentation in one picture: its curve on the map."""

import torch

from catalog import Loss


def profile(loss: Loss) -> tuple[torch.Tensor, torch.Tensor]:
    """The loss while a predicted disc grows over a smaller one: first misses, then false alarms."""
    radius = torch.linspace(0, 7, 57, dtype=torch.float64)
    y, x = torch.meshgrid(torch.arange(-8.0, 9), torch.arange(-8.0, 9), indexing="ij")
    distance = torch.hypot(x, y).double()
    grown = torch.sigmoid(4 * (radius[:, None, None] - distance)).clamp(0.01, 0.99)
    target = (distance <= 3.5).double()
    return radius, loss.call(grown, target, reduction="none")
