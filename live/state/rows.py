"""The kinds of rows a state table has: what each allows, and how a link writes it."""

import math
import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


@dataclass(frozen=True)
class Row(ABC):
    """One thing that can be changed: its name in links, its default, what it allows."""

    name: str
    default: Any

    def describe(self) -> dict[str, Any]:
        """What the browser builds its control from and checks a link by: the kind of row, each of
        its fields, and what is said where a link misses it."""
        return {"kind": type(self).__name__.lower(), **asdict(self), "allowed": self.allowed()}

    @abstractmethod
    def parse(self, text: str) -> Any:
        """The value that a link's text stands for; `ValueError` where it stands for none."""

    @abstractmethod
    def check(self, value: Any) -> Any:
        """The value itself if it is allowed, in its own type; `ValueError` otherwise."""

    @abstractmethod
    def text(self, value: Any) -> str:
        """The shortest text that `parse` reads back."""

    @abstractmethod
    def allowed(self) -> tuple[str, dict[str, str]]:
        """Key and numbers of the sentence in `content/interface` that says what is allowed."""


@dataclass(frozen=True)
class Number(Row):
    default: float
    low: float
    high: float
    logarithmic: bool = False

    def parse(self, text: str) -> float:
        return self.check(read_number(text))

    def check(self, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(self.name)
        if not self.low <= value <= self.high:  # NaN fails too
            raise ValueError(self.name)
        return float(value)

    def text(self, value: float) -> str:
        return number_text(value)

    def allowed(self) -> tuple[str, dict[str, str]]:
        return "allowed_number", {"low": number_text(self.low), "high": number_text(self.high)}


@dataclass(frozen=True)
class Numbers(Row):
    """So many numbers as the default has, each from `low` to `high`, separated by commas."""

    default: tuple[float, ...]
    low: float
    high: float

    def parse(self, text: str) -> tuple[float, ...]:
        return self.check([read_number(part) for part in text.split(",")])

    def check(self, value: Any) -> tuple[float, ...]:
        numbers = finite_numbers(value, len(self.default))
        if any(not _within(number, (self.low, self.high)) for number in numbers):
            raise ValueError(self.name)
        return numbers

    def text(self, value: Sequence[float]) -> str:
        return ",".join(map(number_text, value))

    def allowed(self) -> tuple[str, dict[str, str]]:
        bounds = {"low": number_text(self.low), "high": number_text(self.high)}
        return "allowed_numbers", {"count": str(len(self.default)), **bounds}


@dataclass(frozen=True)
class Choice(Row):
    default: str
    choices: tuple[str, ...]

    def parse(self, text: str) -> str:
        return self.check(text)

    def check(self, value: Any) -> str:
        if value not in self.choices:
            raise ValueError(self.name)
        return value

    def text(self, value: str) -> str:
        return value

    def allowed(self) -> tuple[str, dict[str, str]]:
        return "allowed_choice", {"choices": ", ".join(filter(None, self.choices))}


@dataclass(frozen=True)
class Several(Row):
    """Some of `choices`, at least one, kept in the order of `choices`."""

    default: tuple[str, ...]
    choices: tuple[str, ...]

    def parse(self, text: str) -> tuple[str, ...]:
        return self.check(text.split(","))

    def check(self, value: Any) -> tuple[str, ...]:
        if not isinstance(value, Sequence) or isinstance(value, str) or not value:
            raise ValueError(self.name)
        if any(item not in self.choices for item in value):
            raise ValueError(self.name)
        return tuple(choice for choice in self.choices if choice in value)

    def text(self, value: Sequence[str]) -> str:
        return ",".join(value)

    def allowed(self) -> tuple[str, dict[str, str]]:
        return "allowed_several", {"choices": ", ".join(self.choices)}


@dataclass(frozen=True)
class Flag(Row):
    default: bool

    def parse(self, text: str) -> bool:
        if text not in ("0", "1"):
            raise ValueError(self.name)
        return text == "1"

    def check(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise ValueError(self.name)
        return value

    def text(self, value: bool) -> str:
        return "1" if value else "0"

    def allowed(self) -> tuple[str, dict[str, str]]:
        return "allowed_flag", {}


@dataclass(frozen=True)
class Box(Row):
    """A box (x1, y1, x2, y2) with x1 < x2 and y1 < y2 that lies in the picture."""

    default: tuple[float, float, float, float]
    width: float
    height: float

    def parse(self, text: str) -> tuple[float, ...]:
        return self.check([read_number(part) for part in text.split(",")])

    def check(self, value: Any) -> tuple[float, ...]:
        x1, y1, x2, y2 = finite_numbers(value, 4)
        if not (0 <= x1 < x2 <= self.width and 0 <= y1 < y2 <= self.height):
            raise ValueError(self.name)
        return (x1, y1, x2, y2)

    def text(self, value: Sequence[float]) -> str:
        return ",".join(map(number_text, value))

    def allowed(self) -> tuple[str, dict[str, str]]:
        bounds = {"width": number_text(self.width), "height": number_text(self.height)}
        return "allowed_box", bounds


@dataclass(frozen=True)
class Points(Row):
    """A list of points (x, y), written x:y,x:y,…"""

    default: tuple[tuple[float, float], ...]
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    least: int = 2
    most: int = 60

    def parse(self, text: str) -> tuple[tuple[float, ...], ...]:
        pairs = [pair.split(":") for pair in text.split(",")]
        return self.check([[read_number(part) for part in pair] for pair in pairs])

    def check(self, value: Any) -> tuple[tuple[float, ...], ...]:
        if not isinstance(value, Sequence) or not self.least <= len(value) <= self.most:
            raise ValueError(self.name)
        points = tuple(finite_numbers(point, 2) for point in value)
        if any(not (_within(x, self.x_range) and _within(y, self.y_range)) for x, y in points):
            raise ValueError(self.name)
        return points

    def text(self, value: Sequence[Sequence[float]]) -> str:
        return ",".join(":".join(map(number_text, point)) for point in value)

    def allowed(self) -> tuple[str, dict[str, str]]:
        low_x, high_x, low_y, high_y = map(number_text, (*self.x_range, *self.y_range))
        bounds = {"low_x": low_x, "high_x": high_x, "low_y": low_y, "high_y": high_y}
        return "allowed_points", {"least": str(self.least), "most": str(self.most), **bounds}


def read_number(text: str) -> float:
    """The number that a link writes: a decimal one, as every language reads it alike.

    Raises:
        ValueError: the text is none; Python's own `float` would take `1_0`, ` 1 ` and `١`, too.
    """
    if not NUMBER.fullmatch(text):
        raise ValueError(f"expected a decimal number; got {text[:40]!r}")
    return float(text)


def number_text(value: float) -> str:
    """Twelve significant digits at most: all that was meant, without the noise of arithmetic."""
    return f"{value:.12g}"


def finite_numbers(value: Any, count: int) -> tuple[float, ...]:
    """`value` as `count` finite floats; `ValueError` for anything else."""
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) != count:
        raise ValueError(f"expected {count} numbers")
    numbers = tuple(float(item) for item in value)
    if not all(map(math.isfinite, numbers)):
        raise ValueError("expected finite numbers")
    return numbers


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]
