"""The rows of the box page: two boxes (x1, y1, x2, y2) in a picture of 8 × 6 units."""

from collections.abc import Sequence

from catalog import family
from live.state.rows import Box, Choice, Number, Row, Several
from live.tape.context import IMAGE_SIZE

FIRST_SHOWN = (
    "iou_loss", "giou_loss", "diou_loss", "ciou_loss", "eiou_loss", "focal_eiou_loss", "cdiou_loss",
)  # fmt: skip

PIECES = ("none", "chosen", "intersection", "union", "enclosing", "centres", "corners")


def rows() -> Sequence[Row]:
    ids = tuple(loss.id for loss in family("boxes"))
    return [
        Box("prediction", (1.3, 2.8, 2.8, 5.0), *IMAGE_SIZE),
        Box("target", (3.4, 0.3, 7.4, 3.8), *IMAGE_SIZE),  # the raccoon's head
        Several("losses", FIRST_SHOWN, ids),
        Choice("loss", "diou_loss", ids),
        Choice("coordinates", "corner", ("corner", "centre")),
        Number("rate", 0.2, 0.01, 5.0, logarithmic=True),
        Choice("arrows", "chosen", ("chosen", "all", "none")),
        Several("overlay", ("chosen",), PIECES),
        Choice("picture", "photo", ("photo", "grid")),
    ]
