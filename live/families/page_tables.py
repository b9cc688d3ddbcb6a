"""The state table of each page: its rows, its losses' hyper-parameters, its scenes."""

from functools import cache

from catalog import Loss
from live.families import EVERY_PAGE
from live.state.rows import Choice, Number, Row
from live.state.table import Table
from live.words.text import load


@cache
def table(name: str) -> Table:
    """The state table of one family's page."""
    scenes = {
        # A scene of a page with several views says which one it is about.
        scene["id"]: {key: scene[key] for key in ("view",) if key in scene} | scene["state"]
        for scene in load(f"scenes/{name}")["scene"]
    }
    page = EVERY_PAGE[name]
    return Table([*page.rows(), *_knobs(page.losses)], scenes, page.views)


def placed_rows(name: str, place: str) -> tuple[Row, ...]:
    """The rows of a page that people place at once, named with commas between.

    Raises:
        ValueError: one of them is no row of that page, or there is no such page.
    """
    rows = table(name).rows if name in EVERY_PAGE else {}
    names = place.split(",")
    if len(set(names)) < len(names) or any(row not in rows or row == "scene" for row in names):
        raise ValueError(f"expected rows of {name}; got {place!r}")
    return tuple(rows[row] for row in names)


def _knobs(losses: tuple[Loss, ...]) -> list[Row]:
    """A row for every parameter and option: `huber_loss.delta`, `ciou_loss.trade_off`."""
    numbers = [
        Number(f"{loss.id}.{p.name}", p.default, p.low, p.high, p.logarithmic)
        for loss in losses
        for p in loss.parameters
    ]
    names = [
        Choice(f"{loss.id}.{option.name}", option.choices[0], option.choices)
        for loss in losses
        for option in loss.options
    ]
    return [*numbers, *names]
