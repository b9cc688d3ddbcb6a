"""Triplets that a step of training takes from a batch: all of them, or those that are mined.

`losses` mines by comparing all distances of a batch. Here every triplet is written out, as a
picture of few points can have it: the loss of the one that is mined is the largest in its group,
and no position has to be looked up. A test holds that both say the same.
"""

from collections.abc import Callable

import torch

from catalog.embedding_points import structure, triplets
from losses.arguments import Scalar
from losses.embeddings import batch_hard_triplet_loss, semi_hard_triplet_loss
from losses.embeddings.batches import cost_of, distance_of
from losses.embeddings.triplets import TripletDistance

MINING: dict[str, Callable[..., torch.Tensor]] = {
    "hard": batch_hard_triplet_loss,
    "semi_hard": semi_hard_triplet_loss,
}
"""The loss of a batch for each way of mining."""


def mined_terms(
    points: torch.Tensor, mining: str, *, margin: Scalar, distance: TripletDistance
) -> torch.Tensor:
    """The losses of the mined triplets: one for each anchor, or one for each positive pair."""
    groups = _gaps(points, mining, distance)
    return cost_of(_picked(groups, mining).squeeze(-1), margin)


def pairs_of_mined(
    points: torch.Tensor, mining: str, *, margin: Scalar, distance: TripletDistance
) -> torch.Tensor:
    """For every pair of points, 1 where a mined triplet that still costs measures it, else 0."""
    groups = _gaps(points, mining, distance)
    picked = _picked(groups, mining)
    costs = (groups == picked) & (cost_of(picked, margin) > 0)
    terms = structure(len(points))
    measured = [
        [float(term[0] in pair and set(pair) <= set(term)) for term in terms.triplets]
        for pair in terms.pairs
    ]
    return (points.new_tensor(measured) * costs.to(points.dtype).flatten()).amax(-1)


def _gaps(points: torch.Tensor, mining: str, distance: TripletDistance) -> torch.Tensor:
    """How much farther the positive is than the negative, of each triplet: a row for each anchor
    (batch-hard) or for each positive pair (semi-hard)."""
    anchor, positive, negative = triplets(points)
    gaps = distance_of(anchor - positive, distance) - distance_of(anchor - negative, distance)
    count = len(points)
    own = len(structure(count).triplets) // count
    return gaps.reshape(count, own) if mining == "hard" else gaps.reshape(-1, count - 3)


def _picked(groups: torch.Tensor, mining: str) -> torch.Tensor:
    """The gap of the triplet that is mined from each group, which keeps its dimension."""
    if mining == "hard":
        return groups.amax(-1, keepdim=True)
    # The nearest negative beyond the positive; where there is none, the farthest of all.
    beyond = torch.where(groups < 0, groups, -torch.inf).amax(-1, keepdim=True)
    return torch.where(beyond == -torch.inf, groups.amin(-1, keepdim=True), beyond)
