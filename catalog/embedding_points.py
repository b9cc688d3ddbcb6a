"""Which points of a picture belong together: the pairs, triplets and queries that a loss is given.

A set of points `(…, K, D)` is either a triplet (K = 3: anchor, positive, negative) or a cloud
(K a multiple of 3: three labels, the points of each label in a row).
"""

from dataclasses import dataclass
from functools import cache
from itertools import combinations, permutations

import torch

LABELS = 3
Index = tuple[int, ...]


@dataclass(frozen=True)
class Structure:
    """The terms of a loss over one set, as positions of points.

    pairs: (first, second), those of similar points before the others.
    similar: 1 for a similar pair, 0 for a dissimilar one, in the order of `pairs`.
    triplets: (anchor, positive, negative).
    queries: (query, its own key, the other keys …).
    """

    pairs: tuple[Index, ...]
    similar: tuple[float, ...]
    triplets: tuple[Index, ...]
    queries: tuple[Index, ...]


def labels_of(count: int) -> list[int]:
    """The label of each point of a cloud."""
    return [position * LABELS // count for position in range(count)]


@cache
def structure(count: int) -> Structure:
    """The terms of a set of `count` points.

    Raises:
        ValueError: unless `count` is a multiple of 3.
    """
    if count < LABELS or count % LABELS:
        raise ValueError(f"the number of points must be a multiple of {LABELS}; got {count}")
    if count == LABELS:
        return Structure(((0, 1), (0, 2)), (1.0, 0.0), ((0, 1, 2),), ((0, 1, 2),))
    labels = labels_of(count)
    alike = [(i, j) for i, j in combinations(range(count), 2) if labels[i] == labels[j]]
    unlike = [(i, j) for i, j in combinations(range(count), 2) if labels[i] != labels[j]]
    others = {i: [j for j in range(count) if labels[j] != labels[i]] for i in range(count)}
    own = [(i, j) for i, j in permutations(range(count), 2) if labels[i] == labels[j]]
    return Structure(
        pairs=(*alike, *unlike),
        similar=(1.0,) * len(alike) + (0.0,) * len(unlike),
        triplets=tuple((i, j, n) for i, j in own for n in others[i]),
        queries=tuple((i, j, *others[i]) for i, j in own),
    )


def pairs(points: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """First and second points `(…, T, D)`, and which of the T pairs are similar `(T,)`."""
    terms = structure(points.shape[-2])
    similar = torch.tensor(terms.similar, dtype=points.dtype, device=points.device)
    first, second = columns(points, terms.pairs)
    return first, second, similar


def triplets(points: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Anchors, positives and negatives, each `(…, T, D)`."""
    anchor, positive, negative = columns(points, structure(points.shape[-2]).triplets)
    return anchor, positive, negative


def queries(points: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Queries `(…, T, 1, D)` and their keys `(…, T, M, D)`, each query's own key first."""
    query, *keys = columns(points, structure(points.shape[-2]).queries)
    return query.unsqueeze(-2), torch.stack(keys, dim=-2)


def columns(points: torch.Tensor, terms: tuple[Index, ...]) -> tuple[torch.Tensor, ...]:
    """The first points of all terms, the second ones, …, each `(…, T, D)`.

    A product with one-hot rows, whose derivative is again a product: both can be taped.
    """
    count = points.shape[-2]
    return tuple(
        points.new_tensor([[float(place == pick) for place in range(count)] for pick in picks])
        @ points
        for picks in zip(*terms, strict=True)
    )
