"""The rows of the distances page: two matrices, two sets of points, codes, one weight.

Which of the four the page shows follows from the chosen loss: no link can ask for a view and a loss
that do not belong together.
"""

from collections.abc import Sequence

from catalog import family
from live.families.distances.row_kinds import Codes, Matrices
from live.state.rows import Choice, Number, Points, Row, Several
from live.tape.tape_key import Fact

SHAPES = tuple((rows, columns) for rows in (2, 3) for columns in (2, 3, 4))

LENGTHS = range(3, 13)

SIZES: dict[str, list[tuple[tuple[int, ...], dict[str, Fact]]]] = {
    "matrices": [((rows, columns), {"rows": rows, "columns": columns}) for rows, columns in SHAPES],
    "points": [((2,), {})],
    "codes": [((length,), {"places": length}) for length in LENGTHS],
    "penalty": [((), {})],
}
"""The shapes that the prediction of each view can have, and how a tape's key tells them."""

MOST_POINTS = 6

MOST_STORED = 6
"""Codes among which one is searched for."""

PICTURE = (8.0, 6.0)
"""Width and height of the picture of the points, in their own units."""


def rows() -> Sequence[Row]:
    ids = tuple(loss.id for loss in family("distances"))
    matrices = (((4.0, 1.0, 0.0), (2.0, 3.0, 1.0)), ((1.0, 2.0, 0.0), (2.0, 1.0, 3.0)))
    first = ((1.6, 4.4), (2.4, 1.6), (4.6, 3.0))
    second = ((6.4, 4.8), (5.6, 1.2))
    texts = ("01101001", "01001100", "01101011", "11100001", "00111001")
    codes = tuple(tuple(map(float, text)) for text in texts)
    width, height = PICTURE
    pairs = tuple(f"{i}-{j}" for i in range(1, 7) for j in range(1, 7))
    return [
        Several("losses", ids, ids),
        Choice("loss", "frobenius_norm", ids),
        Matrices("matrices", matrices, (2, 3), (2, 4), 9.0),
        Points("first", first, (0.0, width), (0.0, height), 1, MOST_POINTS),
        Points("second", second, (0.0, width), (0.0, height), 1, MOST_POINTS),
        Choice("pair", "1-1", pairs),
        Codes("codes", codes, (LENGTHS[0], LENGTHS[-1]), (2, 1 + MOST_STORED)),
        Choice("stored", "1", tuple(str(number + 1) for number in range(MOST_STORED))),
        Number("weight", 1.2, -3.0, 3.0),
        Number("rate", 1.0, 0.01, 1.0, logarithmic=True),
    ]
