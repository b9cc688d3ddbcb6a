"""Triplets of points."""

import torch

from catalog import Loss
from tests.losses.samples.kind import Kind, Pairs, uniform


def _triplets(count: int, seed: int) -> Pairs:
    """Anchor, positive and negative, with an empty target.

    A quarter lies on one line, where points can meet; a few are as good or as bad as can be.
    They stay clear of the origin, where a direction has no derivative.
    """
    generator = torch.Generator().manual_seed(seed)
    across = 1.5 * torch.randn(count, 3, generator=generator, dtype=torch.float64)
    up = 0.3 + 2 * uniform(generator, count, 3)
    up[: count // 4] = 1
    points = torch.stack((across, up), dim=-1)
    anchor = points[:8, 0]
    points[:4] = torch.stack((anchor, anchor, -anchor), dim=1)[:4]
    points[4:8] = torch.stack((anchor, -anchor, anchor), dim=1)[4:]
    return points, torch.zeros_like(points)


def _far_triplets(count: int, seed: int) -> Pairs:
    """The same with points from 1e-7 to 1e7 away from the origin."""
    points, none = _triplets(count, seed)
    generator = torch.Generator().manual_seed(seed + 1)
    return points * 10 ** (14 * uniform(generator, count, 3, 1) - 7), none


def kind(loss: Loss) -> Kind:
    return Kind(_triplets, _far_triplets, dimensions=2)
