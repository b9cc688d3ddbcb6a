"""The rows of the embeddings page: a triplet or a cloud, in the plane or on the circle."""

from collections.abc import Sequence

from catalog import family
from experiments.mining import MINING
from live.state.rows import Choice, Number, Points, Row, Several

WIDTH, HEIGHT = 2.0, 1.5
"""The picture reaches from −WIDTH to WIDTH, from −HEIGHT to HEIGHT."""

TRIPLET = ((-0.6, -0.3), (0.5, 0.7), (-0.1, -0.8))

CLOUD = (
    (-1.2, 0.7), (0.1, -0.9), (0.6, 0.8),
    (-0.5, 1.1), (1.3, 0.3), (-0.9, -0.5),
    (-0.2, 0.3), (0.8, -0.6), (1.5, 0.9),
)  # fmt: skip

MININGS = ("all", *MINING)

SIZES = {"triplet": len(TRIPLET), "cloud": len(CLOUD)}


def rows() -> Sequence[Row]:
    ids = tuple(loss.id for loss in family("embeddings"))
    extent = (-WIDTH, WIDTH), (-HEIGHT, HEIGHT)
    return [
        Choice("arrangement", "triplet", tuple(SIZES)),
        Choice("space", "plane", ("plane", "circle")),
        Points("triplet", TRIPLET, *extent, least=SIZES["triplet"], most=SIZES["triplet"]),
        Points("cloud", CLOUD, *extent, least=SIZES["cloud"], most=SIZES["cloud"]),
        Choice("mining", "all", MININGS),
        Several("losses", ids, ids),
        Choice("loss", "triplet_loss", ids),
        Number("rate", 0.05, 0.005, 5.0, logarithmic=True),
        Choice("lines", "all", ("all", "anchor", "none")),
        Choice("arrows", "chosen", ("chosen", "all", "none")),
        Choice("anchor", "0", tuple(map(str, range(SIZES["cloud"])))),
    ]
