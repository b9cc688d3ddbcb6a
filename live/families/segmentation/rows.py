"""The rows of the segmentation page: a painted mask over a picture, its true mask, the brush."""

from collections.abc import Sequence

from catalog import family
from live.families.segmentation.masks import (
    GRID,
    PREDICTION_LEVELS,
    TARGET_LEVELS,
    coins,
    first_guess,
)
from live.state.mask_row import Mask
from live.state.rows import Choice, Number, Row, Several


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
