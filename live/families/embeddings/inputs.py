"""The tensors that a state of the embeddings page stands for."""

import torch

from experiments.embeddings import on_circle
from live.families.base import State


def points_of(state: State) -> torch.Tensor:
    """The points that a state shows, where it shows them."""
    points = torch.tensor(state[state["arrangement"]], dtype=torch.float64)
    return on_circle(points) if state["space"] == "circle" else points
