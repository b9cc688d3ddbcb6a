"""Torch's own answer to a state of the embeddings page."""

from typing import Any

import torch

from catalog import CATALOG
from experiments.embeddings import on_circle
from live.families.autograd import answer_of, autograd_answer
from live.families.base import State
from live.families.embeddings.inputs import is_mined, points_of, program_of
from live.families.loss_numbers import value_and_gradient


def answer(state: State) -> dict[str, Any]:
    """Value and gradient of every loss; on the circle, the gradient along it."""
    circle = state["space"] == "circle"
    through = on_circle if circle else torch.clone
    points = points_of(state)
    found = autograd_answer("embeddings", state, points, through=through)
    triplet = CATALOG["triplet_loss"]
    if is_mined(triplet, state):
        program = program_of(triplet, state)
        told = answer_of({triplet.id: value_and_gradient(lambda at: program(through(at)), points)})
        for kind, numbers in told.items():
            found[kind] |= numbers
    return found
