"""Inputs on which a tape is held against torch: random ones, and all that are easy to get wrong.

What an input is, the page's own state table says: a row of its name is a box or a number with a
range. A parameter is an input too. Anything else is an array that may be meant as logits, as a
distribution, as probabilities or as labels, so each of these is drawn in turn.
"""

import itertools
import math
from collections.abc import Callable, Mapping

import numpy as np

from catalog import Loss
from live.families import EVERY_PAGE
from live.state.rows import Box, Number, Row

RANDOM = 500
Inputs = dict[str, np.ndarray]

POINT = (1.0, 2.0, 1.0, 2.0)
BOXES = (
    (1.0, 1.0, 4.0, 3.0),
    POINT,
    (5.0, 3.0, 5.0, 3.0),
    (2.0, 1.0, 2.0, 4.0),  # without width
    (1.0, 2.0, 4.0, 2.0),  # without height
    (4.0, 1.0, 6.0, 3.0),  # touches the first at an edge
    (4.0, 3.0, 6.0, 5.0),  # touches the first at a corner
    (2.0, 1.5, 3.0, 2.5),  # in the first
    (6.0, 4.0, 7.5, 5.5),  # apart from the first
    (1e4, -1e4, 1e4 + 3, 2 - 1e4),
    (1.0, 2.0, 1.0 + 1e-4, 2.0 + 1e-4),
    (1.0, 2.0, 1.0 + 1e-4, 5.0),
    (0.0, 0.0, 1e4, 1e4),
    (4.0, 1.0, 1.0, 3.0),  # inverted in x
    (4.0, 3.0, 1.0, 1.0),  # inverted in both
)
NUMBERS = (0.0, 1e-12, 1e-6, 1e-3, 1.0, 4.0, 1e6)


def _probabilities(generator: np.random.Generator, count: int, size: int) -> np.ndarray:
    """Distributions, a third of them with zeros."""
    masses = generator.exponential(size=(count, size)) ** 2
    masses[::3] *= generator.random((len(masses[::3]), size)) < 0.6
    masses[masses.sum(1) == 0] = 1
    return masses / masses.sum(1, keepdims=True)


def _information(key: str, generator: np.random.Generator, size: int) -> np.ndarray:
    """Random inputs of the information page: distributions, humps, mean and log width."""
    if size == 1:
        return generator.uniform(0.25, 0.98, (RANDOM, 1))
    if size == 2:
        return generator.uniform((-5, -1), (5, 1), (RANDOM, 2))
    if key in ("logits", "gradient"):
        return 3 * generator.standard_normal((RANDOM, size))
    return _probabilities(generator, RANDOM, size)


def _information_edges(key: str, size: int) -> list[tuple[float, ...]]:
    """Certainty, an even spread and outcomes ruled out; ordinary logits, means and widths."""
    if size == 1:
        return [(0.25,), (0.75,)]
    if size == 2:
        return [(0.0, 0.0), (-5.0, -1.0), (5.0, 1.0)]
    if key in ("logits", "gradient"):
        return [tuple(float(i) for i in range(size)), (-2.0,) + (1.0,) * (size - 1)]
    corners = [tuple(float(i == j) for j in range(size)) for i in (0, size - 1)]
    return [*corners, (1 / size,) * size, (0.0, 0.5, 0.5) + (0.0,) * (size - 3)]


MOST_EDGES = 2000


def _cells(*patterns: tuple[float, ...]) -> Callable[[int], list[tuple[float, ...]]]:
    """Masks that repeat a short pattern all over."""
    return lambda size: [tuple(itertools.islice(itertools.cycle(p), size)) for p in patterns]


MASKS: dict[str, Callable[[int], list[tuple[float, ...]]]] = {
    # Not 0 and 1: no sigmoid gives them, and torch's kernel of the cross-entropy cuts its gradient
    # there at 1e-12 rounded to float32, whatever the dtype.
    "probabilities": _cells((1e-9,), (1 - 1e-9,), (0.5,), (1e-9, 1 - 1e-9, 0.01, 0.99)),
    "target": _cells((0.0,), (1.0,), (0.0, 1.0)),
    "logits": _cells((0.0,), (-800.0, 800.0, 40.0, -40.0, 1.0)),
    "gradient": _cells((0.0,), (-1e12, 1e12, 1e-12, 1.0, -1.0)),
}
"""The edge cases of the masks of the segmentation page, by input and size."""


def _random_mask(key: str, generator: np.random.Generator, size: int) -> np.ndarray:
    if key == "probabilities":
        return generator.uniform(0.001, 0.999, (RANDOM, size))
    if key == "target":
        return (generator.random((RANDOM, size)) < 0.4).astype(float)
    return 3 * generator.standard_normal((RANDOM, size))


