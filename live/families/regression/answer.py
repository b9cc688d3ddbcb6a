"""Torch's own answer to a state of the regression page: a slope, a best constant, a best line."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import torch

from catalog import CATALOG, Loss, family
from experiments.regression import best_constant, fit_line
from live.families.autograd import autograd_answer, json_number
from live.families.base import State
from live.families.loss_numbers import keywords
from live.families.regression.inputs import outlier_example


def answer(state: State) -> dict[str, Any]:
    """What torch finds for the view of the state; `found` holds what the view searched for."""
    if state["view"] == "optimum":
        return optimum(state)
    if state["view"] == "line":
        return line(state)
    tensors = [torch.tensor(state[k], dtype=torch.float64) for k in ("prediction", "target")]
    return autograd_answer("regression", state, tensors[0], {"target": tensors[1]})


Points = tuple[tuple[float, float], ...]

Keywords = tuple[tuple[str, Any], ...]


def optimum(state: Mapping[str, Any]) -> dict[str, Any]:
    """Mean loss and derivative at the guess, and where the mean loss is smallest, of every loss.

    Returns:
        JSON: `values`, `gradients` and `found`, the last with the position of the minimum and the
        mean loss there, all by id.
    """
    values, gradients, found = {}, {}, {}
    targets, shares = outlier_example(state["outliers"])
    for loss in family("regression"):
        given = keywords(loss, state)
        guess = torch.tensor(state["guess"], dtype=torch.float64, requires_grad=True)
        value = loss.call(guess, targets, weight=shares, **given)
        (gradient,) = torch.autograd.grad(value, guess)
        position = best_constant(loss.function, targets, shares, **given)
        best = torch.tensor(position, dtype=torch.float64)
        lowest = loss.call(best, targets, weight=shares, **given)
        values[loss.id] = json_number(value.item())
        gradients[loss.id] = [json_number(gradient.item())]
        found[loss.id] = [position, lowest.item()]
    return {"values": values, "gradients": gradients, "found": found}


def line(state: Mapping[str, Any]) -> dict[str, Any]:
    """The best line of the losses on the screen, and its mean loss.

    Returns:
        JSON: `values` (null where all points lie above each other and no line is defined) and
        `found`, slope and intercept, by id. There is nothing to differentiate, so each of the
        `gradients` is empty.
    """
    values, found = {}, {}
    points = tuple((float(x), float(y)) for x, y in state["points"])
    for loss in family("regression"):
        if loss.id in state["losses"] or loss.id == state["loss"]:
            given = tuple(keywords(loss, state).items())
            values[loss.id], found[loss.id] = _fit(loss.id, points, given)
    return {"values": values, "gradients": {id: [] for id in values}, "found": found}


@lru_cache(maxsize=1024)
def _fit(loss_id: str, points: Points, given: Keywords) -> tuple[float | None, list[float]]:
    """A fit takes torch some tenths of a second, and a class opens the same scene all at once."""
    loss: Loss = CATALOG[loss_id]
    x, y = torch.tensor(points, dtype=torch.float64).unbind(-1)
    if (x == x[0]).all():
        return None, []
    intercept, slope = fit_line(loss.function, x, y, **dict(given))
    value = loss.call(intercept + slope * x, y, **dict(given)).item()
    return json_number(value), [slope, intercept]
