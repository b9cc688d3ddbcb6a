"""The segmentation page: a painted mask of probabilities over a picture with its true mask."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

import torch

from catalog import Loss, family
from experiments.measures.readings import keywords
from experiments.segmentation import (
    COLUMNS,
    PREDICTION_LEVELS,
    ROWS,
    TARGET_LEVELS,
    areas,
    masks_of,
    scores,
    step,
    to_logits,
)
from live.assets import IMAGES, images_root
from live.families.autograd import autograd_answer
from live.families.base import FamilyPage, State
from live.state.mask_row import Mask
from live.state.rows import Choice, Number, Row, Several
from live.tape.loss_tapes import loss_programs
from live.tape.program import Program

GRID = (ROWS, COLUMNS)
SURE, UNSURE = "5", "3"  # the levels 0.9 and 0.5


def rows() -> Sequence[Row]:
    ids = tuple(loss.id for loss in family("segmentation"))
    return [
        Mask("prediction", first_guess(), *GRID, len(PREDICTION_LEVELS)),
        Mask("target", coins(), *GRID, len(TARGET_LEVELS)),
        Several("losses", ids, ids),
        Choice("loss", "dice_loss", ids),
        Number("rate", 100.0, 1.0, 5000.0, logarithmic=True),
        Number("threshold", 0.5, 0.05, 0.95),
        Choice("score", "iou", ("iou", "dice", "precision", "recall")),
        Choice("paint", "prediction", ("prediction", "target")),
        Choice("level", "0.9", tuple(map(str, PREDICTION_LEVELS))),
        Choice("brush", "2", ("1", "2", "3", "5")),
        Choice("overlay", "areas", ("areas", "prediction", "none")),
    ]


@cache
def coins() -> str:
    """The true mask of the picture, as a state writes it."""
    return "".join((IMAGES / "coins_mask.txt").read_text().split())


def first_guess() -> str:
    """What a mediocre model might say: all a cell too far to the right, one coin missed, one spot
    of background taken for a coin, and the coin in the middle of the top row in doubt."""
    lines = [coins()[at : at + COLUMNS] for at in range(0, ROWS * COLUMNS, COLUMNS)]
    grid = [list("0" + line[:-1].replace("1", SURE)) for line in lines]
    for row in range(9):
        grid[row][:8] = "0" * 8
        grid[row][8:15] = [UNSURE if cell == SURE else cell for cell in grid[row][8:15]]
    for row in (8, 9):
        grid[row][16:20] = SURE * 4
    return "".join("".join(line) for line in grid)


def programs() -> dict[str, Program]:
    """Every loss with its gradient in the probabilities, the step of descent, areas and scores."""

    def descent_step(
        logits: torch.Tensor, gradient: torch.Tensor, rate: torch.Tensor
    ) -> dict[str, torch.Tensor]:
        moved = step(logits, gradient, rate)
        return {"logits": moved, "probabilities": torch.sigmoid(moved)}

    def logits(probabilities: torch.Tensor) -> dict[str, torch.Tensor]:
        return {"logits": to_logits(probabilities)}

    masks = {"probabilities": GRID, "target": GRID}
    return loss_programs("segmentation", masks, order=1, differentiate="probabilities") | {
        "descent_step": Program(descent_step, {"logits": GRID, "gradient": GRID, "rate": ()}),
        "to_logits": Program(logits, {"probabilities": GRID}),
        "areas": Program(areas, masks),
        "scores": Program(scores, {**masks, "threshold": ()}),
    }


def answer(state: State) -> dict[str, Any]:
    """Value of every loss, and its gradient in every pixel's probability."""
    probabilities, target = masks_of(state)
    return autograd_answer("segmentation", state, probabilities, {"target": target})


SNIPPET = """\
import torch

from losses import {function}

# One digit a cell: the number of its level.
levels = torch.tensor({levels}, dtype=torch.float64)
prediction = \"\"\"
{prediction}
\"\"\"
target = \"\"\"
{target}
\"\"\"


def cells(mask):
    return torch.tensor([[int(cell) for cell in row] for row in mask.split()])


probabilities = levels[cells(prediction)].requires_grad_()
loss = {function}(
    probabilities,
    cells(target),
{arguments})
loss.backward()
print(f"{{loss.item():.6f}}", probabilities.grad.tolist())
"""


def snippet(loss: Loss, state: State) -> str:
    """The chosen loss and its gradient, one number a pixel."""
    given = keywords(loss, state).items()
    return SNIPPET.format(
        function=loss.id,
        levels=list(PREDICTION_LEVELS),
        prediction=_lines(state["prediction"]),
        target=_lines(state["target"]),
        arguments="".join(f"    {name}={json.dumps(value)},\n" for name, value in given),
    )


def _lines(cells: str) -> str:
    return "\n".join(cells[at : at + COLUMNS] for at in range(0, len(cells), COLUMNS))


def extras() -> dict[str, Any]:
    return {
        "photo": f"{images_root()}/coins.jpg",
        "grid": {"rows": ROWS, "columns": COLUMNS},
        "levels": {"prediction": PREDICTION_LEVELS, "target": TARGET_LEVELS},
    }


def profile(loss: Loss) -> tuple[torch.Tensor, torch.Tensor]:
    """The loss while a predicted disc grows over a smaller one: first misses, then false alarms."""
    radius = torch.linspace(0, 7, 57, dtype=torch.float64)
    y, x = torch.meshgrid(torch.arange(-8.0, 9), torch.arange(-8.0, 9), indexing="ij")
    distance = torch.hypot(x, y).double()
    grown = torch.sigmoid(4 * (radius[:, None, None] - distance)).clamp(0.01, 0.99)
    target = (distance <= 3.5).double()
    return radius, loss.call(grown, target, **loss.defaults(), reduction="none")


PAGE = FamilyPage("segmentation", rows, programs, answer, snippet, extras, profile)
