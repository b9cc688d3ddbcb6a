"""The numbers that the scenes of the box page speak of."""

import torch

from catalog import Loss
from experiments.boxes import descend
from experiments.measures.readings import State, keywords, reading


def measure(loss: Loss, state: State, quantity: str, after: int | None) -> float:
    """A reading, or the prediction's "width_of_prediction", "height_of_prediction", "area" or its
    "coordinate_l1", the mean absolute difference of the four coordinates to the target."""
    target = torch.tensor(state["target"], dtype=torch.float64)
    box = torch.tensor(state["prediction"], dtype=torch.float64)
    given = keywords(loss, state)
    if after is not None:
        rate, coordinates = state["rate"], state["coordinates"]
        box = descend(
            loss.call, box, target, rate=rate, steps=after, coordinates=coordinates, **given
        )[-1]
    x1, y1, x2, y2 = box.tolist()
    plain = {
        "width_of_prediction": x2 - x1,
        "height_of_prediction": y2 - y1,
        "area": (x2 - x1) * (y2 - y1),
        "coordinate_l1": (box - target).abs().mean().item(),
    }
    return plain[quantity] if quantity in plain else reading(loss, box, target, quantity, given)
