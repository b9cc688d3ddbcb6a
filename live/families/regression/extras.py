"""What the stage of regression is told beside what every stage is told."""

from typing import Any

from catalog import Loss, family
from live.families.regression.inputs import QUANTILES, outlier_example


def extras() -> dict[str, Any]:
    """How each loss is fitted, the lines of which quantiles can be seen together, and the two
    targets of the notes' example."""
    return {
        "fits": {loss.id: _way_to_fit(loss) for loss in family("regression")},
        "quantiles": {"loss": "quantile_loss", "levels": QUANTILES},
        "optimum_targets": outlier_example(0.0)[0].tolist(),
    }


def _way_to_fit(loss: Loss) -> str:
    if loss.properties.piecewise_linear:
        return "vertices"
    return "newton" if loss.properties.convex else "search"
