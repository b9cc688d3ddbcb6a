"""Random searches that try a claim: for a chord below its loss, for a jump of a gradient."""

from collections.abc import Callable

import torch
from torch import Tensor

Rows = Callable[[Tensor], Tensor]


def breaks_a_chord(values: Rows, first: Tensor, second: Tensor) -> bool:
    """Whether a convex function could not be so: somewhere it is above the line between two values.

    Args:
        values: One number for each row of its input.
        first: Where the chords begin, (N, …).
        second: Where they end.
    """
    generator = torch.Generator().manual_seed(0)
    share = torch.rand(len(first), generator=generator, dtype=torch.float64)
    along = _column(share, first)
    chord = share * values(first) + (1 - share) * values(second)
    between = values(along * first + (1 - along) * second)
    comparable = chord.isfinite()
    above = (between - chord)[comparable]
    return (above > 1e-9 * (1 + chord[comparable].abs())).any().item()


def across_the_kink(gradients: Rows, first: Tensor, second: Tensor) -> tuple[Tensor, Tensor]:
    """The gradients on both sides of where they change most, after halving each segment 48 times
    towards the larger change: they differ still where there is a kink.

    Args:
        gradients: One row for each row of its input.
        first: Where the segments begin, (N, …).
        second: Where they end.
    """
    slope, other = gradients(first), gradients(second)
    for _ in range(48):
        middle = (first + second) / 2
        between = gradients(middle)
        left = (between - slope).norm(dim=1) > (other - between).norm(dim=1)
        choose, rows = _column(left, first), left[:, None]
        first, second = torch.where(choose, first, middle), torch.where(choose, middle, second)
        slope, other = torch.where(rows, slope, between), torch.where(rows, between, other)
    return slope, other


def _column(numbers: Tensor, rows: Tensor) -> Tensor:
    """One number for each row, shaped to broadcast over it."""
    return numbers.reshape(-1, *[1] * (rows.ndim - 1))
