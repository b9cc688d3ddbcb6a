"""The numbers that the scenes of the distances page speak of."""

import torch

from catalog import Loss
from experiments.measures.readings import State, keywords
from losses.distances import pairwise_distance


def measure(loss: Loss, state: State, quantity: str, after: int | None) -> float:
    """A reading of what the state gives to `loss`, or one of these.

    "pull_of_row1" …: the length of the gradient in one row of the prediction; "cell11" …: the
    gradient in one cell. "weight": the weight after `after` shrinking steps. "city_1_2" and
    "straight_1_2": the distance from point 1 of the first set to point 2 of the second with p = 1
    and with p = 2, whatever p the state has.
    """
    if quantity == "weight":
        return shrink(loss, state, after or 0)
    name, _, place = quantity.partition("_")
    if name in ("city", "straight"):
        row, column = (int(number) - 1 for number in place.split("_"))
        first, second = point_sets(state)
        order = 1.0 if name == "city" else 2.0
        return pairwise_distance(first, second, p=order)[row, column].item()
    prediction, target = inputs(loss, state)
    given = keywords(loss, state)
    value, gradient = value_and_gradient(loss, prediction, target, state)
    if quantity == "value":
        return value.item()
    if quantity == "gradient":
        return gradient.norm().item()
    if quantity.startswith("pull_of_row"):
        return gradient[int(quantity[-1]) - 1].norm().item()
    if quantity.startswith("cell"):
        row, column = (int(digit) - 1 for digit in quantity[-2:])
        return gradient[row, column].item()
    readings = loss.intermediates(prediction, target, **given)
    if quantity not in readings:
        raise ValueError(f"{loss.id} has no quantity {quantity!r}; it has {', '.join(readings)}")
    return readings[quantity].item()


def value_and_gradient(
    loss: Loss, prediction: torch.Tensor, target: torch.Tensor, state: State
) -> tuple[torch.Tensor, torch.Tensor]:
    """Value and gradient; 0 for a value that does not depend on its prediction by any slope."""
    leaf = prediction.clone().requires_grad_()
    value = loss.call(leaf, target, **keywords(loss, state))
    if not value.requires_grad:
        return value, torch.zeros_like(prediction)
    return value.detach(), torch.autograd.grad(value, leaf)[0]


def inputs(loss: Loss, state: State) -> tuple[torch.Tensor, torch.Tensor]:
    """What `loss` looks at: both matrices, the chosen pair of points, both codes, the weight."""
    (view,) = loss.views
    if view in ("matrices", "codes"):
        first, second = (torch.tensor(part, dtype=torch.float64) for part in state[view])
        return first, second
    if view == "penalty":
        weight = torch.tensor(state["weight"], dtype=torch.float64)
        return weight, torch.zeros_like(weight)
    first, second = point_sets(state)
    row, column = chosen_pair(state)
    return first[row], second[column]


def point_sets(state: State) -> tuple[torch.Tensor, torch.Tensor]:
    first, second = (torch.tensor(state[k], dtype=torch.float64) for k in ("first", "second"))
    return first, second


def chosen_pair(state: State) -> tuple[int, int]:
    """The positions of the chosen pair; fewer points may be left than when it was chosen."""
    row, column = (int(number) - 1 for number in state["pair"].split("-"))
    return min(row, len(state["first"]) - 1), min(column, len(state["second"]) - 1)


def shrink(loss: Loss, state: State, steps: int) -> float:
    """The weight after so many shrinking steps of a penalty."""
    weight = torch.tensor(state["weight"], dtype=torch.float64)
    for _ in range(steps):
        weight = loss.proximal_step(weight, rate=state["rate"], **keywords(loss, state))
    return weight.item()
