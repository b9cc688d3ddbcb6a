"""Torch's own answer to a state of the embeddings page."""

from typing import Any

import torch

from experiments.embeddings import on_circle
from live.families.autograd import autograd_answer
from live.families.base import State
from live.families.embeddings.inputs import points_of


def answer(state: State) -> dict[str, Any]:
    """Value and gradient of every loss; on the circle, the gradient along it."""
    circle = state["space"] == "circle"
    through = on_circle if circle else torch.clone
    return autograd_answer("embeddings", state, points_of(state), through=through)
