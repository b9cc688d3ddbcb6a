"""Random predictions and targets of each family, ordinary and extreme ones."""

from collections.abc import Callable

import torch

from catalog import Loss
from tests.losses import distance_samples

Pairs = tuple[torch.Tensor, torch.Tensor]

CONTEXT = {"image_size": (8.0, 6.0)}
"""What a page gives to losses that ask for it."""


def _uniform(generator: torch.Generator, *shape: int) -> torch.Tensor:
    return torch.rand(shape, generator=generator, dtype=torch.float64)


def _numbers(count: int, seed: int) -> Pairs:
    """Targets of size 1, predictions from 0.001 to 1000 away from them."""
    generator = torch.Generator().manual_seed(seed)
    target = 2 * _uniform(generator, count) - 1
    size = 10 ** (6 * _uniform(generator, count) - 3)
    sign = (_uniform(generator, count) < 0.5).double() * 2 - 1
    return target + sign * size, target


def _boxes(count: int, seed: int) -> Pairs:
    """Boxes with sides from 0.1 to 10 whose overlaps range from none to full."""
    generator = torch.Generator().manual_seed(seed)

    def some(spread: float) -> torch.Tensor:
        centre = spread * (_uniform(generator, count, 2) - 0.5)
        sides = 10 ** (2 * _uniform(generator, count, 2) - 1)
        return torch.cat((centre - sides / 2, centre + sides / 2), dim=1)

    return some(6), some(2)


def _far_numbers(count: int, seed: int) -> Pairs:
    """Targets near 0, predictions from 1e-12 to 1e12 away."""
    generator = torch.Generator().manual_seed(seed)
    target = _uniform(generator, count)
    size = 10 ** (24 * _uniform(generator, count) - 12)
    sign = (_uniform(generator, count) < 0.5).double() * 2 - 1
    return target + sign * size, target


def _far_boxes(count: int, seed: int) -> Pairs:
    """One target of 2 × 1; predictions tiny, huge, far, or overlapping by a sliver."""
    generator = torch.Generator().manual_seed(seed)
    target = torch.tensor([-1.0, -0.5, 1.0, 0.5], dtype=torch.float64).expand(count, 4)

    def powers(low: float, high: float) -> torch.Tensor:
        return 10 ** (low + (high - low) * _uniform(generator, count, 2))

    sign = (_uniform(generator, count, 2) < 0.5).double() * 2 - 1
    sides = powers(-7, 7)
    centre = sign * powers(-7, 7)
    loose = torch.cat((centre - sides / 2, centre + sides / 2), dim=1)
    corner = target[:, 2:] - powers(-9, 0)
    sliver = torch.cat((corner, corner + powers(-2, 2)), dim=1)
    inside = sign * 0.4 * _uniform(generator, count, 2)
    half = powers(-9, -1) / 2
    tiny = torch.cat((inside - half, inside + half), dim=1)
    return torch.cat((loose, sliver, tiny)), torch.cat((target, target, target))


def _distributions(count: int, seed: int) -> Pairs:
    """Distributions over six outcomes, none of them below 1 %."""
    generator = torch.Generator().manual_seed(seed)

    def some() -> torch.Tensor:
        logits = torch.randn(count, 6, generator=generator, dtype=torch.float64)
        return 0.94 * torch.softmax(3 * _uniform(generator, count, 1) * logits, -1) + 0.01

    return some(), some()


def _sharp_distributions(count: int, seed: int) -> Pairs:
    """Predictions that all but rule out what happens; mass at opposite ends; certainty."""
    generator = torch.Generator().manual_seed(seed)
    logits = torch.randn(2, count, 6, generator=generator, dtype=torch.float64)
    prediction, target = torch.softmax(12 * logits, -1)
    certain = torch.eye(6, dtype=torch.float64)[:1]
    end = (1 - 6e-15) * certain + 1e-15
    return torch.cat((prediction, end, certain)), torch.cat((target, end.flip(-1), certain))


def _triplets(count: int, seed: int) -> Pairs:
    """Anchor, positive and negative, with an empty target.

    A quarter lies on one line, where points can meet; a few are as good or as bad as can be.
    They stay clear of the origin, where a direction has no derivative.
    """
    generator = torch.Generator().manual_seed(seed)
    across = 1.5 * torch.randn(count, 3, generator=generator, dtype=torch.float64)
    up = 0.3 + 2 * _uniform(generator, count, 3)
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
    return points * 10 ** (14 * _uniform(generator, count, 3, 1) - 7), none


def _masks(count: int, seed: int) -> Pairs:
    """Masks of 4 × 5 pixels: probabilities, timid ones and bold ones, and targets of 0 and 1 that
    cover any share of the mask, or nothing."""
    generator = torch.Generator().manual_seed(seed)
    share, boldness = _uniform(generator, count, 1, 1), _uniform(generator, count, 1, 1) ** 3
    target = (_uniform(generator, count, 4, 5) < share).double()
    return 0.02 + 0.96 * boldness * _uniform(generator, count, 4, 5), target


