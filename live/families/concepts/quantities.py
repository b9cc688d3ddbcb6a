"""The numbers that the scenes of the concepts page speak of."""

import torch

from experiments.concepts import descend, objective
from live.families.base import State
from live.families.loss_numbers import named


def quantity(gathering: str, state: State, name: str, after: int | None) -> float:
    """A number of the training under one gathering: an output of `objective`, or the line's
    "slope" and "intercept"."""
    points = torch.tensor(state["points"], dtype=torch.float64)
    line = torch.tensor([state["slope"], state["intercept"]], dtype=torch.float64)
    strength = state["strength"]
    if after is not None:
        rate = state["rate"]
        line = descend(
            line, points, rate=rate, steps=after, strength=strength, gathering=gathering
        )[-1]
    if name in ("slope", "intercept"):
        return line[int(name == "intercept")].item()
    sample = torch.zeros(len(points), dtype=torch.float64)
    sample[int(state["sample"])] = 1
    found = objective(line, points, sample, strength=strength, gathering=gathering)
    return named(name, found, "the training")
