"""The masks of the segmentation page: the true one, a first guess, and those of a state."""

from collections.abc import Sequence
from functools import cache

import torch

from live.assets import IMAGES
from live.families.base import State

ROWS, COLUMNS = GRID = 18, 24
PREDICTION_LEVELS = (0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99)
"""What a cell of a prediction can be painted with: a sigmoid never gives exactly 0 or 1."""
TARGET_LEVELS = (0.0, 1.0)

SURE, UNSURE = "5", "3"  # the levels 0.9 and 0.5


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


def mask_tensor(cells: str, levels: Sequence[float]) -> torch.Tensor:
    """The mask that a string describes, row by row, one digit a cell: the number of its level.

    Returns:
        float64 `(ROWS, COLUMNS)`.
    """
    numbers = torch.tensor([int(cell) for cell in cells])
    return torch.tensor(levels, dtype=torch.float64)[numbers].reshape(GRID)


def masks_of(state: State) -> tuple[torch.Tensor, torch.Tensor]:
    """Prediction and target of a state."""
    return (
        mask_tensor(state["prediction"], PREDICTION_LEVELS),
        mask_tensor(state["target"], TARGET_LEVELS),
    )