def _extreme_masks(count: int, seed: int) -> Pairs:
    """Surely wrong everywhere; right but for traces; almost 0 or 1; without any object."""
    generator = torch.Generator().manual_seed(seed)
    _, target = _masks(count, seed)
    trace = 10 ** (-60 * _uniform(generator, count, 4, 5))
    wrong = 1 - target
    nearly_right = torch.where(target > 0, 1.0, trace)
    nearly_wrong = torch.where(target > 0, trace, 1.0)
    nothing = torch.zeros_like(target)
    predictions = torch.cat((wrong, nearly_right, nearly_wrong, wrong))
    return predictions, torch.cat((target, target, target, nothing))


def _yes_or_no(count: int, seed: int) -> Pairs:
    """Logits, and labels of 0 and 1."""
    generator = torch.Generator().manual_seed(seed)
    logits = 4 * torch.randn(count, generator=generator, dtype=torch.float64)
    return logits, (_uniform(generator, count) < 0.5).double()


def _chances(count: int, seed: int) -> Pairs:
    logits, labels = _yes_or_no(count, seed)
    return torch.sigmoid(logits), labels


def _class_numbers(count: int, seed: int) -> Pairs:
    generator = torch.Generator().manual_seed(seed)
    return tuple(_uniform(generator, 2, count).mul(3).floor().unbind())


def _class_logits(count: int, seed: int) -> Pairs:
    """Logits of four classes, and class numbers."""
    generator = torch.Generator().manual_seed(seed)
    logits = 3 * torch.randn(count, 4, generator=generator, dtype=torch.float64)
    return logits, torch.randint(4, (count,), generator=generator)


def _class_logs(count: int, seed: int) -> Pairs:
    logits, labels = _class_logits(count, seed)
    return torch.log_softmax(logits, dim=1), labels


def _class_targets(count: int, seed: int) -> Pairs:
    """Logits of four classes, and a distribution over them."""
    logits, _ = _class_logits(count, seed)
    other, _ = _class_logits(count, seed + 1)
    return logits, torch.softmax(other, dim=1)


SAMPLERS: dict[str, Callable[[int, int], Pairs]] = {
    "regression": _numbers,
    "boxes": _boxes,
    "information": _distributions,
    "embeddings": _triplets,
    "distances": distance_samples.matrices,
    "pairwise_distance": distance_samples.points,
    "hamming_distance": distance_samples.codes,
    "hamming_count": distance_samples.codes,
    "l1_penalty": _numbers,
    "l2_penalty": _numbers,
    "segmentation": _masks,
    "classification": _yes_or_no,
    "zero_one_loss": _class_numbers,
    "bce_loss": _chances,
    "weighted_bce_loss": _chances,
    "cross_entropy_loss": _class_logits,
    "multiclass_focal_loss": _class_logits,
    "nll_loss": _class_logs,
    "soft_cross_entropy_loss": _class_targets,
}
"""Predictions and targets such as a page shows, by family, or by id for a loss of its own kind."""

EXTREMES: dict[str, Callable[[int, int], Pairs]] = {
    "regression": _far_numbers,
    "boxes": _far_boxes,
    "information": _sharp_distributions,
    "embeddings": _far_triplets,
    "distances": distance_samples.far_matrices,
    "pairwise_distance": distance_samples.far_points,
    "hamming_distance": distance_samples.long_codes,
    "hamming_count": distance_samples.long_codes,
    "l1_penalty": _far_numbers,
    "l2_penalty": _far_numbers,
    "segmentation": _extreme_masks,
}
"""The same, far beyond what a page shows."""

COORDINATES = {
    "regression": 0,
    "boxes": 1,
    "information": 1,
    "embeddings": 2,
    "distances": 2,
    "pairwise_distance": 1,
    "hamming_distance": 1,
    "hamming_count": 1,
    "l1_penalty": 0,
    "l2_penalty": 0,
    "segmentation": 2,
}
"""How many trailing dimensions one prediction has."""

DISTRIBUTIONS = {"information"}
"""Families whose predictions and targets sum to 1: they cannot be moved or scaled together."""


def sampler(loss: Loss) -> Callable[[int, int], Pairs]:
    """`sampler(loss)(count, seed)`: predictions and targets such as a page shows."""
    return SAMPLERS.get(loss.id, SAMPLERS[loss.family])


def extremes(loss: Loss) -> Callable[[int, int], Pairs]:
    """The same, far beyond what a page shows."""
    return EXTREMES.get(loss.id, EXTREMES[loss.family])


def coordinates(loss: Loss) -> int:
    """How many trailing dimensions one prediction of this loss has."""
    return COORDINATES.get(loss.id, COORDINATES[loss.family])


PROBABILITIES = ("segmentation",)
"""Families whose predictions and targets lie in [0, 1], with targets of 0 and 1 that a prediction
can match."""
