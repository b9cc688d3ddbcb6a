"""The distances page: two matrices, two sets of points, two codes, one weight and its penalty.

Which of the four the page shows follows from the chosen loss: no link can ask for a view and a loss
that do not belong together.
"""

from collections.abc import Callable, Sequence
from typing import Any

import torch

from catalog import CATALOG, Loss, family, views
from experiments.measures.distances import (
    inputs,
    point_sets,
    value_and_gradient,
)
from live.families.autograd import json_number
from live.families.base import FamilyPage, State
from live.families.distance_rows import Codes, Matrices
from live.families.distance_snippets import snippet
from live.state.rows import Choice, Number, Points, Row, Several
from live.tape.loss_tapes import program
from live.tape.program import Program
from losses.distances import pairwise_distance, singular_values

SHAPES = tuple((rows, columns) for rows in (2, 3) for columns in (2, 3, 4))
LENGTHS = range(3, 13)
SIZES = {
    "matrices": SHAPES,
    "points": ((2,),),
    "codes": tuple((n,) for n in LENGTHS),
    "penalty": ((),),
}
"""The sizes that the prediction of each view can have; tapes do not name the first."""
MOST_POINTS = 6
PICTURE = (8.0, 6.0)
"""Width and height of the picture of the points, in their own units."""
WEIGHT = Number("weight", 1.2, -3.0, 3.0)


def rows() -> Sequence[Row]:
    ids = tuple(loss.id for loss in family("distances"))
    matrices = (((4.0, 1.0, 0.0), (2.0, 3.0, 1.0)), ((1.0, 2.0, 0.0), (2.0, 1.0, 3.0)))
    first = ((1.6, 4.4), (2.4, 1.6), (4.6, 3.0))
    second = ((6.4, 4.8), (5.6, 1.2))
    codes = ((0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0), (0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0))
    width, height = PICTURE
    pairs = tuple(f"{i}-{j}" for i in range(1, 7) for j in range(1, 7))
    return [
        Several("losses", ids, ids),
        Choice("loss", "frobenius_norm", ids),
        Matrices("matrices", matrices, (2, 3), (2, 4), 9.0),
        Points("first", first, (0.0, width), (0.0, height), 1, MOST_POINTS),
        Points("second", second, (0.0, width), (0.0, height), 1, MOST_POINTS),
        Choice("pair", "1-1", pairs),
        Codes("codes", codes, (LENGTHS[0], LENGTHS[-1])),
        WEIGHT,
        Number("rate", 1.0, 0.01, 1.0, logarithmic=True),
    ]


def programs() -> dict[str, Program]:
    """Every norm and code under its bare id for the first size, "3x4:<id>" for the others; the
    distance of a pair, the penalties, and each penalty's step under "step:<id>"."""
    found: dict[str, Program] = {}
    for view, losses in views("distances").items():
        for loss in (loss for loss in losses if loss.taped):
            parameters = {parameter.name: () for parameter in loss.parameters}
            for size in SIZES[view]:
                found[_key(loss.id, size)] = Program(
                    program(loss, {}),
                    {"prediction": size, "target": size, **parameters},
                    differentiate="prediction",
                    order=1,
                )
            if loss.proximal_step:
                scalars = {"weight": (), "rate": (), **parameters}
                found[f"step:{loss.id}"] = Program(_step(loss), scalars)
    return found


def _key(id: str, size: tuple[int, ...]) -> str:
    first = any(size == sizes[0] for sizes in SIZES.values())
    return id if first else f"{'x'.join(map(str, size))}:{id}"


def _step(loss: Loss) -> Callable[..., dict[str, torch.Tensor]]:
    def outputs(weight: torch.Tensor, **given: torch.Tensor) -> dict[str, torch.Tensor]:
        return {"weight": loss.proximal_step(weight, **given)}

    return outputs


def answer(state: State) -> dict[str, Any]:
    """Value and gradient of every loss, the singular values of the difference, and the distances
    of all points to each other.

    Returns:
        JSON: `values` and `gradients` (flat) by id, `singular` (falling), `map` (one row for each
        point of the first set).
    """
    values, gradients = {}, {}
    for loss in family("distances"):
        value, gradient = value_and_gradient(loss, *inputs(loss, state), state)
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


def extras() -> dict[str, Any]:
    return {
        "shapes": SHAPES,
        "lengths": [LENGTHS[0], LENGTHS[-1]],
        "limit": next(row.limit for row in rows() if isinstance(row, Matrices)),
        "picture": PICTURE,
        "most_points": MOST_POINTS,
        "weight_range": [WEIGHT.low, WEIGHT.high],
        "untaped": [loss.id for loss in family("distances") if not loss.taped],
    }


def profile(loss: Loss) -> tuple[torch.Tensor, torch.Tensor]:
    """The norms while one of two singular values goes through 0; a distance while a point passes
    another; a code that loses one place after the other; a penalty against its weight."""
    along = torch.linspace(-2, 2, 81, dtype=torch.float64)
    rest = torch.full_like(along, 0.7)
    (view,) = loss.views
    if view == "matrices":
        prediction = torch.diag_embed(torch.stack([along, rest], -1))
    elif view == "codes":
        prediction = (torch.arange(8) < (along[:, None] + 2) * 2).double()
    elif view == "penalty":
        prediction = along
    else:
        prediction = torch.stack([along, rest], -1)
    target = torch.zeros_like(prediction)
    return along, loss.call(prediction, target, **loss.defaults(), reduction="none")


PAGE = FamilyPage("distances", rows, programs, answer, snippet, extras, profile)
