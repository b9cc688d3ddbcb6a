"""What the stage of distances is told beside what every stage is told."""

from typing import Any

from catalog import family
from live.families.distances.row_kinds import Matrices
from live.families.distances.rows import LENGTHS, MOST_POINTS, PICTURE, SHAPES, WEIGHT, rows


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
