"""The tensors that a state of the embeddings page stands for, and what is computed of them."""

from collections.abc import Callable

import torch

from catalog import Loss
from catalog.embedding_points import labels_of
from experiments.embeddings import on_circle
from experiments.mining import MINING
from live.families.base import State
from live.families.loss_numbers import keywords


def points_of(state: State) -> torch.Tensor:
    """The points that a state shows, where it shows them."""
    points = torch.tensor(state[state["arrangement"]], dtype=torch.float64)
    return on_circle(points) if state["space"] == "circle" else points


def is_mined(loss: Loss, state: State) -> bool:
    """Whether the state has the loss take some triplets of the cloud only."""
    cloud = state["arrangement"] == "cloud"
    return loss.id == "triplet_loss" and cloud and state["mining"] != "all"


def program_of(loss: Loss, state: State) -> Callable[[torch.Tensor], torch.Tensor]:
    """The loss as a function of all points."""
    given = keywords(loss, state)
    if not is_mined(loss, state):
        return lambda points: loss.call(points, **given)
    mined = MINING[state["mining"]]
    return lambda points: mined(points, torch.tensor(labels_of(len(points))), **given)
