"""Torch's own answer to a state of the regression page: a slope, a best constant, a best line."""

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any

import torch

from catalog import CATALOG, Loss, family
from experiments.best_line import fit_line
from experiments.regression import best_constant
from live.families.autograd import answer_of, autograd_answer
from live.families.base import State
from live.families.loss_numbers import keywords, value_and_gradient
from live.families.regression.inputs import outlier_example
from live.words.number_format import json_number


def answer(state: State) -> dict[str, Any]:
    """What torch finds for the view of the state; `found` holds what the view searched for."""
    if state["view"] == "optimum":
        return optimum(state)
    if state["view"] == "line":
        return line(state)
    tensors = [torch.tensor(state[k], dtype=torch.float64) for k in ("prediction", "target")]
    return autograd_answer("regression", state, *tensors)


Points = tuple[tuple[float, float], ...]

Keywords = tuple[tuple[str, Any], ...]


def optimum(state: Mapping[str, Any]) -> dict[str, Any]:
    """Mean loss and derivative at the guess, and where the mean loss is smallest, of every loss.

    Returns:
        JSON: `values`, `gradients` and `found`, the last with the position of the minimum and the
        mean loss there, all by id.
    """
    at_guess, found = {}, {}
    targets, shares = outlier_example(state["outliers"])
    guess = torch.tensor(state["guess"], dtype=torch.float64)
    for loss in family("regression"):
        given = keywords(loss, state)
        mean_loss = partial(_mean_loss, loss.call, targets, shares, given)
        at_guess[loss.id] = value_and_gradient(mean_loss, guess)
        position = _minimum(loss.id, state["outliers"], tuple(given.items()))
        found[loss.id] = [position, mean_loss(torch.tensor(position, dtype=torch.float64)).item()]
    return answer_of(at_guess) | {"found": found}


@lru_cache(maxsize=1024)
def _minimum(loss_id: str, outliers: float, given: Keywords) -> float:
    """It stays where it is while a hand moves the guess, and a search is most of an answer."""
    return best_constant(CATALOG[loss_id].function, *outlier_example(outliers), **dict(given))


def _mean_loss(
    function: Callable[..., torch.Tensor],
    targets: torch.Tensor,
    shares: torch.Tensor,
    given: Mapping[str, Any],
    guess: torch.Tensor,
) -> torch.Tensor:
    return function(guess, targets, weight=shares, **given)


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


def best_line(loss: Loss, state: State) -> list[float]:
    """Slope and intercept of the line with the smallest mean loss; nothing where none is best."""
    points = tuple((float(x), float(y)) for x, y in state["points"])
    return _fit(loss.id, points, tuple(keywords(loss, state).items()))[1]


@lru_cache(maxsize=1024)
def _fit(loss_id: str, points: Points, given: Keywords) -> tuple[float | str | None, list[float]]:
    """The code below the stage asks for the same fit again."""
    loss: Loss = CATALOG[loss_id]
    x, y = torch.tensor(points, dtype=torch.float64).unbind(-1)
    if (x == x[0]).all():
        return None, []
    intercept, slope = fit_line(loss.function, x, y, **dict(given))
    value = loss.call(intercept + slope * x, y, **dict(given)).item()
    return json_number(value), [slope, intercept]
