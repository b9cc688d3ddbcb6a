"""The numbers that the scenes of the box page speak of."""

import torch

from catalog import Loss
from experiments.boxes import COORDINATES
from experiments.descent import descend
from live.families.base import State
from live.families.loss_numbers import keywords, reading


def quantity(loss: Loss, state: State, name: str, after: int | None) -> float:
    """A reading, or the prediction's "width_of_prediction", "height_of_prediction", "area" or its
    "coordinate_l1", the mean absolute difference of the four coordinates to the target."""
    target = torch.tensor(state["target"], dtype=torch.float64)
    box = torch.tensor(state["prediction"], dtype=torch.float64)
    given = keywords(loss, state)
    if after is not None:
        to_coordinates, to_corners = COORDINATES[state["coordinates"]]
        box = descend(
            lambda box: loss.call(box, target, **given),
            to_coordinates(box),
            rate=state["rate"],
            steps=after,
            through=to_corners,
        )[-1]
    x1, y1, x2, y2 = box.tolist()
    plain = {
        "width_of_prediction": x2 - x1,
        "height_of_prediction": y2 - y1,
        "area": (x2 - x1) * (y2 - y1),
        "coordinate_l1": (box - target).abs().mean().item(),
    }
    return plain[name] if name in plain else reading(loss, box, target, name=name, given=given)
