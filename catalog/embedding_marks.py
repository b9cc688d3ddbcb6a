"""What the picture of the embeddings draws of a loss, beside its arrows.

A record's `marks` takes the points `(K, D)` and the keywords of its loss and returns:

strength: for every pair of `structure(K).pairs`, the share of its terms that are at work, in
    [0, 1]; for a loss whose terms never rest, what is out of place.
ring: for every point as an anchor, the distance within which a dissimilar point costs; 0 where the
    loss knows none.
opening: the angle at the origin within which it costs, to either side; 0 where the loss knows none.
"""

from collections.abc import Callable, Mapping

import torch

from catalog.embedding_points import pairs, queries, structure, triplets
from losses.arguments import Scalar
from losses.embeddings import contrastive_loss, cosine_embedding_loss, triplet_loss
from losses.embeddings.triplets import TripletDistance

Marks = Mapping[str, torch.Tensor]


def marks(
    strength: torch.Tensor,
    points: torch.Tensor,
    ring: torch.Tensor | Scalar = 0.0,
    opening: torch.Tensor | Scalar = 0.0,
) -> Marks:
    """The three of them, in the shapes that the tape has for every loss."""
    nothing = torch.zeros_like(points[:, 0])
    return {"strength": strength, "ring": nothing + ring, "opening": nothing[0] + opening}


def nothing(points: torch.Tensor, **keywords: Scalar | str) -> Marks:
    """For a record without `marks`."""
    pairs_of_points, _, _ = pairs(points)
    return marks(torch.zeros_like(pairs_of_points[..., 0]), points)


def of_contrastive(points: torch.Tensor, *, margin: Scalar) -> Marks:
    return marks(pairs_at_work(contrastive_loss, points, margin=margin), points, ring=margin)


def of_cosine(points: torch.Tensor, *, margin: Scalar) -> Marks:
    cosine = torch.zeros_like(points[0, 0]) + margin
    opening = torch.atan2((1 - cosine * cosine).clamp(min=0).sqrt(), cosine)
    strength = pairs_at_work(cosine_embedding_loss, points, margin=margin)
    return marks(strength, points, opening=opening)


def of_triplet(points: torch.Tensor, *, margin: Scalar, distance: TripletDistance) -> Marks:
    strength = triplets_at_work(triplet_loss, points, margin=margin, distance=distance)
    return marks(strength, points, ring=_triplet_ring(points, margin, distance))


def of_info_nce(points: torch.Tensor, *, temperature: Scalar) -> Marks:
    """The strength of a pair: the probability that its queries give to a key, or withhold from
    their own."""
    query, keys = (_unit(vectors) for vectors in queries(points))
    probability = torch.softmax((query * keys).sum(-1) / temperature, dim=-1)
    misplaced = torch.cat((1 - probability[:, :1], probability[:, 1:]), dim=1)
    return marks(_share(misplaced.flatten(), _key_pairs(len(points)), points), points)


def pairs_at_work(
    function: Callable[..., torch.Tensor], points: torch.Tensor, **keywords: Scalar
) -> torch.Tensor:
    """The strength of a loss of pairs: 1 where a pair costs."""
    return (function(*pairs(points), **keywords, reduction="none") > 0).to(points.dtype)


def triplets_at_work(
    function: Callable[..., torch.Tensor], points: torch.Tensor, **keywords: Scalar | str
) -> torch.Tensor:
    """The strength of a loss of triplets: which share of a pair's triplets cost."""
    terms = structure(len(points))
    active = (function(*triplets(points), **keywords, reduction="none") > 0).to(points.dtype)
    holding = [[_holds(term, pair) for term in terms.triplets] for pair in terms.pairs]
    return _share(active, holding, points)


def _unit(vectors: torch.Tensor) -> torch.Tensor:
    """The vectors at length 1; the origin stays there, where every cosine is 0."""
    length = torch.linalg.vector_norm(vectors, dim=-1, keepdim=True)
    return vectors / torch.where(length > 0, length, 1)


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


def _triplet_ring(points: torch.Tensor, margin: Scalar, distance: TripletDistance) -> torch.Tensor:
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
