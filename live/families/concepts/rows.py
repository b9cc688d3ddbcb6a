"""The rows of the concepts page: data, line and objective of one small training."""

from collections.abc import Sequence

from experiments.concepts import POINTS, REDUCTIONS
from live.state.rows import Choice, Number, Points, Row


def rows() -> Sequence[Row]:
    count = len(POINTS)
    return [
        Points("points", POINTS, (-4.0, 4.0), (-4.0, 4.0), least=count, most=count),
        Number("sample", 5.0, 0.0, count - 1.0),
        Number("slope", -0.4, -4.0, 4.0),
        Number("intercept", 1.5, -4.0, 4.0),
        Choice("gathering", "mean", REDUCTIONS),  # a reduction; links say "gathering"
        Number("strength", 0.0, 0.0, 4.0),
        Number("rate", 0.1, 0.001, 2.0, logarithmic=True),
    ]
