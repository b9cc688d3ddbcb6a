"""Masks of 4 × 5 pixels."""

import torch

from catalog import Loss
from tests.losses.samples.kind import Kind, Pairs, uniform


def _masks(count: int, seed: int) -> Pairs:
    """Masks of 4 × 5 pixels: probabilities, timid ones and bold ones, and targets of 0 and 1 that
    cover any share of the mask, or nothing."""
    generator = torch.Generator().manual_seed(seed)
    share, boldness = uniform(generator, count, 1, 1), uniform(generator, count, 1, 1) ** 3
    target = (uniform(generator, count, 4, 5) < share).double()
    return 0.02 + 0.96 * boldness * uniform(generator, count, 4, 5), target


def _extreme_masks(count: int, seed: int) -> Pairs:
    """Surely wrong everywhere; right but for traces; almost 0 or 1; without any object."""
    generator = torch.Generator().manual_seed(seed)
    _, target = _masks(count, seed)
    trace = 10 ** (-60 * uniform(generator, count, 4, 5))
    wrong = 1 - target
    nearly_right = torch.where(target > 0, 1.0, trace)
    nearly_wrong = torch.where(target > 0, trace, 1.0)
    nothing = torch.zeros_like(target)
    predictions = torch.cat((wrong, nearly_right, nearly_wrong, wrong))
    return predictions, torch.cat((target, target, target, nothing))


def kind(loss: Loss) -> Kind:
    return Kind(_masks, _extreme_masks, dimensions=2, probabilities=True)