def inputs(
    name: str, shapes: Mapping[str, tuple[int, ...]], loss: Loss | None, generator
) -> Inputs:
    """Each input of a tape as an array `(count, elements)`: random ones, then edge cases.

    The edge cases are every combination of edge cases of the tensors, with the parameters at
    their defaults, at both ends of their sliders, and anywhere between.
    """
    rows = {row.name: row for row in EVERY_PAGE[name].rows()}
    parameters = {} if loss is None else {p.name: p for p in loss.parameters}
    tensors = {key: math.prod(shape) for key, shape in shapes.items() if key not in parameters}
    knees = [v for p in parameters.values() for v in (p.low, p.default, p.high)]

    def anywhere(parameter, count: int) -> np.ndarray:
        share, low, high = generator.random((count, 1)), parameter.low, parameter.high
        if parameter.logarithmic:
            return low * (high / low) ** share
        return low + (high - low) * share

    drawn = {k: _random(rows.get(k), generator, size) for k, size in tensors.items()}
    masks = MASKS.keys() & tensors.keys() if name == "segmentation" else set()
    drawn |= {k: _random_mask(k, generator, tensors[k]) for k in sorted(masks)}
    drawn |= {k: anywhere(parameter, RANDOM) for k, parameter in parameters.items()}

    edges = [
        MASKS[k](size) if k in masks else _edges(rows.get(k), size, knees)
        for k, size in tensors.items()
    ]
    if name == "information":
        drawn = {k: _information(k, generator, size) for k, size in tensors.items()}
        edges = [_information_edges(k, size) for k, size in tensors.items()]
    pairs = [np.array(column) for column in zip(*_combinations(edges, generator), strict=True)]
    count = len(pairs[0])
    settings = [
        {k: np.full((count, 1), p.default) for k, p in parameters.items()},
        {k: np.full((count, 1), p.low) for k, p in parameters.items()},
        {k: np.full((count, 1), p.high) for k, p in parameters.items()},
        {k: anywhere(p, count) for k, p in parameters.items()},
    ]
    blocks = [
        dict(zip(tensors, pairs, strict=True)) | s for s in settings[: 4 if parameters else 1]
    ]
    return {key: np.concatenate([block[key] for block in (drawn, *blocks)]) for key in shapes}


def _combinations(edges: list[list[tuple[float, ...]]], generator: np.random.Generator) -> list:
    """Every combination, or some of them where they would be too many."""
    if math.prod(map(len, edges)) <= MOST_EDGES:
        return list(itertools.product(*edges))
    picks = [generator.integers(len(edge), size=MOST_EDGES) for edge in edges]
    return [
        tuple(edge[pick] for edge, pick in zip(edges, row, strict=True))
        for row in zip(*picks, strict=True)
    ]


def _random(row: Row | None, generator: np.random.Generator, size: int) -> np.ndarray:
    if isinstance(row, Box):
        # Half of them in the picture, half of any size from 1e-4 to 1e4.
        corner = generator.uniform(0, 4, (RANDOM, 2))
        sides = generator.uniform(0.05, 4, (RANDOM, 2))
        factor = np.where(np.arange(RANDOM) % 2, 1.0, 10 ** generator.uniform(-4, 4, RANDOM))
        return np.concatenate([corner, corner + sides], 1) * factor[:, None]
    if isinstance(row, Number):
        return generator.uniform(row.low, row.high, (RANDOM, size))
    normal = 3 * generator.standard_normal((RANDOM, size))
    kinds = [
        normal,
        np.exp(normal) / np.exp(normal).sum(1, keepdims=True),
        generator.random((RANDOM, size)),
        generator.integers(0, 2, (RANDOM, size)).astype(float),
    ]
    return np.choose(generator.integers(len(kinds), size=(RANDOM, 1)), kinds)


def _edges(row: Row | None, size: int, knees: list[float]) -> list[tuple[float, ...]]:
    if isinstance(row, Box):
        return list(BOXES)
    if isinstance(row, Number) and row.low >= 0:  # a width, say: it is never less
        return [(value,) * size for value in (row.low, row.default, row.high)]
    numbers = sorted({sign * value for value in (*NUMBERS, *knees) for sign in (-1.0, 1.0)})
    alike = [(value,) * size for value in numbers]
    if size == 1:
        return alike
    one_hot = tuple(float(i == 0) for i in range(size))
    # Of one order of magnitude: what sums of 1e6 and 1e-12 agree on is the order of summation.
    mixed = tuple(itertools.islice(itertools.cycle((-1.0, 0.0, 0.5, 1.0, -2.0)), size))
    return [*alike, one_hot, one_hot[::-1], mixed]
