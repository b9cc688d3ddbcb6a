"""The evidence about fitted lines."""

import torch

from experiments.best_line import fit_line
from experiments.evidence.record import Evidence, curve
from losses.regression import l1_loss, mse_loss

HEIGHTS = (0.0, 6.0, 4.0, 6.0, 1.0)
"""Of five points at 0, 1, 2, 3 and 4. Where the fourth stands at 3 the best MAE lines are two."""
MOVED = 3


def sideways_move() -> Evidence:
    """The slopes of both lines while one of five points moves sideways."""
    moves = torch.linspace(-0.5, 0.5, 100, dtype=torch.float64)  # 0 is none of them
    slopes = {
        name: torch.tensor([fit_line(loss, _places(move), HEIGHTS)[1] for move in moves.tolist()])
        for name, loss in (("mae", l1_loss), ("mse", mse_loss))
    }
    before, after = -0.05, 0.05
    numbers = {"move": after - before, "x_before": MOVED + before, "x_after": MOVED + after}
    for name, loss in (("mae", l1_loss), ("mse", mse_loss)):
        numbers[f"{name}_before"] = fit_line(loss, _places(before), HEIGHTS)[1]
        numbers[f"{name}_after"] = fit_line(loss, _places(after), HEIGHTS)[1]
    return Evidence(
        numbers=numbers,
        curves=(
            curve("mae", moves, slopes["mae"], "l1_loss"),
            curve("mse", moves, slopes["mse"], "mse_loss"),
        ),
        x_label="moved_by",
        y_label="slope",
    )


def _places(move: float) -> list[float]:
    return [k + move * (k == MOVED) for k in range(len(HEIGHTS))]
