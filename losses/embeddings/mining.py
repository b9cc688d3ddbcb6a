"""Triplet losses that find their triplets in a labelled batch.

An anchor needs another of its class and one of another class. One that lacks either asks for
nothing: it costs 0 and does not count in a mean. Which triplets are taken is read off the
distances, and is a constant to the gradient.
"""

from typing import Literal

import torch

from losses.arguments import Scalar, check_choice
from losses.embeddings.batches import (
    cost_of,
    diagonal,
    distance_of,
    distances_of_all,
    read_batch,
    reduce_by_count,
)
from losses.embeddings.triplets import TRIPLET_DISTANCES, TripletDistance
from losses.precision import full_precision
from losses.reduction import Reduction
from losses.values import values_are_readable

__all__ = ["batch_all_triplet_loss", "batch_hard_triplet_loss", "semi_hard_triplet_loss"]

Counted = Literal["all", "active"]
COUNTED = ("all", "active")


@full_precision
def batch_all_triplet_loss(
    embeddings: torch.Tensor,
    labels: torch.Tensor,
    *,
    margin: Scalar | None = 0.2,
    distance: TripletDistance = "euclidean",
    counted: Counted = "all",
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """The triplet loss of every triplet that a labelled batch holds.

    The loss of an anchor is the mean over its triplets; a mean over the batch counts every triplet
    once. Soon most triplets are satisfied and a mean over all becomes small: `counted="active"`
    divides by the number of those that still cost something.

    It takes memory for N² D and for N³ numbers.

    Args:
        embeddings: Embeddings `(…, N, D)`: of one batch, or of several that do not meet.
        labels: Their classes `(…, N)`, any numbers of an integer dtype.
        margin: m ≥ 0, in the unit of the distance; `None` takes the soft margin, ln(1 + e^gap).
        distance: `"euclidean"` as in the source, or `"squared"`.
        counted: `"all"`, or `"active"` for the triplets whose loss is above 0.
        weight: Non-negative, finite weights of the anchors, broadcastable to `(…, N)`; 0 takes an
            embedding out of the batch, as positive and negative too. `None` weighs all alike.
        reduction: `"none"` (one value per anchor), `"mean"` (over the triplets, by the weights of
            their anchors) or `"sum"` (over the anchors).

    Returns:
        Values ≥ 0, in the dtype of `embeddings`; computed in float32 or better. A batch without a
        triplet costs 0.

    Raises:
        ValueError: for integer embeddings, labels of a floating dtype, shapes that do not fit, a
            negative margin, an unknown name, a negative or infinite weight or one that does not
            broadcast, or an unknown `reduction`.
        TypeError: for what is no tensor, or a margin that is no number.

    Example:
        >>> embeddings = torch.tensor([[0.0], [1.0], [3.0]])
        >>> labels = torch.tensor([0, 0, 1])
        >>> batch_all_triplet_loss(embeddings, labels, margin=1.5, reduction="none")
        tensor([0.0000, 0.5000, 0.0000])
        >>> batch_all_triplet_loss(embeddings, labels, margin=1.5, counted="active")
        tensor(0.5000)

    Source: A. Hermans, L. Beyer, B. Leibe, In Defense of the Triplet Loss for Person
    Re-Identification, 2017.
    """
    check_choice("distance", distance, TRIPLET_DISTANCES)
    check_choice("counted", counted, COUNTED)
    embeddings, alike, unlike = read_batch(embeddings, labels, weight)
    apart = distances_of_all(embeddings, distance)
    cost = cost_of(apart.unsqueeze(-1) - apart.unsqueeze(-2), margin)
    triplets = alike.unsqueeze(-1) & unlike.unsqueeze(-2)
    if counted == "active":
        triplets = triplets & (cost != 0)
    count = triplets.sum((-2, -1))
    loss = torch.where(triplets, cost, 0).sum((-2, -1)) / count.clamp(min=1)
    return reduce_by_count(loss, count, weight, reduction)


@full_precision
def batch_hard_triplet_loss(
    embeddings: torch.Tensor,
    labels: torch.Tensor,
    *,
    margin: Scalar | None = 0.2,
    distance: TripletDistance = "euclidean",
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """The triplet loss of each anchor with its farthest positive and its nearest negative.

    One triplet for every anchor, the hardest that the batch holds. The batch is best drawn as a few
    classes with a few samples each, so that the hardest is not always an outlier.

    Only the chosen distances are differentiated: the gradient takes memory for N D numbers, the
    choice for N².

    Args:
        embeddings: Embeddings `(…, N, D)`: of one batch, or of several that do not meet.
        labels: Their classes `(…, N)`, any numbers of an integer dtype.
        margin: m ≥ 0, in the unit of the distance; `None` takes the soft margin, ln(1 + e^gap).
        distance: `"euclidean"` as in the source, or `"squared"`.
        weight: Non-negative, finite weights of the anchors, broadcastable to `(…, N)`; 0 takes an
            embedding out of the batch, as positive and negative too. `None` weighs all alike.
        reduction: `"none"` (one value per anchor), `"mean"` (by the sum of the weights, over the
            anchors that have a triplet) or `"sum"`.

    Returns:
        Values ≥ 0, in the dtype of `embeddings`; computed in float32 or better. A batch without a
        triplet costs 0.

    Raises:
        ValueError: for integer embeddings, labels of a floating dtype, shapes that do not fit, a
            negative margin, an unknown distance, a negative or infinite weight or one that does not
            broadcast, or an unknown `reduction`.
        TypeError: for what is no tensor, or a margin that is no number.

    Example:
        >>> embeddings = torch.tensor([[0.0], [1.0], [3.0]])
        >>> labels = torch.tensor([0, 0, 1])
        >>> batch_hard_triplet_loss(embeddings, labels, margin=1.5)  # 0, 0.5, and one without
        tensor(0.2500)

    Source: A. Hermans, L. Beyer, B. Leibe, In Defense of the Triplet Loss for Person
    Re-Identification, 2017.
    """
    check_choice("distance", distance, TRIPLET_DISTANCES)
    embeddings, alike, unlike = read_batch(embeddings, labels, weight)
    apart = _apart(embeddings)
    # Without anybody to choose from, oneself: the result then does not count.
    farthest = torch.where(alike | diagonal(labels), apart, -torch.inf)
    nearest = torch.where(unlike, apart, torch.inf)
    gap = embeddings.sum(-1)  # of nobody, who has no farthest and no nearest
    if labels.shape[-1]:
        near = embeddings - _pick(embeddings, farthest.argmax(-1))
        far = embeddings - _pick(embeddings, nearest.argmin(-1))
        gap = distance_of(near, distance) - distance_of(far, distance)
    loss = cost_of(gap, margin)
    return reduce_by_count(loss, alike.any(-1) & unlike.any(-1), weight, reduction)


@full_precision
def semi_hard_triplet_loss(
    embeddings: torch.Tensor,
    labels: torch.Tensor,
    *,
    margin: Scalar | None = 0.2,
    distance: TripletDistance = "squared",
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """The triplet loss of every positive pair with its semi-hard negative.

    For a pair of anchor and positive this is the nearest negative that is farther from the anchor
    than the positive is: already on the right side, and not yet far enough. It keeps the hardest
    negatives, which may be mislabelled, from collapsing the model early on. Where no negative is
    farther than the positive, the farthest one is taken.

    The loss of an anchor is the mean over its positives; a mean over the batch counts every pair
    once. It takes memory for N² D and, while choosing, for N³ numbers.

    Args:
        embeddings: Embeddings `(…, N, D)`: of one batch, or of several that do not meet.
        labels: Their classes `(…, N)`, any numbers of an integer dtype.
        margin: m ≥ 0, in the unit of the distance; `None` takes the soft margin, ln(1 + e^gap).
        distance: `"squared"` as in the source, or `"euclidean"`.
        weight: Non-negative, finite weights of the anchors, broadcastable to `(…, N)`; 0 takes an
            embedding out of the batch, as positive and negative too. `None` weighs all alike.
        reduction: `"none"` (one value per anchor), `"mean"` (over the pairs, by the weights of
            their anchors) or `"sum"` (over the anchors).

    Returns:
        Values ≥ 0, in the dtype of `embeddings`; computed in float32 or better. A batch without a
        triplet costs 0.

    Raises:
        ValueError: for integer embeddings, labels of a floating dtype, shapes that do not fit, a
            negative margin, an unknown distance, a negative or infinite weight or one that does not
            broadcast, or an unknown `reduction`.
        TypeError: for what is no tensor, or a margin that is no number.

    Example:
        >>> embeddings = torch.tensor([[0.0], [2.0], [1.0], [3.0]])
        >>> labels = torch.tensor([0, 0, 1, 1])
        >>> semi_hard_triplet_loss(embeddings, labels, margin=6.0, reduction="none")
        tensor([1., 9., 9., 1.])

    Source: F. Schroff, D. Kalenichenko, J. Philbin, FaceNet, CVPR 2015. What is taken where nothing
    is semi-hard is not in the paper; it is the choice of TensorFlow Addons.
    """
    check_choice("distance", distance, TRIPLET_DISTANCES)
    embeddings, alike, unlike = read_batch(embeddings, labels, weight)
    apart = distances_of_all(embeddings, distance)
    gap = apart
    if labels.shape[-1]:
        known = apart.detach()
        positive, negative = known.unsqueeze(-1), known.unsqueeze(-2)
        allowed = unlike.unsqueeze(-2)
        farther = allowed & (negative <= positive).logical_not()  # NaN is never nearer
        nearest = torch.where(farther, negative, torch.inf).argmin(-1)
        farthest = torch.where(allowed, negative, -torch.inf).argmax(-1).expand_as(nearest)
        chosen = torch.where(farther.any(-1), nearest, farthest)
        gap = apart - apart.gather(-1, chosen)
    count = torch.where(unlike.any(-1), alike.sum(-1), 0)
    loss = torch.where(alike, cost_of(gap, margin), 0).sum(-1) / count.clamp(min=1)
    return reduce_by_count(loss, count, weight, reduction)


def _apart(embeddings: torch.Tensor) -> torch.Tensor:
    """The distances of all with all, only to compare them, in the unit of the largest number."""
    known = embeddings.detach()
    sizes = known.abs().nan_to_num(0, 0)
    scale = sizes.amax((-2, -1), keepdim=True) if known.numel() else sizes.sum()
    known = known / (scale + (scale == 0))
    if known.ndim == 2 and values_are_readable(known):  # each pair once, ten times as fast
        count = len(known)
        apart = known.new_zeros(count, count)
        first, second = torch.triu_indices(count, count, offset=1, device=known.device)
        apart[first, second] = torch.pdist(known)
        return apart + apart.mT
    return torch.cdist(known, known, compute_mode="donot_use_mm_for_euclid_dist")


def _pick(embeddings: torch.Tensor, index: torch.Tensor) -> torch.Tensor:
    """The embeddings `(…, N, D)` with these places `(…, N)`."""
    return embeddings.gather(-2, index.unsqueeze(-1).expand_as(embeddings))
