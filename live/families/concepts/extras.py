"""What the stage of the concepts is told beside what every stage is told."""

from typing import Any


def extras() -> dict[str, Any]:
    """What each reduction looks like in the formula."""
    return {
        "gatherings": {
            "mean": r"\tfrac{1}{n}\sum_i",
            "sum": r"\sum_i",
            "half_mean": r"\tfrac{1}{2n}\sum_i",
        }
    }
