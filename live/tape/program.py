"""A torch program that a stage replays: what a tape is recorded from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import torch

from live.tape.record import record


@dataclass(frozen=True)
class Program:
    """A function of named tensors, their shapes, and which derivatives its tape shall have.

    The fields are the arguments of `live.tape.record.record`.
    """

    function: Callable[..., Mapping[str, torch.Tensor]]
    shapes: Mapping[str, tuple[int, ...]]
    differentiate: str = ""
    order: int = 0

    @property
    def parts(self) -> tuple[Any, ...]:
        """All that its tape depends on."""
        return self.function, dict(self.shapes), self.differentiate, self.order

    def record(self) -> dict[str, Any]:
        """The tape."""
        return record(
            self.function, self.shapes, differentiate=self.differentiate, order=self.order
        )
