"""The numbers that the scenes of the concepts page speak of."""

import torch

from experiments.concepts import objective
from experiments.descent import descend
from live.families.base import State
from live.families.loss_numbers import named


def quantity(reduction: str, state: State, name: str, after: int | None) -> float:
    """A number of the training under one reduction: an output of `objective`, the "part" of the
    cost that the sample's loss makes up, or the line's "slope" and "intercept"."""
    points = torch.tensor(state["points"], dtype=torch.float64)
    line = torch.tensor([state["slope"], state["intercept"]], dtype=torch.float64)
    sample = torch.zeros(len(points), dtype=torch.float64)
    sample[int(state["sample"])] = 1

    def training(line: torch.Tensor) -> dict[str, torch.Tensor]:
        return objective(line, points, sample, strength=state["strength"], reduction=reduction)

    if after is not None:
        line = descend(lambda x: training(x)["value"], line, rate=state["rate"], steps=after)[-1]
    if name in ("slope", "intercept"):
        return line[int(name == "intercept")].item()
    found = training(line)
    if name == "part":
        return (found["cost"] * found["loss"] / found["losses"].sum()).item()
    return named(name, found, "the training")
