"""The rows of the regression page: a curve, a constant and a line."""

from collections.abc import Sequence

from catalog import family
from experiments.regression import TELEPHONE_CALLS
from live.state.rows import Choice, Flag, Number, Points, Row, Several

FIRST_SHOWN = ("l1_loss", "mse_loss", "half_mse_loss", "smooth_l1_loss", "huber_loss")


def rows() -> Sequence[Row]:
    ids = tuple(loss.id for loss in family("regression"))
    return [
        Choice("view", "curve", ("curve", "optimum", "line")),
        Several("losses", FIRST_SHOWN, ids),
        Choice("loss", "huber_loss", ids),
        Number("prediction", 3.0, -5.0, 5.0),
        Number("target", 0.0, -5.0, 5.0),
        Number("rate", 0.3, 0.01, 5.0, logarithmic=True),
        Flag("curvature", False),
        Number("outliers", 5.0, 0.0, 60.0),
        Number("guess", 700.0, 0.0, 1100.0),
        Flag("quantiles", False),
        Points("points", TELEPHONE_CALLS, (1945.0, 1980.0), (-20.0, 260.0)),
    ]
