"""The computed test vectors of the fact sheet, as `vectors("huber")` returns them.

They were made once, in float64, by autograd and confirmed by finite differences and closed
formulas, independently of this package. Numbers are rounded to ten significant digits.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import torch


@dataclass(frozen=True)
class Vector:
    """One vector. `inputs` and `gradients` go by the argument's name in the fact sheet."""

    index: int
    loss: str
    parameters: dict[str, Any]
    inputs: dict[str, Any]
    value: Any
    gradients: dict[str, Any]
    note: str

    def tensor(self, name: str) -> torch.Tensor:
        """An input as a float64 tensor."""
        return torch.tensor(self.inputs[name], dtype=torch.float64)

    def gradient(self, name: str) -> torch.Tensor:
        """A gradient as a float64 tensor."""
        return torch.tensor(self.gradients[name], dtype=torch.float64)

    def __str__(self) -> str:
        return f"{self.loss}-{self.index}"


@cache
def _all() -> tuple[Vector, ...]:
    entries = json.loads(Path(__file__).with_name("test_vectors.json").read_text("utf-8"))
    return tuple(
        Vector(
            index=index,
            loss=entry["loss"],
            parameters=entry["params"],
            inputs=entry["inputs"],
            value=entry["value"],
            gradients=entry["grad"],
            note=entry["note"],
        )
        for index, entry in enumerate(entries)
    )


def vectors(loss: str) -> tuple[Vector, ...]:
    """All vectors of one loss, by its name in the fact sheet; at least one."""
    found = tuple(vector for vector in _all() if vector.loss == loss)
    if not found:
        raise LookupError(f"no test vector is named {loss!r}")
    return found


def label(value: object) -> str:
    """What a test is called after: a function by its name, since its address changes from worker
    to worker, anything else as it is written."""
    return getattr(value, "__name__", str(value))
