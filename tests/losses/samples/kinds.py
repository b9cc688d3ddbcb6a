"""What the samples of a family are."""

from collections.abc import Callable
from dataclasses import dataclass

import torch

Pairs = tuple[torch.Tensor, torch.Tensor]
Sampler = Callable[[int, int], Pairs]


@dataclass(frozen=True)
class Samples:
    """`ordinary(count, seed)`: predictions and targets such as a page shows; `extreme`: the same,
    far beyond that; `coordinates`: how many trailing dimensions one prediction has; `range`:
    whether they are any "numbers", "probabilities" in [0, 1] with targets of 0 and 1 that a
    prediction can match, or "distributions", which cannot be moved or scaled together.
    """

    ordinary: Sampler
    extreme: Sampler | None = None
    coordinates: int = 0
    range: str = "numbers"


def uniform(generator: torch.Generator, *shape: int) -> torch.Tensor:
    return torch.rand(shape, generator=generator, dtype=torch.float64)
