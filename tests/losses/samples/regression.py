"""Numbers: predictions and targets of a regression."""

import torch

from catalog import Loss
from tests.losses.samples.kind import Kind, Pairs, mirrored, uniform


def numbers(count: int, seed: int) -> Pairs:
    """Targets of size 1, predictions from 0.001 to 1000 away from them."""
    generator = torch.Generator().manual_seed(seed)
    target = 2 * uniform(generator, count) - 1
    size = 10 ** (6 * uniform(generator, count) - 3)
    sign = (uniform(generator, count) < 0.5).double() * 2 - 1
    return target + sign * size, target


def far_numbers(count: int, seed: int) -> Pairs:
    """Targets near 0, predictions from 1e-12 to 1e12 away."""
    generator = torch.Generator().manual_seed(seed)
    target = uniform(generator, count)
    size = 10 ** (24 * uniform(generator, count) - 12)
    sign = (uniform(generator, count) < 0.5).double() * 2 - 1
    return target + sign * size, target


def kind(loss: Loss) -> Kind:
    return Kind(numbers, far_numbers, dimensions=0, opposite=mirrored)
