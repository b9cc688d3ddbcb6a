"""The row of the information page that no other page has: two distributions."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from live.state.rows import Row, finite_numbers, number_text, read_number

LEAST, MOST = 3, 6

Pair = tuple[tuple[float, ...], tuple[float, ...]]


@dataclass(frozen=True)
class Distributions(Row):
    """P and Q over the same outcomes, written 0.5,0.3,0.2:0.2,0.5,0.3."""

    default: Pair
    least: int = LEAST
    most: int = MOST

    def parse(self, text: str) -> Pair:
        return self.check([list(map(read_number, half.split(","))) for half in text.split(":")])

    def check(self, value: Any) -> Pair:
        if not isinstance(value, Sequence) or isinstance(value, str) or len(value) != 2:
            raise ValueError(self.name)
        count = len(value[0])
        if not self.least <= count <= self.most:
            raise ValueError(self.name)
        truth, model = (finite_numbers(half, count) for half in value)
        for half in (truth, model):
            if min(half) < 0 or abs(math.fsum(half) - 1) > 1e-6:
                raise ValueError(self.name)
        return truth, model

    def text(self, value: Sequence[Sequence[float]]) -> str:
        return ":".join(",".join(map(number_text, half)) for half in value)

    def allowed(self) -> tuple[str, dict[str, str]]:
        return "allowed_distributions", {"least": str(self.least), "most": str(self.most)}
