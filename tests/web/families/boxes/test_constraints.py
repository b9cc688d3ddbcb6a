"""Where a hand takes a box: it stays a box, and in the picture, however it is pulled."""

from itertools import product

import numpy as np
import pytest

CONSTRAINTS = "families/boxes/constraints.js"
BOUNDS = (8, 6)
PARTS = ([0], [1], [2], [3], [0, 1], [2, 1], [0, 3], [2, 3])
TINY = ((1, 1, 1.0004, 1.0004), (0, 0, 0.01, 0.01), (7.9996, 5.9997, 8, 6))
"""A link may bring a box that no hand could make."""
KEYS = ((0.05, 0), (-0.05, 0), (0, 0.05), (0, -0.05), (0.5, 0), (-0.5, 0))
LEAST = 0.05


def random_boxes(count: int) -> list[list[float]]:
    generator = np.random.default_rng(0)
    xs = np.sort(generator.uniform(0, 8, (count, 2)), 1)
    ys = np.sort(generator.uniform(0, 6, (count, 2)), 1)
    return np.stack([xs[:, 0], ys[:, 0], xs[:, 1], ys[:, 1]], 1).tolist()


def random_ways(count: int) -> list[list[float]]:
    return np.random.default_rng(1).uniform(-10, 10, (count, 2)).tolist()


def shifted(modules, boxes, ways):
    return np.array(
        modules(
            CONSTRAINTS,
            "({ shifted }, boxes, ways, bounds) =>"
            " boxes.map((box, i) => shifted(box, ...ways[i], bounds))",
            boxes,
            ways,
            BOUNDS,
        )
    )


def resized(modules, boxes, parts, ways):
    return np.array(
        modules(
            CONSTRAINTS,
            "({ resized }, boxes, parts, ways, bounds) =>"
            " boxes.map((box, i) => resized(box, parts[i], ...ways[i], bounds))",
            boxes,
            parts,
            ways,
            BOUNDS,
        )
    )


def is_in_the_picture(boxes):
    x1, y1, x2, y2 = boxes.T
    assert (x1 >= 0).all()
    assert (y1 >= 0).all()
    assert (x2 <= 8 + 1e-12).all()
    assert (y2 <= 6 + 1e-12).all()
    assert (x1 < x2).all()
    assert (y1 < y2).all()


def sizes(boxes):
    boxes = np.array(boxes)
    return boxes[:, 2:] - boxes[:, :2]


def test_a_hand_keeps_a_tiny_box_a_box(modules):
    """Every key on every handle, one after the other, each from where the last one led."""
    for start in TINY:
        box = list(start)
        for moves, way in product(([], *PARTS), KEYS):
            if moves:
                after = resized(modules, [box], [moves], [way])
            else:
                after = shifted(modules, [box], [way])
                assert sizes(after) == pytest.approx(sizes([box]), rel=1e-9)
            is_in_the_picture(after)
            box = after[0].tolist()


def test_a_body_keeps_its_size_and_stays_inside(modules):
    boxes, ways = random_boxes(2000), random_ways(2000)
    after = shifted(modules, boxes, ways)
    is_in_the_picture(after)
    assert sizes(after) == pytest.approx(sizes(boxes), rel=1e-9, abs=1e-12)
    asked = np.array(boxes) + np.tile(ways, 2)
    free = (asked[:, :2] > 0).all(1) & (asked[:, 2:] < BOUNDS).all(1)
    assert 0 < free.sum() < 2000
    assert after[free] == pytest.approx(asked[free], abs=5.1e-4), "to a thousandth, as asked"


def test_an_edge_goes_as_far_as_the_opposite_one_lets_it(modules):
    boxes, ways = random_boxes(2000), random_ways(2000)
    parts = [PARTS[i % len(PARTS)] for i in range(2000)]
    after = resized(modules, boxes, parts, ways)
    is_in_the_picture(after)
    least = np.minimum(sizes(boxes), LEAST)
    assert (sizes(after) >= least - 1e-12).all()
    for before, moves, box in zip(boxes, parts, after.tolist(), strict=True):
        still = [i for i in range(4) if i not in moves]
        assert [box[i] for i in still] == [before[i] for i in still]


@pytest.mark.parametrize(
    ("box", "is_box"),
    [
        ((1, 1, 2, 2), True),
        ((1, 1, 1, 2), False),
        ((1, 2, 2, 2), False),
        ((2, 1, 1, 2), False),
        ((float("nan"), 1, 2, 2), False),
    ],
)
def test_what_is_no_box_is_told_from_one(modules, box, is_box):
    assert modules(CONSTRAINTS, "({ isBox }, box) => isBox(box)", box) == is_box
