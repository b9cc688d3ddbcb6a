"""The numbers that the scenes of the embeddings page speak of."""

import torch

from catalog.record import Loss
from experiments.embeddings import descend, on_circle
from experiments.measures.readings import State, keywords


def points_of(state: State) -> torch.Tensor:
    """The points that a state shows, where it shows them."""
    points = torch.tensor(state[state["arrangement"]], dtype=torch.float64)
    return on_circle(points) if state["space"] == "circle" else points


def measure(loss: Loss, state: State, quantity: str, after: int | None) -> float:
    """The "value", the "gradient" (its length; on the circle, along it), that in the last point
    alone, which is a triplet's negative ("negative_gradient"), or a reading."""
    circle = state["space"] == "circle"
    given = keywords(loss, state)
    points = points_of(state)
    if after is not None:
        points = descend(
            loss.call, points, rate=state["rate"], steps=after, circle=circle, **given
        )[-1]
    if quantity not in ("value", "gradient", "negative_gradient"):
        readings = loss.intermediates(points, **given)
        if quantity not in readings:
            known = ", ".join(readings)
            raise ValueError(f"{loss.id} has no quantity {quantity!r}; it has {known}")
        return readings[quantity].item()
    leaf = points.requires_grad_()
    value = loss.call(on_circle(leaf) if circle else leaf, **given)
    if quantity == "value":
        return value.item()
    (gradient,) = torch.autograd.grad(value, leaf)
    return (gradient if quantity == "gradient" else gradient[-1]).norm().item()
