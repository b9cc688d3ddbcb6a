"""What the picture of the embeddings page draws of a loss: who pulls on whom, and how far."""

from collections.abc import Mapping
from typing import Any

import torch

from catalog.embedding_points import pairs, queries, structure, triplets
from experiments.embeddings import on_circle
from losses import embeddings
from losses.arguments import Scalar

Keywords = Mapping[str, Any]


def marks(name: str, points: torch.Tensor, keywords: Keywords) -> dict[str, torch.Tensor]:
    """What the picture draws of one loss.

    Args:
        name: The loss.
        points: `(K, D)`.
        keywords: Its parameters and options.

    Returns:
        strength: For every pair of `structure(K).pairs`, the share of its terms that are at work,
            in [0, 1]; for InfoNCE, whose terms never rest, the probability that is out of place.
        ring: For every point as an anchor, the distance within which a dissimilar point costs; 0
            where the loss knows none.
        opening: The angle at the origin within which it costs, to either side; 0 where none.
    """
    strength, nothing = _strength(name, points, keywords), torch.zeros_like(points[:, 0])
    ring, opening = nothing, nothing[0]
    if name == "contrastive_loss":
        ring = nothing + keywords["margin"]
    elif name == "triplet_loss":
        ring = _triplet_ring(points, **keywords)
    elif name == "cosine_embedding_loss":
        cosine = nothing[0] + keywords["margin"]
        opening = torch.atan2((1 - cosine * cosine).clamp(min=0).sqrt(), cosine)
    return {"strength": strength, "ring": ring, "opening": opening}


def _strength(name: str, points: torch.Tensor, keywords: Keywords) -> torch.Tensor:
    terms = structure(len(points))
    if name == "triplet_loss":
        values = embeddings.triplet_loss(*triplets(points), **keywords, reduction="none")
        active = (values > 0).to(points.dtype)
        holding = [[_holds(term, pair) for term in terms.triplets] for pair in terms.pairs]
        return _share(active, holding, points)
    if name == "info_nce_loss":
        return _share(_misplaced(points, **keywords).flatten(), _key_pairs(len(points)), points)
    function = getattr(embeddings, name)
    return (function(*pairs(points), **keywords, reduction="none") > 0).to(points.dtype)


def _misplaced(points: torch.Tensor, temperature: Scalar) -> torch.Tensor:
    """Probability that each query (row) gives to a key, or withholds from its own (first one)."""
    query, keys = (on_circle(vectors) for vectors in queries(points))
    probability = torch.softmax((query * keys).sum(-1) / temperature, dim=-1)
    return torch.cat((1 - probability[:, :1], probability[:, 1:]), dim=1)


def _key_pairs(count: int) -> list[list[bool]]:
    """For every pair, which (query, key) it is."""
    terms = structure(count)
    asked = [(query, key) for query, *keys in terms.queries for key in keys]
    return [[set(ask) == set(pair) for ask in asked] for pair in terms.pairs]


def _holds(triplet: tuple[int, ...], pair: tuple[int, ...]) -> bool:
    """Whether a triplet measures a pair: its anchor and one of the other two."""
    return triplet[0] in pair and set(pair) <= set(triplet)


def _share(values: torch.Tensor, holding: list[list[bool]], points: torch.Tensor) -> torch.Tensor:
    """The mean of the values that belong to each pair."""
    belongs = points.new_tensor([[float(held) for held in row] for row in holding])
    return (belongs * values).sum(-1) / belongs.sum(-1)


def _triplet_ring(points: torch.Tensor, margin: Scalar, distance: str) -> torch.Tensor:
    """For each anchor, how far a negative must be from it to satisfy its farthest positive."""
    anchor, positive, _ = triplets(points)
    away = torch.linalg.vector_norm(anchor - positive, dim=-1)
    of_anchor = points.new_tensor(
        [[float(a == i) for a, _, _ in structure(len(points)).triplets] for i in range(len(points))]
    )
    farthest = (of_anchor * away).amax(-1)
    squared = distance == "squared"
    radius = (farthest * farthest + margin).sqrt() if squared else farthest + margin
    return torch.where(of_anchor.amax(-1) > 0, radius, 0)
