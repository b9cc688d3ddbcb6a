"""A row of the state table that holds a small mask."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from live.state.rows import Row

LETTERS = "abcdefghij"
RUN = re.compile(r"([a-j])([1-9][0-9]*)?")


@dataclass(frozen=True)
class Mask(Row):
    """A grid of cells, each at one of a few levels.

    In a state it is a string of digits, row by row; a scene may write it as a list of rows. In a
    link it is its runs, a letter for the level and a number for how many cells: `a40bca3` is forty
    cells of level 0, one of 1, one of 2 and three of 0. So it is never longer than the grid has
    cells.
    """

    default: str
    rows: int
    columns: int
    levels: int

    def parse(self, text: str) -> str:
        cells: list[str] = []
        at = 0
        while at < len(text) and len(cells) <= self.rows * self.columns:
            run = RUN.match(text, at)
            if run is None or len(run[2] or "") > 5:
                raise ValueError(self.name)
            cells.append(str(LETTERS.index(run[1])) * int(run[2] or 1))
            at = run.end()
        return self.check("".join(cells))

    def check(self, value: Any) -> str:
        if isinstance(value, Sequence) and not isinstance(value, str):
            whole = len(value) == self.rows and all(
                isinstance(row, str) and len(row) == self.columns for row in value
            )
            value = "".join(value) if whole else ""
        allowed = set("0123456789"[: self.levels])
        if not isinstance(value, str) or len(value) != self.rows * self.columns:
            raise ValueError(self.name)
        if not allowed.issuperset(value):
            raise ValueError(self.name)
        return value

    def text(self, value: str) -> str:
        runs = [(LETTERS[int(cell)], len(list(run))) for cell, run in groupby(value)]
        return "".join(f"{letter}{count}" if count > 1 else letter for letter, count in runs)

    def allowed(self) -> tuple[str, dict[str, str]]:
        cells = str(self.rows * self.columns)
        return "allowed_mask", {"last": LETTERS[self.levels - 1], "cells": cells}
