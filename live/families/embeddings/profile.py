"""A loss of embeddings in one picture: its curve on the map."""

import torch

from catalog import Loss


def profile(loss: Loss) -> tuple[torch.Tensor, torch.Tensor]:
    """The loss while the negative goes once round a circle, past the anchor and the positive."""
    angle = torch.linspace(-3.2, 3.2, 81, dtype=torch.float64)
    still = torch.tensor([0.0, 0.6], dtype=torch.float64).expand(len(angle), 2)
    angles = torch.cat((still, angle[:, None]), dim=1)
    points = torch.stack((angles.cos(), angles.sin()), dim=-1)
    return angle, loss.call(points, reduction="none")
