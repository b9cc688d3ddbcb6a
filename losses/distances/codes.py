"""Distances between codes: in how many places they differ."""

import torch

from losses.arguments import (
    check_shapes,
)
from losses.classification.zero_one import differs
from losses.precision import full_precision
from losses.reduction import Reduction, drop_weightless, reduce_loss

__all__ = [
    "hamming_count",
    "hamming_distance",
]


@full_precision
def hamming_distance(
    first: torch.Tensor,
    second: torch.Tensor,
    *,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Share of the places at which two codes differ.

    Its gradient is 0 everywhere: it serves to search and to score, not to train.

    Args:
        first: Codes `(…, D)` of any dtype.
        second: Codes of a shape that broadcasts with `first`; may be a single one.
        weight: Non-negative, finite weights of the pairs, broadcastable to `(…)`; 0 removes a pair.
            `None` weighs all alike.
        reduction: `"none"` (one value per pair), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Values in [0, 1] in the floating dtype that the arguments promote to, or the default dtype
        if both are integers. Codes without places do not differ: 0.

    Raises:
        ValueError: for no dimension, shapes that do not fit, a negative or infinite weight or one
            that does not broadcast, or an unknown `reduction`.
        TypeError: for a weight that is no tensor.

    Example:
        >>> hamming_distance(torch.tensor([1, 0, 1, 1]), torch.tensor([1, 1, 1, 1]))
        tensor(0.2500)

    Source: R. W. Hamming, Error detecting and error correcting codes, Bell System Technical
    Journal 29(2), 1950.
    """
    places = _places(first, second, weight)
    share = places.sum(-1) / max(places.shape[-1], 1)
    return reduce_loss(share, weight, reduction)


@full_precision
def hamming_count(
    first: torch.Tensor,
    second: torch.Tensor,
    *,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Number of places at which two codes differ: `hamming_distance` times their length.

    Args:
        first: Codes `(…, D)` of any dtype.
        second: Codes of a shape that broadcasts with `first`; may be a single one.
        weight: Non-negative, finite weights of the pairs, broadcastable to `(…)`; 0 removes a pair.
            `None` weighs all alike.
        reduction: `"none"` (one value per pair), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Values in [0, D], places, in the floating dtype that the arguments promote to, or the
        default dtype if both are integers.

    Raises:
        ValueError: for no dimension, shapes that do not fit, a negative or infinite weight or one
            that does not broadcast, or an unknown `reduction`.
        TypeError: for a weight that is no tensor.

    Example:
        >>> hamming_count(torch.tensor([1, 0, 1, 1]), torch.tensor([1, 1, 1, 0]))
        tensor(2.)

    Source: as `hamming_distance`.
    """
    places = _places(first, second, weight)
    return reduce_loss(places.sum(-1), weight, reduction)


def _places(first: torch.Tensor, second: torch.Tensor, weight: torch.Tensor | None) -> torch.Tensor:
    if first.ndim == 0 and second.ndim == 0:
        raise ValueError("first and second must have at least 1 dimension; got two single values")
    check_shapes({"first": first, "second": second}, event=1)
    return differs(*drop_weightless(weight, first, second, dim=(-1,)))
