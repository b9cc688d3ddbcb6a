"""What a family of losses is tried on."""

from collections.abc import Callable
from dataclasses import dataclass

import torch

Pairs = tuple[torch.Tensor, torch.Tensor]
Sampler = Callable[[int, int], Pairs]
Opposite = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


@dataclass(frozen=True)
class Kind:
    """Random predictions and targets of one kind of loss.

    ordinary: `ordinary(count, seed)`: such as a page shows.
    extreme: the same, far beyond what a page shows.
    dimensions: how many trailing dimensions one prediction has.
    opposite: `opposite(prediction, target)`: a prediction beyond the target, so that the way from
        one to the other leads through it, where many losses have their kink; None where there is
        no way through a target.
    distributions: predictions and targets sum to 1; they cannot be moved or scaled together.
    probabilities: predictions and targets lie in [0, 1], with targets of 0 and 1 that a prediction
        can match.
    """

    ordinary: Sampler
    extreme: Sampler
    dimensions: int
    opposite: Opposite | None = None
    distributions: bool = False
    probabilities: bool = False


def uniform(generator: torch.Generator, *shape: int) -> torch.Tensor:
    return torch.rand(shape, generator=generator, dtype=torch.float64)


def mirrored(prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """As far beyond the target as the prediction is on this side of it."""
    return 2 * target - prediction
