"""The rows of the distances page that no other page has: two matrices, a few codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from live.state.rows import Row, finite_numbers, number_text, read_number

Matrix = tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Matrices(Row):
    """Two matrices of one shape, written 1,2;3,4:5,6;7,8 (prediction, then target)."""

    default: tuple[Matrix, Matrix]
    rows: tuple[int, int]
    columns: tuple[int, int]
    limit: float

    def parse(self, text: str) -> tuple[Matrix, Matrix]:
        matrices = [matrix.split(";") for matrix in text.split(":")]
        return self.check(
            [[list(map(read_number, row.split(","))) for row in matrix] for matrix in matrices]
        )

    def check(self, value: Any) -> tuple[Matrix, Matrix]:
        prediction, target = _sequence(value, (2, 2))
        height = len(_sequence(prediction, self.rows))
        width = len(_sequence(prediction[0], self.columns))
        first, second = (
            tuple(finite_numbers(row, width) for row in _sequence(matrix, (height, height)))
            for matrix in (prediction, target)
        )
        if any(
            abs(cell) > self.limit for matrix in (first, second) for row in matrix for cell in row
        ):
            raise ValueError(self.name)
        return first, second

    def text(self, value: Sequence[Matrix]) -> str:
        return ":".join(
            ";".join(",".join(map(number_text, row)) for row in matrix) for matrix in value
        )

    def allowed(self) -> tuple[str, dict[str, str]]:
        sizes = {
            "least_rows": self.rows[0],
            "most_rows": self.rows[1],
            "least_columns": self.columns[0],
            "most_columns": self.columns[1],
        }
        bounds = {name: str(size) for name, size in sizes.items()}
        return "allowed_matrices", bounds | {"limit": number_text(self.limit)}


@dataclass(frozen=True)
class Codes(Row):
    """Strings of bits of one length, written 0110:0011:1100: what is searched for, then where."""

    default: tuple[tuple[float, ...], ...]
    length: tuple[int, int]
    count: tuple[int, int]

    def parse(self, text: str) -> tuple[tuple[float, ...], ...]:
        return self.check([list(map(read_number, code)) for code in text.split(":")])

    def check(self, value: Any) -> tuple[tuple[float, ...], ...]:
        given = _sequence(value, self.count)
        length = len(_sequence(given[0], self.length))
        codes = tuple(finite_numbers(code, length) for code in given)
        if any(bit not in (0.0, 1.0) for code in codes for bit in code):
            raise ValueError(self.name)
        return codes

    def text(self, value: Sequence[Sequence[float]]) -> str:
        return ":".join("".join(str(int(bit)) for bit in code) for code in value)

    def allowed(self) -> tuple[str, dict[str, str]]:
        bounds = {"least": self.length[0], "most": self.length[1], "codes": self.count[1]}
        return "allowed_codes", {name: str(bound) for name, bound in bounds.items()}


def _sequence(value: Any, lengths: tuple[int, int]) -> Sequence[Any]:
    """`value`, if it is a list of an allowed length; `ValueError` otherwise."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise ValueError("expected a list")
    if not lengths[0] <= len(value) <= lengths[1]:
        raise ValueError(f"expected a list of {lengths[0]} to {lengths[1]}")
    return value
