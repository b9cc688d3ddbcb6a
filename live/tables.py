"""The state tables: which rows each page has."""

from functools import cache

from experiments.measures import IMAGE_SIZE
from experiments.regression import TELEPHONE_CALLS
from live.state import Box, Choice, Flag, Number, Points, Row, Several, Table
from live.text import load
from losses.catalog import Loss, family

LEAST_RATE, MOST_RATE = 0.01, 5.0
FIRST_BOX_LOSSES = (
    "iou_loss", "giou_loss", "diou_loss", "ciou_loss", "eiou_loss", "focal_eiou_loss", "cdiou_loss",
)  # fmt: skip


@cache
def table(name: str) -> Table:
    """The state table of one family's page."""
    rows = {"regression": _regression, "boxes": _boxes}[name]()
    scenes = {scene["id"]: scene["state"] for scene in load(f"scenes/{name}")["scene"]}
    return Table([*rows, *_knobs(family(name))], scenes)


def _boxes() -> list[Row]:
    ids = tuple(loss.id for loss in family("boxes"))
    return [
        Box("prediction", (0.8, 3.3, 3.4, 5.0), *IMAGE_SIZE),
        Box("target", (4.6, 1.0, 6.8, 3.7), *IMAGE_SIZE),
        Several("losses", FIRST_BOX_LOSSES, ids),
        Choice("loss", "diou_loss", ids),
        Choice("coordinates", "corner", ("corner", "centre")),
        Number("rate", 0.5, LEAST_RATE, MOST_RATE, logarithmic=True),
        Choice("arrows", "chosen", ("chosen", "all", "none")),
        Several(
            "overlay",
            ("chosen",),
            ("none", "chosen", "intersection", "union", "enclosing", "centres", "corners"),
        ),
        Choice("picture", "photo", ("photo", "grid")),
    ]


def _regression() -> list[Row]:
    ids = tuple(loss.id for loss in family("regression"))
    return [
        Choice("view", "curve", ("curve", "optimum", "line")),
        Several("losses", ids[:5], ids),
        Choice("loss", "huber_loss", ids),
        Number("prediction", 3.0, -5.0, 5.0),
        Number("target", 0.0, -5.0, 5.0),
        Number("rate", 0.3, LEAST_RATE, MOST_RATE, logarithmic=True),
        Flag("curvature", False),
        Number("outliers", 5.0, 0.0, 60.0),
        Number("guess", 700.0, 0.0, 1100.0),
        Points("points", TELEPHONE_CALLS, (1945.0, 1980.0), (-20.0, 260.0)),
    ]


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
