"""The distances page: two matrices, two sets of points, two codes, one weight and its penalty.

Which of the four the page shows follows from the chosen loss: no link can ask for a view and a loss
that do not belong together.
"""

from collections.abc import Callable, Sequence
from typing import Any

import torch

from catalog import CATALOG, Loss, family
from experiments.measures.distances import (
    CODES,
    NORMS,
    SHRINKAGES,
    inputs,
    point_sets,
    value_and_gradient,
)
from live.families.autograd import json_number
from live.families.base import FamilyPage, State
from live.families.distance_rows import Codes, Matrices
from live.families.distance_snippets import snippet
from live.state.rows import Choice, Number, Points, Row, Several
from live.tape.loss_tapes import Tapes, program
from live.tape.record import record
from live.tape.tape_key import TapeKey
from losses.distances import pairwise_distance, singular_values

VIEWS = {
    "matrices": NORMS,
    "points": ("pairwise_distance",),
    "codes": CODES,
    "penalty": tuple(SHRINKAGES),
}
"""The losses of each view; the first is chosen when the reader turns to it."""
SHAPES = tuple((rows, columns) for rows in (2, 3) for columns in (2, 3, 4))
LENGTHS = range(3, 13)
MOST_POINTS = 6
PICTURE = (8.0, 6.0)
"""Width and height of the picture of the points, in their own units."""


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
        Number("weight", 1.2, -3.0, 3.0),
        Number("rate", 1.0, 0.01, 1.0, logarithmic=True),
    ]


def tapes() -> Tapes:
    """Every norm and code for each size, the distance of a pair, the penalties, and the step of
    each."""
    found: Tapes = {}
    shapes = [{"rows": rows, "columns": columns} for rows, columns in SHAPES]
    lengths = [{"places": length} for length in LENGTHS]
    for sizes, ids in ((shapes, NORMS), (lengths, CODES)):
        for loss in (CATALOG[id] for id in ids if CATALOG[id].taped):
            for size in sizes:
                shape = tuple(size.values())
                pair = {"prediction": shape, "target": shape}
                found[TapeKey.of(loss.id, size)] = record(
                    program(loss, {}), pair, differentiate="prediction", order=1
                )
    for id, shape in (("pairwise_distance", (2,)), *((id, ()) for id in SHRINKAGES)):
        parameters = {parameter.name: () for parameter in CATALOG[id].parameters}
        found[TapeKey(id)] = record(
            program(CATALOG[id], {}),
            {"prediction": shape, "target": shape, **parameters},
            differentiate="prediction",
            order=1,
        )
    scalars = dict.fromkeys(("weight", "strength", "rate"), ())
    steps = {TapeKey.of("step", {"loss": id}): record(_step(id), scalars) for id in SHRINKAGES}
    return found | steps


def _step(id: str) -> Callable[..., dict[str, torch.Tensor]]:
    def outputs(weight: torch.Tensor, **given: torch.Tensor) -> dict[str, torch.Tensor]:
        return {"weight": SHRINKAGES[id](weight, **given)}

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
        "untaped": [loss.id for loss in family("distances") if not loss.taped],
    }


def profile(loss: Loss) -> tuple[torch.Tensor, torch.Tensor]:
    """The norms while one of two singular values goes through 0; a distance while a point passes
    another; a code that loses one place after the other; a penalty against its weight."""
    along = torch.linspace(-2, 2, 81, dtype=torch.float64)
    rest = torch.full_like(along, 0.7)
    if loss.id in NORMS:
        prediction = torch.diag_embed(torch.stack([along, rest], -1))
    elif loss.id in CODES:
        prediction = (torch.arange(8) < (along[:, None] + 2) * 2).double()
    elif loss.id in SHRINKAGES:
        prediction = along
    else:
        prediction = torch.stack([along, rest], -1)
    target = torch.zeros_like(prediction)
    return along, loss.function(prediction, target, **loss.defaults(), reduction="none")


PAGE = FamilyPage("distances", rows, tapes, answer, snippet, extras, profile, VIEWS)
