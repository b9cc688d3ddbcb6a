"""A batch of labelled embeddings: who is alike, how far apart, how anchors become one number."""

import torch
from torch.nn import functional

from losses.arguments import Scalar, check_floating, check_number, check_tensor
from losses.embeddings.triplets import TripletDistance
from losses.limits import length
from losses.reduction import Reduction, checked_weight, drop_weightless, reduce_loss


def read_batch(
    embeddings: torch.Tensor, labels: torch.Tensor, weight: torch.Tensor | None
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The embeddings, and which pairs `(…, N, N)` are of one kind and which of two.

    No embedding is of its own kind here. One whose weight is 0 is of nobody's kind and of nobody's
    other kind: it is not in the batch.
    """
    check_floating(embeddings=embeddings)
    check_tensor("labels", labels)
    if labels.is_floating_point() or labels.is_complex():
        raise ValueError(f"labels must be class numbers of an integer dtype; got {labels.dtype}")
    if embeddings.ndim < 2 or labels.shape != embeddings.shape[:-1]:
        raise ValueError(
            "embeddings and labels must be of the shapes (…, N, D) and (…, N); "
            f"got {tuple(embeddings.shape)} and {tuple(labels.shape)}"
        )
    (embeddings,) = drop_weightless(weight, embeddings, dim=(-1,))
    alike = labels.unsqueeze(-1) == labels.unsqueeze(-2)
    unlike = labels.unsqueeze(-1) != labels.unsqueeze(-2)
    alike = alike & diagonal(labels).logical_not()
    if weight is not None:
        there = (weight != 0).expand(labels.shape).unsqueeze(-2)
        alike, unlike = alike & there, unlike & there
    return embeddings, alike, unlike


def diagonal(samples: torch.Tensor) -> torch.Tensor:
    """The pairs `(N, N)` of each with itself, for the N of the last dimension."""
    places = torch.arange(samples.shape[-1], device=samples.device)
    return places == places.unsqueeze(-1)


def distance_of(difference: torch.Tensor, distance: TripletDistance) -> torch.Tensor:
    """How long these differences `(…, D)` are: `(…)`."""
    if distance == "squared":
        return (difference * difference).sum(-1)
    return length(difference).squeeze(-1)


def distances_of_all(embeddings: torch.Tensor, distance: TripletDistance) -> torch.Tensor:
    """The distances `(…, N, N)` of all with all; every difference is held in memory."""
    return distance_of(embeddings.unsqueeze(-2) - embeddings.unsqueeze(-3), distance)


def cost_of(gap: torch.Tensor, margin: Scalar | None) -> torch.Tensor:
    """max(0, gap + margin), or ln(1 + e^gap) without a margin."""
    if margin is None:
        return -functional.logsigmoid(-gap)
    check_number("margin", margin, at_least=0, like=gap)
    return functional.relu(gap + margin)


def reduce_by_count(
    loss: torch.Tensor, count: torch.Tensor, weight: torch.Tensor | None, reduction: Reduction
) -> torch.Tensor:
    """`reduce_loss` for anchors that are means of `count` terms each: 0 terms cost nothing."""
    loss = torch.where(count > 0, loss, 0)
    if reduction == "mean":
        count = count.to(loss.dtype)
        weight = count if weight is None else count * checked_weight("weight", weight)
    return reduce_loss(loss, weight, reduction)
