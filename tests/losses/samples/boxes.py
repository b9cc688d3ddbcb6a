"""Boxes of every size, with every overlap."""

import torch

from catalog import Loss
from tests.losses.samples.kind import Kind, Pairs, uniform


def _boxes(count: int, seed: int) -> Pairs:
    """Boxes with sides from 0.1 to 10 whose overlaps range from none to full."""
    generator = torch.Generator().manual_seed(seed)

    def some(spread: float) -> torch.Tensor:
        centre = spread * (uniform(generator, count, 2) - 0.5)
        sides = 10 ** (2 * uniform(generator, count, 2) - 1)
        return torch.cat((centre - sides / 2, centre + sides / 2), dim=1)

    return some(6), some(2)


def _far_boxes(count: int, seed: int) -> Pairs:
    """One target of 2 × 1; predictions tiny, huge, far, or overlapping by a sliver."""
    generator = torch.Generator().manual_seed(seed)
    target = torch.tensor([-1.0, -0.5, 1.0, 0.5], dtype=torch.float64).expand(count, 4)

    def powers(low: float, high: float) -> torch.Tensor:
        return 10 ** (low + (high - low) * uniform(generator, count, 2))

    sign = (uniform(generator, count, 2) < 0.5).double() * 2 - 1
    sides = powers(-7, 7)
    centre = sign * powers(-7, 7)
    loose = torch.cat((centre - sides / 2, centre + sides / 2), dim=1)
    corner = target[:, 2:] - powers(-9, 0)
    sliver = torch.cat((corner, corner + powers(-2, 2)), dim=1)
    inside = sign * 0.4 * uniform(generator, count, 2)
    half = powers(-9, -1) / 2
    tiny = torch.cat((inside - half, inside + half), dim=1)
    return torch.cat((loose, sliver, tiny)), torch.cat((target, target, target))


def _opposite(prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Beyond the target, as far as on this side, or as all sides stay positive."""
    step = prediction - target
    sides, growth = target[:, 2:] - target[:, :2], step[:, 2:] - step[:, :2]
    allowed = torch.where(growth > 0, sides / growth.clamp(min=1e-12), 1.0).amin(1, keepdim=True)
    return target - 0.9 * allowed.clamp(max=1) * step


def kind(loss: Loss) -> Kind:
    return Kind(_boxes, _far_boxes, dimensions=1, opposite=_opposite)
