"""The loss of an anchor, one of its kind and one of another."""

from typing import Literal

import torch
from torch.nn import functional

from losses.arguments import (
    Scalar,
    check_choice,
    check_number,
)
from losses.embeddings.vectors import check_embeddings
from losses.limits import length
from losses.precision import full_precision
from losses.reduction import Reduction, drop_weightless, reduce_loss

__all__ = [
    "triplet_loss",
]

TripletDistance = Literal["squared", "euclidean"]

TRIPLET_DISTANCES = ("squared", "euclidean")


@full_precision
def triplet_loss(
    anchor: torch.Tensor,
    positive: torch.Tensor,
    negative: torch.Tensor,
    *,
    margin: Scalar = 0.2,
    distance: TripletDistance = "squared",
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Asks that the negative be farther from the anchor than the positive, by a margin.

    max(0, d(a, p) − d(a, n) + m). A triplet that satisfies it gives neither loss nor gradient;
    if all embeddings collapse, every triplet costs m, and the gradient is 0 there too.

    Args:
        anchor: Embeddings `(…, D)`.
        positive: Embeddings of the anchor's kind, of a shape that broadcasts with `anchor`.
        negative: Embeddings of another kind, of a shape that broadcasts with `anchor`.
        margin: m ≥ 0, in the unit of the distance.
        distance: `"squared"` as in FaceNet; `"euclidean"` as in PyTorch's `TripletMarginLoss`
            (whose default margin is 1, and which adds 1e-6 to every coordinate; this does not).
        weight: Non-negative, finite weights of the triplets, broadcastable to `(…)`; 0 removes a
            triplet. `None` weighs all alike.
        reduction: `"none"` (one value per triplet), `"mean"` (by the sum of the weights) or
            `"sum"`.

    Returns:
        Values ≥ 0 in the dtype that `anchor`, `positive` and `negative` promote to; computed in
        float32 or better.

    Raises:
        ValueError: for integer embeddings, shapes that do not fit, a negative margin, an unknown
            distance, a negative or infinite weight or one that does not broadcast, or an unknown
            `reduction`.
        TypeError: for what is no tensor, or a margin that is no number.

    Example:
        >>> anchor, positive, negative = torch.tensor([[0.0, 0.0], [2.0, 0.0], [1.0, 0.0]])
        >>> triplet_loss(anchor, positive, negative, margin=0.5)
        tensor(3.5000)
        >>> triplet_loss(anchor, positive, negative, margin=0.5, distance="euclidean")
        tensor(1.5000)

    Source: F. Schroff, D. Kalenichenko, J. Philbin, FaceNet, CVPR 2015; after K. Q. Weinberger,
    L. K. Saul, Distance Metric Learning for Large Margin Nearest Neighbor Classification, 2009.
    """
    check_choice("distance", distance, TRIPLET_DISTANCES)
    check_embeddings(anchor=anchor, positive=positive, negative=negative)
    points = drop_weightless(weight, anchor, positive, negative, dim=(-1,))
    to_positive, to_negative = points[0] - points[1], points[0] - points[2]
    if distance == "squared":
        gap = (to_positive * to_positive).sum(-1) - (to_negative * to_negative).sum(-1)
    else:
        gap = (length(to_positive) - length(to_negative)).squeeze(-1)
    check_number("margin", margin, at_least=0, like=gap)
    loss = functional.relu(gap + margin)
    return reduce_loss(loss, weight, reduction)
