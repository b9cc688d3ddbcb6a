"""The numbers that the scenes of the embeddings page speak of."""

import torch

from catalog import Loss
from experiments.embeddings import descend, on_circle
from live.families.base import State
from live.families.embeddings.inputs import points_of
from live.families.loss_numbers import keywords, named, value_and_gradient


def quantity(loss: Loss, state: State, name: str, after: int | None) -> float:
    """The "value", the "gradient" (its length; on the circle, along it), that in the last point
    alone, which is a triplet's negative ("negative_gradient"), or a reading."""
    circle = state["space"] == "circle"
    given = keywords(loss, state)
    points = points_of(state)
    if after is not None:
        points = descend(
            loss.function, points, rate=state["rate"], steps=after, circle=circle, **given
        )[-1]
    if name not in ("value", "gradient", "negative_gradient"):
        return named(name, loss.readings(points, **given), loss.id)
    place = on_circle if circle else torch.clone
    value, gradient = value_and_gradient(lambda x: loss.function(place(x), **given), points)
    found = {"value": value, "gradient": gradient.norm()}
    return (found | {"negative_gradient": gradient[-1].norm()})[name].item()
