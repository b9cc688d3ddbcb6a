"""Other forms of the triplet loss: a soft margin, and the nearer of two ways to the negative."""

import torch

from losses.arguments import Scalar, check_choice
from losses.embeddings.batches import cost_of, distance_of
from losses.embeddings.triplets import TRIPLET_DISTANCES, TripletDistance
from losses.embeddings.vectors import check_embeddings
from losses.precision import full_precision
from losses.reduction import Reduction, drop_weightless, reduce_loss

__all__ = ["soft_margin_triplet_loss", "swapped_triplet_loss"]


@full_precision
def soft_margin_triplet_loss(
    anchor: torch.Tensor,
    positive: torch.Tensor,
    negative: torch.Tensor,
    *,
    distance: TripletDistance = "euclidean",
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """A triplet loss without a margin to choose: ln(1 + e^(d(a, p) − d(a, n))).

    It falls off exponentially and never ends, so that a triplet which is already right still pulls
    a little. If all embeddings collapse, every triplet costs ln 2, and the gradient is 0.

    Args:
        anchor: Embeddings `(…, D)`.
        positive: Embeddings of the anchor's kind, of a shape that broadcasts with `anchor`.
        negative: Embeddings of another kind, of a shape that broadcasts with `anchor`.
        distance: `"euclidean"` as in the source, or `"squared"`.
        weight: Non-negative, finite weights of the triplets, broadcastable to `(…)`; 0 removes a
            triplet. `None` weighs all alike.
        reduction: `"none"` (one value per triplet), `"mean"` (by the sum of the weights) or
            `"sum"`.

    Returns:
        Values > 0 in the dtype that `anchor`, `positive` and `negative` promote to; computed in
        float32 or better.

    Raises:
        ValueError: for integer embeddings, shapes that do not fit, an unknown distance, a negative
            or infinite weight or one that does not broadcast, or an unknown `reduction`.
        TypeError: for what is no tensor.

    Example:
        >>> anchor, positive, negative = torch.tensor([[0.0, 0.0], [2.0, 0.0], [1.0, 0.0]])
        >>> soft_margin_triplet_loss(anchor, positive, negative)  # ln(1 + e)
        tensor(1.3133)

    Source: A. Hermans, L. Beyer, B. Leibe, In Defense of the Triplet Loss for Person
    Re-Identification, 2017.
    """
    check_choice("distance", distance, TRIPLET_DISTANCES)
    check_embeddings(anchor=anchor, positive=positive, negative=negative)
    points = drop_weightless(weight, anchor, positive, negative, dim=(-1,))
    near, far = (distance_of(points[0] - other, distance) for other in points[1:])
    return reduce_loss(cost_of(near - far, None), weight, reduction)


@full_precision
def swapped_triplet_loss(
    anchor: torch.Tensor,
    positive: torch.Tensor,
    negative: torch.Tensor,
    *,
    margin: Scalar = 0.2,
    distance: TripletDistance = "euclidean",
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """A triplet loss that lets anchor and positive swap places, to see the negative that is nearer.

    max(0, d(a, p) − min(d(a, n), d(p, n)) + m): the negative must stay clear of both. This is
    `swap=True` of PyTorch's `TripletMarginLoss` (whose default margin is 1, and which adds 1e-6 to
    every coordinate; this does not).

    Args:
        anchor: Embeddings `(…, D)`.
        positive: Embeddings of the anchor's kind, of a shape that broadcasts with `anchor`.
        negative: Embeddings of another kind, of a shape that broadcasts with `anchor`.
        margin: m ≥ 0, in the unit of the distance.
        distance: `"euclidean"` as in the source, or `"squared"`.
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
        >>> anchor, positive, negative = torch.tensor([[0.0, 0.0], [2.0, 0.0], [3.0, 0.0]])
        >>> swapped_triplet_loss(anchor, positive, negative, margin=0.5)  # 2 − 1 + 0.5
        tensor(1.5000)

    Source: V. Balntas, E. Riba, D. Ponsa, K. Mikolajczyk, Learning Local Feature Descriptors with
    Triplets and Shallow Convolutional Neural Networks, BMVC 2016.
    """
    check_choice("distance", distance, TRIPLET_DISTANCES)
    check_embeddings(anchor=anchor, positive=positive, negative=negative)
    points = drop_weightless(weight, anchor, positive, negative, dim=(-1,))
    near = distance_of(points[0] - points[1], distance)
    far = torch.minimum(*(distance_of(one - points[2], distance) for one in points[:2]))
    return reduce_loss(cost_of(near - far, margin), weight, reduction)
