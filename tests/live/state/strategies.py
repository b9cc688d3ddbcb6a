"""Hypothesis strategies for states, links and nonsense, made from the rows of a page's table."""

import math
from itertools import pairwise

from hypothesis import strategies as st

from live.families.information.row_kinds import Distributions
from live.state.mask_row import Mask
from live.state.rows import Box, Choice, Flag, Number, Points, Row, Several


def floats(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False)


def values(row: Row) -> st.SearchStrategy:
    """Every value that a row allows."""
    match row:
        case Number():
            return floats(row.low, row.high)
        case Choice():
            return st.sampled_from(row.choices)
        case Several():
            chosen = st.sets(st.sampled_from(row.choices), min_size=1)
            return chosen.map(lambda some: tuple(c for c in row.choices if c in some))
        case Flag():
            return st.booleans()
        case Box():
            return _boxes(row)
        case Points():
            point = st.tuples(floats(*row.x_range), floats(*row.y_range))
            return st.lists(point, min_size=row.least, max_size=row.most).map(tuple)
        case Distributions():
            return _distributions(row)
        case Mask():
            return _masks(row)
    return _rearranged(row)


@st.composite
def _rearranged(draw: st.DrawFn, row: Row):
    """For a row of a family's own kind: its default with its innermost parts in another order, or
    with other numbers, where the row allows that."""

    def change(value):
        if not isinstance(value, list | tuple):
            return value
        if any(isinstance(item, list | tuple) for item in value):
            return tuple(change(item) for item in value)
        if draw(st.booleans()):
            return tuple(draw(st.permutations(value)))
        return tuple(draw(floats(0, 1)) if isinstance(item, float) else item for item in value)

    changed = change(row.default)
    try:
        return row.check(changed)
    except (ValueError, TypeError):
        return row.default


@st.composite
def _boxes(draw: st.DrawFn, row: Box) -> tuple[float, ...]:
    """Boxes with sides that a hand can make."""
    sides = []
    for limit in (row.width, row.height):
        low = draw(floats(0, limit - 0.01))
        sides.append((low, draw(floats(low + 0.01, limit))))
    (x1, x2), (y1, y2) = sides
    return (x1, y1, x2, y2)


@st.composite
def _distributions(draw: st.DrawFn, row: Distributions) -> tuple[tuple[float, ...], ...]:
    """Two distributions in whole thousandths, as hands leave them."""
    count = draw(st.integers(row.least, row.most))
    halves = []
    for _ in range(2):
        cuts = sorted(draw(st.lists(st.integers(0, 1000), min_size=count - 1, max_size=count - 1)))
        edges = [0, *cuts, 1000]
        halves.append(tuple((b - a) / 1000 for a, b in pairwise(edges)))
    return tuple(halves)


@st.composite
def _masks(draw: st.DrawFn, row: Mask) -> str:
    """Masks of a few runs, the last as long as it takes."""
    run = st.tuples(st.integers(0, row.levels - 1), st.integers(1, 60))
    cells = "".join(str(level) * count for level, count in draw(st.lists(run, max_size=12)))
    return cells[: row.rows * row.columns].ljust(row.rows * row.columns, "0")


def states(table) -> st.SearchStrategy[dict]:
    """Complete states of a page that belong to no scene or start from one."""
    rows = st.fixed_dictionaries({name: values(row) for name, row in table.rows.items()})
    return rows.map(table.normalise)


NONSENSE = (
    "nan", "inf", "-inf", "1e999", "-1e300", "abc", "🎯", "None", "null", "true", "[1, 2]", "0x1f",
    "1;2", ",", ",,,", ":", "1:2:3", "1,1,1,1,1", "5,5,1,1", "3,1,1,4", "1,1,1,1", "1,1,1,3",
    "1,1,3,1", "nan,1,2,3", "1,1,inf,3", "-1e9,0,1e9,5", "1e6,1e6,2e6,2e6", "-1,1,2,2",
    "first\nsecond", "x" * 10_000, "9" * 10_000, "<script>alert(1)</script>", "`code`", "%00", "\0",
)  # fmt: skip
"""Texts that no row of any table allows."""

SCALARS = (
    st.none() | st.booleans() | st.floats() | st.integers(-(10**400), 10**400)
    | st.text(max_size=20) | st.sampled_from([math.nan, math.inf, -math.inf])
)  # fmt: skip
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=12,
)
"""Whatever a browser could send in a row's place."""
