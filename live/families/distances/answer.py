"""Torch's own answer to a state of the distances page."""

from typing import Any

import torch

from catalog import CATALOG, Loss, family
from live.families.autograd import answer_of
from live.families.base import State
from live.families.distances.inputs import inputs, point_sets
from live.families.loss_numbers import keywords, value_and_gradient
from losses.distances import pairwise_distance
from losses.distances.norms import singular_values


def answer(state: State) -> dict[str, Any]:
    """Value and gradient of every loss, the singular values of the difference, and the distances
    of all points to each other.

    Returns:
        JSON: `values` and `gradients` (flat) by id, `singular` (falling) with the directions
        `left` and `right` (flat) that belong to them, `map` (one row for each point of the first
        set).
    """
    found = {loss.id: _value_and_gradient(loss, state) for loss in family("distances")}
    prediction, target = inputs(CATALOG["nuclear_norm"], state)
    left, _, right = torch.linalg.svd(prediction - target, full_matrices=False)
    distances = pairwise_distance(*point_sets(state), p=state["pairwise_distance.p"])
    return answer_of(found) | {
        "singular": singular_values(prediction, target).tolist(),
        "left": left.flatten().tolist(),
        "right": right.flatten().tolist(),
        "map": distances.tolist(),
    }


def _value_and_gradient(loss: Loss, state: State) -> tuple[torch.Tensor, torch.Tensor]:
    prediction, target = inputs(loss, state)
    given = keywords(loss, state)
    return value_and_gradient(lambda x: loss.call(x, target, **given), prediction)
