"""The code to copy of the segmentation page."""

import json

from catalog import Loss
from live.families.base import State
from live.families.loss_numbers import keywords
from live.families.segmentation.masks import COLUMNS, PREDICTION_LEVELS

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
