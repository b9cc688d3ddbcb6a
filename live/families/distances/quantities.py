"""The numbers that the scenes of the distances page speak of."""

from collections.abc import Callable

import torch

from catalog import Loss
from experiments.descent import descend
from live.families.base import State
from live.families.distances.inputs import inputs, point_sets
from live.families.loss_numbers import keywords, reading, value_and_gradient
from losses.distances import pairwise_distance
from losses.distances.norms import singular_values


def quantity(loss: Loss, state: State, name: str, after: int | None) -> float:
    """A reading of what the state gives to `loss`, or one of these.

    "pull_of_row1" …: the length of the gradient in one row of the prediction; "cell11" …: the
    gradient in one cell. "sigma1" …: a singular value of the difference, and "rank": how many of
    them are not 0; "length_of_row1" …: that of a row of the difference. All of them, and the
    readings, are of the matrices after `after` proximal steps. "weight": the weight after as many;
    "plain": the same after steps of plain gradient descent. "city_1_2" and
    "straight_1_2": the distance from point 1 of the first set to point 2 of the second with p = 1
    and with p = 2, whatever p the state has. "to_b1" …: what the loss
    says of code a and the first of the stored codes.
    """
    if name == "weight":
        return shrink(loss, state, after or 0)
    if name == "plain":
        weight, zero = inputs(loss, state)
        own = keywords(loss, state)
        return descend(
            lambda w: loss.call(w, zero, **own), weight, rate=state["rate"], steps=after or 0
        )[-1].item()
    way, _, place = name.partition("_")
    if way in ("city", "straight"):
        row, column = (int(number) - 1 for number in place.split("_"))
        first, second = point_sets(state)
        order = 1.0 if way == "city" else 2.0
        return pairwise_distance(first, second, p=order)[row, column].item()
    if name[:-1] == "to_b":
        query, stored = (torch.tensor(state["codes"][k]) for k in (0, int(name[-1])))
        return loss.call(query, stored).item()
    if loss.views == ("matrices",):
        return _of_matrices(loss, state, name, after or 0)
    return reading(loss, *inputs(loss, state), name=name, given=keywords(loss, state))


def _of_matrices(loss: Loss, state: State, name: str, steps: int) -> float:
    prediction, target = inputs(loss, state)
    step = _proximal_step(loss)
    for _ in range(steps):
        prediction = target + step(prediction - target, rate=state["rate"])
    values = singular_values(prediction, target)
    if name == "rank":
        return float(values.count_nonzero())
    if name[:-1] == "sigma":
        return values[int(name[-1]) - 1].item()
    if name[:-1] == "length_of_row":
        return (prediction - target)[int(name[-1]) - 1].norm().item()
    given = keywords(loss, state)
    if not name.startswith(("pull_of_row", "cell")):
        return reading(loss, prediction, target, name=name, given=given)
    _, gradient = value_and_gradient(lambda x: loss.call(x, target, **given), prediction)
    if name.startswith("pull_of_row"):
        return gradient[int(name[-1]) - 1].norm().item()
    row, column = (int(digit) - 1 for digit in name[-2:])
    return gradient[row, column].item()


def shrink(loss: Loss, state: State, steps: int) -> float:
    """The weight after so many shrinking steps of a penalty."""
    weight = torch.tensor(state["weight"], dtype=torch.float64)
    step = _proximal_step(loss)
    for _ in range(steps):
        weight = step(weight, rate=state["rate"], **keywords(loss, state))
    return weight.item()


def _proximal_step(loss: Loss) -> Callable[..., torch.Tensor]:
    if loss.proximal_step is None:
        raise ValueError(f"{loss.id} has no proximal step")
    return loss.proximal_step
