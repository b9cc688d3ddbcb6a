"""A loss of information in one picture: its curve on the map."""

import torch

from catalog import Loss


def profile(loss: Loss) -> tuple[torch.Tensor, torch.Tensor]:
    """The quantity for two outcomes, over the first one's probability in Q."""
    first = torch.linspace(0.02, 0.98, 97, dtype=torch.float64)
    happened = (1.0, 0.0) if loss.arguments == ("probability",) else (0.7, 0.3)
    truth = torch.tensor(happened, dtype=torch.float64)
    model = torch.stack([first, 1 - first], -1)
    return first, loss.call(model, truth, reduction="none")
