"""What the stage of regression is told beside what every stage is told."""

from typing import Any

from catalog import Loss, family
from experiments.regression import PIECEWISE_LINEAR
from live.families.regression.inputs import outlier_example


def extras() -> dict[str, Any]:
    """How each loss is fitted, and the two targets of the notes' example."""
    return {
        "fits": {loss.id: _way_to_fit(loss) for loss in family("regression")},
        "optimum_targets": outlier_example(0.0)[0].tolist(),
    }


def _way_to_fit(loss: Loss) -> str:
    if loss.function in PIECEWISE_LINEAR:
        return "vertices"
    return "newton" if loss.claims.convex else "search"
