"""Torch's own answer to a state of the distances page."""

from typing import Any

from catalog import CATALOG, family
from live.families.autograd import json_number
from live.families.base import State
from live.families.distances.inputs import inputs, point_sets
from live.families.loss_numbers import keywords, value_and_gradient
from losses.distances import pairwise_distance, singular_values


def answer(state: State) -> dict[str, Any]:
    """Value and gradient of every loss, the singular values of the difference, and the distances
    of all points to each other.

    Returns:
        JSON: `values` and `gradients` (flat) by id, `singular` (falling), `map` (one row for each
        point of the first set).
    """
    values, gradients = {}, {}
    for loss in family("distances"):
        prediction, target = inputs(loss, state)
        given = keywords(loss, state)
        value, gradient = value_and_gradient(
            lambda x, f=loss.call, y=target, g=given: f(x, y, **g), prediction
        )
        values[loss.id] = json_number(value.item())
        gradients[loss.id] = [json_number(part) for part in gradient.flatten().tolist()]
    prediction, target = inputs(CATALOG["nuclear_norm"], state)
    distances = pairwise_distance(*point_sets(state), p=state["pairwise_distance.p"])
    return {
        "values": values,
        "gradients": gradients,
        "singular": singular_values(prediction, target).tolist(),
        "map": distances.tolist(),
    }
