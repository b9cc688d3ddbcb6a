"""What the distances page compares: matrices, points, codes and weights."""

import torch

from catalog import Loss
from tests.losses.samples.kind import Kind, Pairs, mirrored
from tests.losses.samples.regression import far_numbers, numbers

MATRIX, POINT = (3, 4), (2,)


def matrices(count: int, seed: int) -> Pairs:
    """Predictions from 0.001 to 1000 away from targets of size 1."""
    return _around(MATRIX, count, seed, orders=3)


def far_matrices(count: int, seed: int) -> Pairs:
    return _around(MATRIX, count, seed, orders=12)


def points(count: int, seed: int) -> Pairs:
    return _around(POINT, count, seed, orders=3)


def far_points(count: int, seed: int) -> Pairs:
    return _around(POINT, count, seed, orders=12)


def codes(count: int, seed: int) -> Pairs:
    """Codes of eight bits."""
    generator = torch.Generator().manual_seed(seed)
    bits = torch.randint(0, 2, (2, count, 8), generator=generator)
    first, second = bits.double().unbind()
    return first, second


def long_codes(count: int, seed: int) -> Pairs:
    """Codes of forty bits, of which every fourth pair differs everywhere."""
    generator = torch.Generator().manual_seed(seed)
    first, second = torch.randint(0, 2, (2, count, 40), generator=generator).double().unbind()
    second[::4] = 1 - first[::4]
    return first, second


def _around(shape: tuple[int, ...], count: int, seed: int, orders: float) -> Pairs:
    generator = torch.Generator().manual_seed(seed)

    def uniform(*size: int) -> torch.Tensor:
        return 2 * torch.rand(size, generator=generator, dtype=torch.float64) - 1

    target, direction = uniform(count, *shape), uniform(count, *shape)
    size = uniform(count).sign() * 10 ** (orders * uniform(count))
    return target + size.reshape(-1, *[1] * len(shape)) * direction, target


KINDS = {
    "matrices": Kind(matrices, far_matrices, dimensions=2, opposite=mirrored),
    "points": Kind(points, far_points, dimensions=1, opposite=mirrored),
    "codes": Kind(codes, long_codes, dimensions=1),
    "penalty": Kind(numbers, far_numbers, dimensions=0, opposite=mirrored),
}
"""By the view that shows the loss."""


def kind(loss: Loss) -> Kind:
    return KINDS[loss.views[0]]
