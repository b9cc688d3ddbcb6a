"""Samples of what the distances page compares: matrices, points, codes and weights.

A norm has its kink at a match alone, where no random segment passes. So a quarter of the samples
lie on lines through a target that are the same for every seed.
"""

import torch

from tests.losses.samples import regression
from tests.losses.samples.kinds import Pairs, Samples

MATRIX, POINT = (3, 4), (2,)


def _matrices(count: int, seed: int) -> Pairs:
    """Predictions from 0.001 to 1000 away from targets of size 1."""
    return _around(MATRIX, count, seed, orders=3)


def _far_matrices(count: int, seed: int) -> Pairs:
    return _around(MATRIX, count, seed, orders=12)


def _points(count: int, seed: int) -> Pairs:
    return _around(POINT, count, seed, orders=3)


def _far_points(count: int, seed: int) -> Pairs:
    return _around(POINT, count, seed, orders=12)


def _codes(count: int, seed: int) -> Pairs:
    """Codes of eight bits."""
    generator = torch.Generator().manual_seed(seed)
    bits = torch.randint(0, 2, (2, count, 8), generator=generator)
    first, second = bits.double().unbind()
    return first, second


def _long_codes(count: int, seed: int) -> Pairs:
    """Codes of forty bits, of which every fourth pair differs everywhere."""
    generator = torch.Generator().manual_seed(seed)
    first, second = torch.randint(0, 2, (2, count, 40), generator=generator).double().unbind()
    second[::4] = 1 - first[::4]
    return first, second


def _around(shape: tuple[int, ...], count: int, seed: int, orders: float) -> Pairs:
    generator, fixed = torch.Generator().manual_seed(seed), torch.Generator().manual_seed(99)

    def uniform(source: torch.Generator, *size: int) -> torch.Tensor:
        return 2 * torch.rand(size, generator=source, dtype=torch.float64) - 1

    target, direction = uniform(generator, count, *shape), uniform(generator, count, *shape)
    on_lines = count // 4
    target[:on_lines] = uniform(fixed, on_lines, *shape)
    direction[:on_lines] = uniform(fixed, on_lines, *shape)
    size = uniform(generator, count).sign() * 10 ** (orders * uniform(generator, count))
    return target + size.reshape(-1, *[1] * len(shape)) * direction, target


SAMPLES = Samples(_matrices, _far_matrices, coordinates=2)
OF_LOSS = {
    "pairwise_distance": Samples(_points, _far_points, coordinates=1),
    "hamming_distance": Samples(_codes, _long_codes, coordinates=1),
    "hamming_count": Samples(_codes, _long_codes, coordinates=1),
    "l1_penalty": regression.SAMPLES,
    "l2_penalty": regression.SAMPLES,
}
