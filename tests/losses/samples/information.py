"""Distributions over six outcomes."""

import torch

from catalog import Loss
from tests.losses.samples.kind import Kind, Pairs, uniform


def _distributions(count: int, seed: int) -> Pairs:
    """Distributions over six outcomes, none of them below 1 %."""
    generator = torch.Generator().manual_seed(seed)

    def some() -> torch.Tensor:
        logits = torch.randn(count, 6, generator=generator, dtype=torch.float64)
        return 0.94 * torch.softmax(3 * uniform(generator, count, 1) * logits, -1) + 0.01

    return some(), some()


def _sharp_distributions(count: int, seed: int) -> Pairs:
    """Predictions that all but rule out what happens; mass at opposite ends; certainty."""
    generator = torch.Generator().manual_seed(seed)
    logits = torch.randn(2, count, 6, generator=generator, dtype=torch.float64)
    prediction, target = torch.softmax(12 * logits, -1)
    certain = torch.eye(6, dtype=torch.float64)[:1]
    end = (1 - 6e-15) * certain + 1e-15
    return torch.cat((prediction, end, certain)), torch.cat((target, end.flip(-1), certain))


def _opposite(prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Beyond the target, as far as all probabilities stay above 0."""
    step = prediction - target
    allowed = torch.where(step > 0, target / step.clamp(min=1e-12), 1.0).amin(1, keepdim=True)
    return target - 0.9 * allowed.clamp(max=1) * step


def kind(loss: Loss) -> Kind:
    return Kind(
        _distributions, _sharp_distributions, dimensions=1, opposite=_opposite, distributions=True
    )
