"""A loss of distances in one picture: its curve on the map."""

import torch

from catalog import Loss


def profile(loss: Loss) -> tuple[torch.Tensor, torch.Tensor]:
    """The norms while one of two singular values goes through 0; a distance while a point passes
    another; a code that loses one place after the other; a penalty against its weight."""
    along = torch.linspace(-2, 2, 81, dtype=torch.float64)
    rest = torch.full_like(along, 0.7)
    (view,) = loss.views
    if view == "matrices":
        prediction = torch.diag_embed(torch.stack([along, rest], -1))
    elif view == "codes":
        prediction = (torch.arange(8) < (along[:, None] + 2) * 2).double()
    elif view == "penalty":
        prediction = along
    else:
        prediction = torch.stack([along, rest], -1)
    target = torch.zeros_like(prediction)
    return along, loss.call(prediction, target, reduction="none")
