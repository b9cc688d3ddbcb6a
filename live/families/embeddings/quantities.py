"""The numbers that the scenes of the embeddings page speak of."""

import torch

from catalog import Loss
from experiments.descent import descend
from experiments.embeddings import on_circle
from live.families.base import State
from live.families.embeddings.inputs import points_of, program_of
from live.families.embeddings.rows import MININGS
from live.families.loss_numbers import keywords, named, value_and_gradient


def quantity(loss: Loss, state: State, name: str, after: int | None) -> float:
    """The "value", the "gradient" (its length; on the circle, along it), that in the last point
    alone, which is a triplet's negative ("negative_gradient"), or a reading. "value_by_hard" and so
    on: the same where triplets are mined in that way, whatever the state says."""
    for mining in MININGS:
        name, asked, _ = name.partition(f"_by_{mining}")
        if asked:
            return quantity(loss, {**state, "mining": mining}, name, after)
    given, points = keywords(loss, state), points_of(state)
    place = on_circle if state["space"] == "circle" else torch.clone
    of_points = program_of(loss, state)

    def program(points: torch.Tensor) -> torch.Tensor:
        return of_points(place(points))

    if after is not None:
        points = descend(program, points, rate=state["rate"], steps=after, project=place)[-1]
    if name not in ("value", "gradient", "negative_gradient"):
        return named(name, loss.intermediates(points, **given), loss.id)
    value, gradient = value_and_gradient(program, points)
    found = {"value": value, "gradient": gradient, "negative_gradient": gradient[-1]}
    return found[name].norm().item() if name != "value" else value.item()
