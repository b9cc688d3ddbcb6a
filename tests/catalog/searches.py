"""Random searches that try a property: for a chord below its loss, for a jump of a gradient."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from tests.losses.samples.kind import Kind

Rows = Callable[[Tensor], Tensor]


@dataclass(frozen=True)
class Found:
    """The largest of something that a search looks for, and the prediction where it is."""

    size: float
    place: list[float]

    def __str__(self) -> str:
        return f"{self.size:.3g} at the prediction {self.place}"


def segments(kind: Kind, count: int, seeds: tuple[int, int]) -> tuple[Tensor, Tensor, Tensor]:
    """Where segments between predictions begin and end, and their targets.

    A quarter of them leads through the target, if there is a way: a kink in one point is where no
    other segment finds it.
    """
    first, target = kind.ordinary(count, seeds[0])
    second, _ = kind.ordinary(count, seeds[1])
    if kind.opposite:
        through = count // 4
        second[:through] = kind.opposite(first[:through], target[:through])
    return first, second, target


def above_a_chord(values: Rows, first: Tensor, second: Tensor) -> Found:
    """How far a loss is above the line between two of its values, relative to that line; more than
    rounding, and it is not convex.

    Args:
        values: One number for each row of its input.
        first: Where the chords begin, (N, …).
        second: Where they end.
    """
    generator = torch.Generator().manual_seed(0)
    share = torch.rand(len(first), generator=generator, dtype=torch.float64)
    along = _column(share, first)
    chord = share * values(first) + (1 - share) * values(second)
    between = along * first + (1 - along) * second
    above = (values(between) - chord) / (1 + chord.abs())
    return _largest(torch.where(chord.isfinite(), above, 0), between)


def jump(
    gradients: Callable[[Tensor, Tensor], Tensor],
    first: Tensor,
    second: Tensor,
    target: Tensor,
    *,
    relative: bool = False,
) -> Found:
    """How much a gradient jumps on the way between two predictions: each segment is halved 48 times
    towards the larger change of it, and what differs still is a kink. After 16 times a change
    without a kink is 65,536 times smaller, so the search goes on where it is still the largest.

    Args:
        gradients: One row for each prediction and its target.
        first: Where the segments begin, (N, …).
        second: Where they end.
        target: Of each segment.
        relative: To the size of the gradient: where it is huge, neighbours differ by more.
    """
    slope, other = gradients(first, target), gradients(second, target)
    for halved in range(48):
        if halved == 16:
            largest = _sizes(slope, other, relative).topk(min(400, len(first))).indices
            first, second, target = first[largest], second[largest], target[largest]
            slope, other = slope[largest], other[largest]
        middle = (first + second) / 2
        between = gradients(middle, target)
        left = (between - slope).norm(dim=1) > (other - between).norm(dim=1)
        choose, rows = _column(left, first), left[:, None]
        first, second = torch.where(choose, first, middle), torch.where(choose, middle, second)
        slope, other = torch.where(rows, slope, between), torch.where(rows, between, other)
    return _largest(_sizes(slope, other, relative), first)


def _sizes(slope: Tensor, other: Tensor, relative: bool) -> Tensor:
    sizes = (slope - other).norm(dim=1)
    return sizes / (1 + slope.norm(dim=1)) if relative else sizes


def steepest(gradients: Rows, predictions: Tensor) -> Found:
    """The longest gradient."""
    return _largest(gradients(predictions).norm(dim=1), predictions)


def _largest(sizes: Tensor, rows: Tensor) -> Found:
    place = int(sizes.argmax())
    return Found(sizes[place].item(), rows[place].flatten()[:12].tolist())


def _column(numbers: Tensor, rows: Tensor) -> Tensor:
    """One number for each row, shaped to broadcast over it."""
    return numbers.reshape(-1, *[1] * (rows.ndim - 1))
