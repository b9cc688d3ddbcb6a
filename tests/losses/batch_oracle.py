"""The losses of batches in plain Python, one pair and one triplet at a time."""

import math
from collections.abc import Callable, Iterator

Points = list[list[float]]


def dot(a: list[float], b: list[float]) -> float:
    return math.fsum(x * y for x, y in zip(a, b, strict=True))


def cosine(a: list[float], b: list[float]) -> float:
    return dot(a, b) / math.sqrt(dot(a, a) * dot(b, b))


def euclidean(a: list[float], b: list[float]) -> float:
    return math.dist(a, b)


def squared(a: list[float], b: list[float]) -> float:
    return math.fsum((x - y) ** 2 for x, y in zip(a, b, strict=True))


DISTANCES: dict[str, Callable[[list[float], list[float]], float]] = {
    "euclidean": euclidean,
    "squared": squared,
}


def cost(gap: float, margin: float | None) -> float:
    return math.log1p(math.exp(gap)) if margin is None else max(0.0, gap + margin)


def cross_entropy(points: Points, query: int, right: int, temperature: float) -> float:
    """Of a query that must find one among all others."""
    scores = {
        i: math.exp(cosine(points[query], p) / temperature)
        for i, p in enumerate(points)
        if i != query
    }
    return -math.log(scores[right] / math.fsum(scores.values()))


def nt_xent(first: Points, second: Points, temperature: float) -> list[float]:
    views, count = first + second, len(first)
    return [
        (
            cross_entropy(views, i, i + count, temperature)
            + cross_entropy(views, i + count, i, temperature)
        )
        / 2
        for i in range(count)
    ]


def supervised(points: Points, labels: list[int], temperature: float) -> list[float | None]:
    """One number per anchor, `None` for one that is alone."""
    found: list[float | None] = []
    for a in range(len(points)):
        same = [i for i in range(len(points)) if i != a and labels[i] == labels[a]]
        terms = [cross_entropy(points, a, p, temperature) for p in same]
        found.append(math.fsum(terms) / len(terms) if terms else None)
    return found


def triplets(labels: list[int]) -> Iterator[tuple[int, int, int]]:
    places = range(len(labels))
    for a in places:
        for p in places:
            for n in places:
                if a != p and labels[a] == labels[p] and labels[a] != labels[n]:
                    yield a, p, n


def batch_all(
    points: Points, labels: list[int], margin: float | None, distance: str
) -> dict[tuple[int, int, int], float]:
    d = DISTANCES[distance]
    return {
        (a, p, n): cost(d(points[a], points[p]) - d(points[a], points[n]), margin)
        for a, p, n in triplets(labels)
    }


def batch_hard(
    points: Points, labels: list[int], margin: float | None, distance: str
) -> dict[int, float]:
    """The largest of each anchor's triplets: the cost grows with the gap."""
    every = batch_all(points, labels, margin, distance)
    anchors = sorted({a for a, _, _ in every})
    return {a: max(value for (b, _, _), value in every.items() if b == a) for a in anchors}


def semi_hard(
    points: Points, labels: list[int], margin: float | None, distance: str
) -> dict[tuple[int, int], float]:
    d = DISTANCES[distance]
    found = {}
    for a, p in dict.fromkeys((a, p) for a, p, _ in triplets(labels)):
        near = d(points[a], points[p])
        away = [d(points[a], q) for q, label in zip(points, labels, strict=True)
                if label != labels[a]]  # fmt: skip
        farther = [far for far in away if far > near]
        found[a, p] = cost(near - (min(farther) if farther else max(away)), margin)
    return found
