"""A loss of boxes in one picture: its curve on the map."""

import torch

from catalog import Loss
from live.tape.context import CONTEXT


def profile(loss: Loss) -> tuple[torch.Tensor, torch.Tensor]:
    """The loss while a box slides over a target of another shape, from one side to the other."""
    shift = torch.linspace(-4, 4, 81, dtype=torch.float64)
    start = torch.tensor([-1.0, -0.6, 1.0, 0.6], dtype=torch.float64)
    target = torch.tensor([-0.8, -1.0, 0.8, 1.0], dtype=torch.float64)
    along = torch.tensor([1.0, 0.0, 1.0, 0.0], dtype=torch.float64)
    given = {name: CONTEXT[name] for name in loss.context}
    return shift, loss.call(start + shift[:, None] * along, target, **given, reduction="none")
