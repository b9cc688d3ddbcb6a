"""The rows of the information page: two distributions as bars, a Gaussian fitted to two humps."""

from collections.abc import Sequence

from catalog import family, views
from live.families.information.inputs import DIRECTIONS
from live.families.information.row_kinds import MOST, Distributions, Pair
from live.state.rows import Choice, Number, Row, Several

START: Pair = ((0.5, 0.3, 0.15, 0.05), (0.1, 0.2, 0.3, 0.4))


def rows() -> Sequence[Row]:
    ids = tuple(loss.id for loss in family("information"))
    return [
        Choice("view", "bars", tuple(views("information"))),
        Several("losses", ids, ids),
        Choice("loss", "cross_entropy", ids),
        Distributions("distributions", START),
        Choice("outcome", "1", tuple(str(i + 1) for i in range(MOST))),
        Choice("coordinates", "logits", ("logits", "probabilities")),
        Number("rate", 0.1, 0.01, 5.0, logarithmic=True),
        Choice("direction", "forward", DIRECTIONS),
        Number("mean", 1.0, -5.0, 5.0),
        Number("width", 1.0, 0.25, 4.0),
        Number("first_mean", -3.0, -5.0, 5.0),
        Number("first_width", 0.6, 0.25, 4.0),
        Number("second_mean", 3.0, -5.0, 5.0),
        Number("second_width", 0.8, 0.25, 4.0),
        Number("share", 0.5, 0.02, 0.98),
    ]
