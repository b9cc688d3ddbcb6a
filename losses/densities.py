"""Densities on a line, held to each other by integrals on a grid.

Everything stays in logarithms: far from its mean a normal density is smaller than any float, and a
ratio of two such zeros would be NaN where the difference of their logs is a plain number.
"""

import math

import torch

from losses.arguments import Scalar


def normal_log_density(x: torch.Tensor, mean: Scalar, width: Scalar) -> torch.Tensor:
    """Log of the normal density with this mean and standard deviation (> 0), at `x`.

    It is −½ ((x − μ) / σ)² − ln σ − ½ ln 2π.

    Args:
        x: Places of any shape, of a floating dtype.
        mean: μ, in the unit of `x`.
        width: σ > 0, in the unit of `x`; not checked.

    Returns:
        Log densities of the shape of `x`, in the dtype that its tensors promote to.

    Example:
        >>> normal_log_density(torch.tensor([0.0, 1.0]), 0.0, 1.0).exp()
        tensor([0.3989, 0.2420])
    """
    scaled = (x - mean) / width
    like = torch.zeros_like(scaled)
    return -(scaled * scaled) / 2 - torch.log(like + width) - math.log(2 * math.pi) / 2


def two_hump_log_density(
    x: torch.Tensor, means: tuple[Scalar, Scalar], widths: tuple[Scalar, Scalar], share: Scalar
) -> torch.Tensor:
    """Log of a mixture of two normal densities; `share`, in (0, 1), is the part of the first.

    Args:
        x: Places of any shape, of a floating dtype.
        means: The two means, in the unit of `x`.
        widths: The two standard deviations > 0, in the unit of `x`; not checked.
        share: Part of the first in (0, 1); not checked.

    Returns:
        Log densities of the shape of `x`, in the dtype that its tensors promote to.

    Example:
        >>> two_hump_log_density(torch.tensor([0.0]), (-1.0, 1.0), (1.0, 1.0), 0.5).exp()
        tensor([0.2420])
    """
    like = torch.zeros_like(x)
    first = normal_log_density(x, means[0], widths[0]) + torch.log(like + share)
    second = normal_log_density(x, means[1], widths[1]) + torch.log(1 - (like + share))
    larger = torch.maximum(first, second)
    return larger + torch.log((first - larger).exp() + (second - larger).exp())


def divergence_of_densities(
    truth: torch.Tensor, model: torch.Tensor, spacing: float
) -> torch.Tensor:
    """Kullback–Leibler divergence of densities: the integral of p (ln p − ln q), in nats.

    Args:
        truth: Log density `(…, N)` of what happens, on an even grid.
        model: Log density `(…, N)` that is held to it, on the same grid.
        spacing: The distance of neighbouring points. For densities that are smooth on this scale
            and fade out on the grid, the plain sum is exact to many digits.

    Returns:
        Values `(…)`, ≥ 0 up to rounding and to what lies beyond the grid, in the dtype that `truth`
        and `model` promote to.

    Example:
        >>> x = torch.linspace(-10.0, 10.0, 201)
        >>> truth, model = normal_log_density(x, 0.0, 1.0), normal_log_density(x, 1.0, 1.0)
        >>> divergence_of_densities(truth, model, spacing=0.1)  # half of the squared shift
        tensor(0.5000)

    Source: S. Kullback, R. A. Leibler, On Information and Sufficiency, Annals of Mathematical
    Statistics 22(1), 1951.
    """
    return (truth.exp() * (truth - model)).sum(-1) * spacing
